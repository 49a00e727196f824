"""Cases for tests: put into a state with what that state has on record, or led there by the real actions."""

from datetime import date, timedelta
from itertools import count

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions import assigning, auditing, clues, comparing, notices, reviewing, visits
from shouwang.office.casework.clocks import DEFAULT, last_day_of_notice
from shouwang.office.casework.models import Case, Closing, Notice, Procedure, Review, State
from shouwang.office.casework.ticking import set_clock
from shouwang.office.casework.transitions import REMOVING
from shouwang.office.registry.models import FactSheet, Household
from shouwang.office.warnings.models import Publication, PublishedPolicy, Warning
from tests.unit.office.factories import TANGDAN, VILLAGE, actor, household, person

OPENED = date(2020, 6, 22)
"""A Monday."""
NOTICED = date(2020, 6, 29)
RAN = date(2020, 7, 5)
"""The day after the last of the five full days."""
_numbers = count(1)


def sheet(home: Household, **facts: object) -> FactSheet:
    return FactSheet.objects.create(household=home, **facts)


def home_with(area_code: str = VILLAGE, *, labour: int | None = 2, name: str = "王小明", **facts: object) -> Household:
    """A household of one adult with a fact sheet."""
    home = household(area_code, head_name=name, member_count=1)
    person(home, name=name, birth_date=date(1980, 1, 1))
    sheet(home, labour_units=labour, **facts)
    return home


def case_in(state: str, *, home: Household | None = None, area_code: str = VILLAGE, **values: object) -> Case:
    """A case put into a state, with a passed review and a notice that ran where the state comes after them."""
    home = home or home_with(area_code)
    state = State(state)
    removing = state in REMOVING
    included = removing or state in (State.INCLUDED, State.IN_HELP, State.REMOVED)
    ended = state.value in State.ended()
    defaults: dict[str, object] = {
        "origin": "screening",
        "opened_on": OPENED,
        "clock_from": OPENED,
        "suspected_level": 3,
        "proposed_level": 3,
        "procedure": Procedure.REMOVAL if removing or state == State.REMOVED else Procedure.INCLUSION,
        "confirmed_level": 3 if included else None,
        "included_on": OPENED if included else None,
        "closed_on": RAN if ended else None,
        "closed_as": {State.REFUSED: Closing.REFUSED, State.REMOVED: Closing.REMOVED}.get(state, Closing.WITHDRAWN)
        if ended
        else "",
        "removed_on": RAN if state == State.REMOVED else None,
        "rules": ["sudden-hardship"],
        "sentence": "医疗自付超过限额。",
    }
    case = Case(household=home, area_code=home.area_code, state=state, **{**defaults, **values})
    set_clock(case, on=NOTICED, days=DEFAULT)
    case.save()
    procedure = case.procedure
    if state in (State.REVIEWED, State.NOTICED, State.AUDITED) or state.value.startswith("removal-"):
        reviewed(case, procedure=procedure)
    if state in (State.NOTICED, State.AUDITED, State.REMOVAL_NOTICED, State.REMOVAL_AUDITED):
        noticed(case, procedure=procedure)
    return case


def reviewed(case: Case, *, votes_for: int = 9, **values: object) -> Review:
    return Review.objects.create(
        **{
            "case": case,
            "procedure": case.procedure,
            "on": NOTICED,
            "chair": "主持",
            "minutes": "记录",
            "present": 10,
            "votes_for": votes_for,
            "votes_against": 0,
            "abstained": 0,
            "proposed_level": 3,
            "recorded_by": "1",
            "recorded_by_name": "测试",
            **values,
        }
    )


def noticed(case: Case, *, posted_on: date = NOTICED, **values: object) -> Notice:
    return Notice.objects.create(
        **{
            "case": case,
            "procedure": case.procedure,
            "posted_on": posted_on,
            "last_day": last_day_of_notice(posted_on),
            "place": "村委会",
            "sheet": {},
            "posted_by": "1",
            "posted_by_name": "测试",
            **values,
        }
    )


def led_to(state: str, *, home: Household, village: Actor | None = None, township: Actor | None = None) -> Case:
    """A case led by the real actions as far as `audited`, a step a day from its opening."""
    village = village or actor("village", home.area_code)
    township = township or actor("township", TANGDAN)
    case = case_in(State.CLUE, home=home, proposed_level=None)
    day = OPENED + timedelta(days=1)
    if state == State.CLUE:
        return case
    assigning.assign(case.pk, village="张一", township="李二", by=township, on=day)
    if state == State.ASSIGNED:
        return fresh(case)
    adults = [visits.Signature(row.person_id, until=date(2021, 6, 30)) for row in home.memberships.all()]
    held = visits.Held(on=day, visitors=("张一", "李二"), signatures=adults)
    visits.record(case.pk, held, by=village, on=day)
    if state == State.VISITED:
        return fresh(case)
    comparing.complete(case.pk, by=village, on=day)
    if state == State.COMPARED:
        return fresh(case)
    votes = reviewing.Votes(10, 9, 1, 0)
    meeting = reviewing.Held(on=day, chair="主持", minutes="记录", votes=votes, proposed_level=3)
    reviewing.record(case.pk, meeting, by=village, on=day)
    if state == State.REVIEWED:
        return fresh(case)
    notices.post(case.pk, place="村委会", objections_to="村委会", by=village, on=NOTICED)
    if state == State.NOTICED:
        return fresh(case)
    auditing.passed(case.pk, opinion="同意", by=township, on=RAN)
    return fresh(case)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def publication(*, as_of: date = date(2020, 5, 31), on: date = OPENED) -> Publication:
    words = {"code": "kunming-2020", "frozen": {}}
    policy, _ = PublishedPolicy.objects.get_or_create(version="kunming-2020-1", defaults=words)
    return Publication.objects.create(
        run_digest=f"{next(_numbers):064d}",
        folder="run",
        as_of=as_of,
        policy=policy,
        counts={},
        published_on=on,
        published_by="1",
        published_by_name="测试",
    )


def warning(home: Household, *, of: Publication, level: int | None = 3, **values: object) -> Warning:
    defaults = {
        "area_code": home.area_code,
        "members": home.member_count,
        "urgency": level or 9,
        "status": "graded",
        "change": "new" if level else "cleared",
        "state": "open" if level else "note",
        "rules": ["sudden-hardship"] if level else [],
        "sentence": "医疗自付超过限额。" if level else "",
    }
    return Warning.objects.create(publication=of, household=home, level=level, **{**defaults, **values})


def warned_again(case: Case, *, level: int | None, on: date = RAN, **values: object) -> Case:
    """The case after a later publication that says so of its household."""
    of = publication(on=on)
    known = {"change": "worse", "fingerprint": f"{next(_numbers):064d}", "sentence": "又有大病。"} if level else {}
    warning(case.household, of=of, level=level, **{**known, **values})
    clues.open_all(of, by=actor("analyst", "5301"), on=on)
    return fresh(case)
