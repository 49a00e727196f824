"""Opening cases: from the warnings of a publication, all at once; or from what a household or a cadre says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.access.permissions import Permission
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.moving import NO_FORM, Sending, once
from shouwang.office.casework.actions.noting import step_of
from shouwang.office.casework.actions.rechecking import start_all
from shouwang.office.casework.clocks import Days
from shouwang.office.casework.models import Case, Origin, Procedure, State, Step
from shouwang.office.casework.needs import CODES
from shouwang.office.casework.queries.schedules import COUNTY, days_for
from shouwang.office.casework.ticking import RECHECK_COLUMNS, set_clock
from shouwang.office.registry.models import Household
from shouwang.office.warnings.models import Publication, Warning
from shouwang.terms.errors import UserError
from shouwang.terms.level import Level

CHUNK = 2_000


@dataclass(frozen=True)
class Opened:
    """What a publication did to cases."""

    opened: int = 0
    joined: int = 0
    rechecks: int = 0
    """Included households whose level the county is asked about."""


@transaction.atomic
def open_all(publication: Publication, *, by: Actor, on: date) -> Opened:
    """A case for every warning that became a clue, unless the household has one open: then the warning joins it.

    Better and cleared are notes on an open case; they never lower its level. More severe than the confirmed level asks
    the county. Only for a publication that is new.
    """

    @cache
    def days_of(county: str) -> Days:
        return days_for(county, on=on)

    opened = joined = rechecks = 0
    for warnings in _chunks(publication):
        homes = [warning.household_id for warning in warnings]
        at_work = {case.household_id: case for case in _open_cases(homes)}
        earlier = _last_closed(homes)
        new = [warning for warning in warnings if warning.state == "open" and warning.household_id not in at_work]
        cases = [_case_of(warning, earlier, of=publication, on=on) for warning in new]
        for case in cases:
            set_clock(case, on=on, days=days_of(case.area_code[:COUNTY]))
        made = Case.objects.bulk_create(cases)
        steps = [step_of(case, "open", by=by, on=on) for case in made]
        told = [(at_work[w.household_id], w) for w in warnings if w.household_id in at_work]
        asked = start_all(told, on=on, days_of=days_of)
        noted = [(case, _join(case, warning, of=publication)) for case, warning in told]
        notes = [
            step_of(case, "join", by=by, on=on, reason=note + (_asked(case) if case in asked else ""))
            for case, note in noted
        ]
        Step.objects.bulk_create([*steps, *notes])
        Case.objects.bulk_update([case for case, _w in told], JOINED_COLUMNS)
        Case.objects.bulk_update(asked, RECHECK_COLUMNS)
        _mark_joined([warning.pk for _c, warning in told])
        opened, joined, rechecks = opened + len(made), joined + len(told), rechecks + len(asked)
    record(
        Verb.CREATED,
        by=by,
        subject=("cases", str(publication.pk)),
        area_code=by.area_code,
        after={"opened": opened, "joined": joined, "rechecks": rechecks},
        run=publication.run_digest,
        policy=publication.policy_id,
    )
    return Opened(opened, joined, rechecks)


JOINED_COLUMNS = ("suspected_level", "rules", "sentence", "national_type", "run_digest", "policy")


def _chunks(publication: Publication) -> Iterable[list[Warning]]:
    """Warnings of the publication that no case knows yet, in order of their id."""
    last = 0
    while True:
        rows = Warning.objects.filter(publication=publication, pk__gt=last).order_by("pk")
        found = list(rows.defer("values", "reasons", "contradictions")[:CHUNK])
        if not found:
            return
        last = found[-1].pk
        yield found


def _open_cases(homes: list[str]) -> Iterable[Case]:
    return Case.objects.select_for_update().filter(household__in=homes, closed_on=None)


def _last_closed(homes: list[str]) -> dict[str, int]:
    rows = Case.objects.filter(household__in=homes, closed_on__isnull=False).order_by("pk")
    return dict(rows.values_list("household_id", "pk"))


def _case_of(warning: Warning, earlier: Mapping[str, int], *, of: Publication, on: date) -> Case:
    return Case(
        household_id=warning.household_id,
        area_code=warning.area_code,
        state=State.CLUE,
        origin=Origin.SCREENING,
        opened_on=on,
        clock_from=on,
        suspected_level=warning.level,
        national_type=warning.national_type,
        rules=list(warning.rules),
        sentence=warning.sentence[:600],
        run_digest=of.run_digest,
        policy=of.policy_id,
        previous_id=earlier.get(warning.household_id),
    )


def _join(case: Case, warning: Warning, *, of: Publication) -> str:
    """Take a later warning into an open case; returns what is noted. The suspected level only becomes more severe."""
    before = case.suspected_level
    if warning.level is None:
        return _("筛查：不再预警，案卷照旧办理")
    if before is None or warning.level < before:
        case.suspected_level = warning.level
        case.sentence, case.national_type = warning.sentence[:600], warning.national_type
        case.run_digest, case.policy = of.run_digest, of.policy_id
    case.rules = [*case.rules, *(rule for rule in warning.rules if rule not in case.rules)]
    if before is not None and warning.level > before:
        return _("筛查：疑似 %(now)s，比 %(before)s 轻；级别不因此降低") % _numerals(before, warning.level)
    if before is None or warning.level < before:
        return _("筛查：疑似由 %(before)s 变为 %(now)s") % _numerals(before, warning.level)
    return _("筛查：疑似仍为 %(now)s") % _numerals(before, warning.level)


def _asked(case: Case) -> str:
    """What the note adds where the county is asked about the level."""
    assert case.confirmed_level
    assert case.recheck_due_on
    told = {"level": Level(case.confirmed_level).numeral, "day": case.recheck_due_on.isoformat()}
    return _("；比认定的 %(level)s 更重，县级最迟 %(day)s 定级别") % told


def _numerals(before: int | None, now: int) -> dict[str, str]:
    return {"before": Level(before).numeral if before else "—", "now": Level(now).numeral}


def _mark_joined(numbers: list[int]) -> None:
    Warning.objects.filter(pk__in=numbers, state=Warning.State.OPEN).update(state=Warning.State.JOINED)


@dataclass(frozen=True)
class Declared:
    """What was said, by which way it came."""

    origin: str
    text: str
    how: str = ""
    needs: Sequence[str] = ()
    """What of, by codes of `needs.NEEDS`."""


@transaction.atomic
def open_declared(household_id: str, declared: Declared, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """A case from a declaration, a round or another finding, with a receipt number; joins the open case if any."""
    if Permission.CASES_WORK not in ROLES[by.role].permissions:
        raise UserError(_("您的角色不能登记线索"), _("请村里或乡镇登记"))
    home = Household.objects.select_for_update().filter(pk=household_id, area_code__startswith=by.area_code).first()
    if home is None or home.closed_on:
        raise UserError(_("没有这一户，已经销户，或不在您的范围内"), _("先在“农户”里找到这一户"))
    if declared.origin not in Origin.values or declared.origin == Origin.SCREENING or not declared.text.strip():
        raise UserError(_("线索没有写来源或内容"), _("选来源，写明家里发生了什么"))
    if not CODES.issuperset(declared.needs):
        raise UserError(_("没有这种困难"), _("从列出的里选"))
    once(sending.number, "declare", by=by, case=None)
    case = Case.objects.select_for_update().filter(household=home, closed_on=None).first()
    action = "join" if case else "open"
    case = case or _declared_case(home, declared, on=on)
    if not case.receipt_number:
        case.receipt_number = f"SB{on:%Y%m%d}-{case.pk:06d}"
    case.declared_needs = list(dict.fromkeys([*case.declared_needs, *declared.needs]))
    case.save(update_fields=["receipt_number", "declared_needs"])
    step = step_of(case, action, by=by, on=on, reason=declared.text.strip())
    step.save()
    record(
        Verb.CREATED if action == "open" else Verb.CHANGED,
        by=by,
        subject=("case", str(case.pk)),
        household_id=home.pk,
        area_code=home.area_code,
        after={"action": action, "origin": declared.origin, "receipt": case.receipt_number},
    )
    return case


def _declared_case(home: Household, declared: Declared, *, on: date) -> Case:
    case = Case(
        household=home,
        area_code=home.area_code,
        state=State.CLUE,
        procedure=Procedure.INCLUSION,
        origin=declared.origin,
        opened_on=on,
        clock_from=on,
        declared=declared.text.strip(),
        declared_how=declared.how,
        suspected_level=home.suspected_level,
        previous_id=_last_closed([home.pk]).get(home.pk),
    )
    set_clock(case, on=on, days=days_for(home.area_code, on=on))
    case.save()
    return case
