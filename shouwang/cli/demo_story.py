"""What people of the demo did before it begins: a fortnight of work on May's warnings.

Everything goes through the office's own actions, each on its day: the demo holds nothing that work could not have made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from shouwang.cli.demo_accounts import Places
from shouwang.cli.demo_runs import newly_warned
from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions import (
    afterwards,
    assigning,
    auditing,
    clues,
    comparing,
    deciding,
    help_measures,
    help_payments,
    help_plans,
    notices,
    objections,
    publishing,
    reviewing,
    visits,
)
from shouwang.office.casework.models import AssetQuestion, Case, Measure, Origin
from shouwang.office.casework.queries.asking import adults_to_sign
from shouwang.office.casework.queries.help_plans import offered
from shouwang.office.registry.models import Household
from shouwang.terms.errors import UserError

PUBLISHED = date(2020, 6, 22)
Share = Callable[[str, float | None], None]
CITY = "5301"


@dataclass(frozen=True)
class Hands:
    """Who acts for one village: names are made up."""

    village: Actor
    township: Actor
    county: Actor

    @classmethod
    def of(cls, area_code: str) -> "Hands":
        return cls(
            Actor("story", "李驻村", "village", area_code),
            Actor("story", "赵乡镇", "township", area_code[:9]),
            Actor("story", "陈审定", "county-decider", area_code[:6]),
        )


@dataclass(frozen=True)
class Days:
    """When one case went through its steps; a step after `until` has not been taken."""

    assigned: date
    visited: date
    compared: date
    reviewed: date
    posted: date
    audited: date
    decided: date
    helped: date


QUICK = Days(*(date(2020, 6, day) for day in (22, 23, 24, 24, 24, 30)), date(2020, 7, 1), date(2020, 7, 3))
USUAL = Days(
    date(2020, 6, 23), date(2020, 6, 24), date(2020, 6, 28), date(2020, 6, 29), date(2020, 6, 29),
    date(2020, 7, 6), date(2020, 7, 7), date(2020, 7, 8),
)  # fmt: skip


def tell(may: Path, june: Path, at: Places, *, step: Share) -> None:
    """Publish May and work on it; take up one household before any file knows of it; declare one case of this week.

    Told once: where May is published already, nothing is done again.
    """
    by = Actor("story", "张分析", "analyst", CITY)
    done = publishing.publish_run(may, by=by, on=PUBLISHED, step=step)
    if not done.is_new:
        return
    # The places of the demo come first, so that every ending can be seen there however small the city.
    ids = list(Case.objects.filter(opened_on=PUBLISHED).order_by("area_code", "id").values_list("id", "area_code"))
    ids.sort(key=lambda row: (not row[1].startswith(at.village), not row[1].startswith(at.town),
                              not row[1].startswith(at.county), row[0]))  # fmt: skip
    for place, (case_id, area_code) in enumerate(ids):
        step("两周的工作", place / len(ids))
        ENDINGS[place % len(ENDINGS)](case_id, Hands.of(area_code))
    included_before_the_files_knew(newly_warned(may, june, within=at.county))
    _declared_this_week(at)


def _until_audited(case_id: int, hands: Hands, days: Days) -> None:
    _until_posted(case_id, hands, days)
    _audited(case_id, hands, days)


def _audited(case_id: int, hands: Hands, days: Days) -> None:
    auditing.passed(case_id, opinion="材料齐全，公示无异议。", by=hands.township, on=days.audited)


def _until_posted(case_id: int, hands: Hands, days: Days) -> None:
    _until_visited(case_id, hands, days)
    _compared_and_posted(case_id, hands, days)


def _compared_and_posted(case_id: int, hands: Hands, days: Days) -> None:
    for question in AssetQuestion.objects.filter(case=case_id, answer=""):
        comparing.answer(
            case_id,
            question_id=question.pk,
            answer="explained",
            evidence="看过行驶证和现场",
            explanation="农用三轮车，用于运菜",
            by=hands.village,
            on=days.compared,
        )
    comparing.complete(case_id, by=hands.village, on=days.compared)
    level = Case.objects.get(pk=case_id).suspected_level or 4
    votes = reviewing.Votes(present=11, votes_for=10, votes_against=0, abstained=1)
    held = reviewing.Held(
        on=days.reviewed, chair="村支书", minutes="听取入户情况，逐户评议。", votes=votes, proposed_level=level
    )
    reviewing.record(case_id, held, by=hands.village, on=days.reviewed)
    notices.post(case_id, place="村务公开栏", objections_to="村委会", by=hands.village, on=days.posted)


def _until_visited(case_id: int, hands: Hands, days: Days, *, why_unsigned: str = "") -> None:
    assigning.assign(case_id, village="李驻村", township="赵乡镇", by=hands.township, on=days.assigned)
    adults = adults_to_sign(Case.objects.get(pk=case_id), on=days.visited)
    until = None if why_unsigned else days.visited + timedelta(days=365)
    signed = [visits.Signature(person.pk, until=until, why_not=why_unsigned) for person in adults]
    held = visits.Held(
        on=days.visited,
        visitors=("李驻村", "赵乡镇"),
        findings=[visits.Finding("fed_and_clothed", "yes")],
        signatures=signed,
        note="情况与部门数据一致。",
    )
    visits.record(case_id, held, by=hands.village, on=days.visited)


def _included_and_helped(case_id: int, hands: Hands, days: Days = QUICK) -> None:
    _included(case_id, hands, days)
    _helped(case_id, hands, days)


def _helped(case_id: int, hands: Hands, days: Days) -> None:
    case = Case.objects.get(pk=case_id)
    drafts = [
        help_measures.Draft(one.kinds[0].code, one.rule, "镇人民政府", days.helped)
        for one in offered(case, on=days.helped)
        if one.kinds
    ]
    answering = help_plans.Answering(name="孙联户", organisation="镇人民政府")
    help_plans.make(case_id, answering, drafts, by=hands.village, on=days.helped)
    afterwards.enter(case_id, entered_on=days.helped, by=hands.village, on=days.helped)
    for measure in Measure.objects.filter(case=case_id):
        told = help_measures.Told(expected=measure.status, day=days.helped)
        help_measures.step(measure.pk, "start", told, by=hands.village, on=days.helped)
        paid = help_payments.Paid("county", 120_000, days.helped, "县财政支付凭证")
        help_payments.pay(measure.pk, paid, by=hands.village, on=days.helped)


def _included(case_id: int, hands: Hands, days: Days = QUICK) -> None:
    _until_audited(case_id, hands, days)
    _decided(case_id, hands, days)


def _decided(case_id: int, hands: Hands, days: Days) -> None:
    level = Case.objects.get(pk=case_id).proposed_level or 4
    deciding.include(case_id, level=level, by=hands.county, on=days.decided)
    told = days.decided + timedelta(days=1)
    afterwards.announce(case_id, posted_on=told, place="村务公开栏", by=hands.township, on=told)


def _refused_and_told(case_id: int, hands: Hands) -> None:
    _until_audited(case_id, hands, QUICK)
    ground = deciding.Ground("above-line", "收入和支出重新核过，高于监测线，刚性支出已报销。")
    deciding.refuse(case_id, ground, by=hands.county, on=QUICK.decided)
    deciding.tell(case_id, told_on=QUICK.helped, how="door", by=hands.village, on=QUICK.helped)


def _waiting_for_the_county(case_id: int, hands: Hands) -> None:
    _until_audited(case_id, hands, USUAL)


def _objected(case_id: int, hands: Hands) -> None:
    _until_posted(case_id, hands, USUAL)
    objections.receive(
        case_id, text="这家儿子在外面打工，收入没有算进去。", raised_by="村民", by=hands.village, on=date(2020, 7, 2)
    )


def _visited_and_late(case_id: int, hands: Hands) -> None:
    _until_visited(case_id, hands, USUAL)


def _nobody_sent(case_id: int, hands: Hands) -> None:
    """Left as it is: late since the second day, and passed upwards by the clock."""


def _assigned_and_late(case_id: int, hands: Hands) -> None:
    assigning.assign(case_id, village="李驻村", township="赵乡镇", by=hands.township, on=USUAL.assigned)


ENDINGS: tuple[Callable[[int, Hands], None], ...] = (
    _waiting_for_the_county,
    _included_and_helped,
    _assigned_and_late,
    _waiting_for_the_county,
    _objected,
    _included_and_helped,
    _refused_and_told,
    _visited_and_late,
    _waiting_for_the_county,
    _included,
    _nobody_sent,
)


def included_before_the_files_knew(homes: Sequence[str]) -> None:
    """A household told its village in time, and was included on Ⅳ; June's files then say it is worse than that.

    When June is published the county is asked about the level. Where no household is newly warned in the decider's
    county, there is nothing of the kind to tell.
    """
    home = Household.objects.filter(pk__in=homes, closed_on=None, cases=None).order_by("pk").first()
    if home is None:
        return
    hands = Hands.of(home.area_code)
    declared = clues.Declared(Origin.DECLARATION, "家里出了大事，往后怕过不下去，请村里来看看。", how="spoken")
    case = clues.open_declared(home.pk, declared, by=hands.village, on=PUBLISHED)
    _until_visited(case.pk, hands, QUICK, why_unsigned="家里刚出事，改日再签")
    for further in (_compared_and_posted, _audited, _decided, _helped):
        further(case.pk, hands, QUICK)


def _declared_this_week(at: Places) -> None:
    """Somebody came to the village committee last Friday; the visit is due today."""
    hands = Hands.of(at.village)
    home = _free_home(at, area_code=at.village)
    declared = clues.Declared(
        Origin.DECLARATION, "房子漏雨，修房花了两万多，借了钱。", how="spoken", needs=("housing", "spending")
    )
    case = clues.open_declared(home, declared, by=hands.village, on=date(2020, 7, 3))
    assigning.assign(case.pk, village="李驻村", township="赵乡镇", by=hands.township, on=date(2020, 7, 3))


def _free_home(at: Places, **wanted: object) -> str:
    """A household without a case, as near to the demo's village as there is one."""
    homes = Household.objects.filter(closed_on=None, cases=None, **wanted).order_by("id")
    for prefix in (at.village, at.town, at.county, CITY):
        if found := homes.filter(area_code__startswith=prefix).first():
            return str(found.pk)
    raise UserError("演示的城市太小，没有可用的户", "把 --households 加大")
