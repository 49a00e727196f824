"""A step taken with many at once leaves of each what it leaves of one alone; ten take as many queries as two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import assigning, auditing, batches, deciding
from shouwang.office.casework.models import Assignee, Baseline, Case, Decision, Escalation, SideClock, State, Step
from shouwang.office.registry.models import Household
from shouwang.office.warnings.models import Warning
from tests.unit.office.casework.factories import OPENED, RAN, case_in, home_with, noticed, warned_again
from tests.unit.office.casework.help_factories import in_help, measure
from tests.unit.office.casework.help_factories import sheet as safe_sheet
from tests.unit.office.factories import DONGCHUAN, TANGDAN, VILLAGE, actor, household

pytestmark = pytest.mark.django_db
NAMES = {"village": "张一", "township": "李二"}
GROUND = deciding.Ground("above-line", "核实后高于监测线")
BACK = {"to": "visited", "reason": "缺照片"}
WORDS = {"reason": "逐户核实"}
OWN = ("id", "household", "case", "batch", "previous", "recheck_warning", "person", "plan", "publication", "run_digest")
"""What differs between two cases whatever is done with them."""


@dataclass(frozen=True)
class Deed:
    """One step: a case it can be taken with, and how it is taken with one and with many."""

    made: Callable[[], Case]
    one: Callable[..., object]
    many: Callable[..., object]
    role: str = "county-decider"


def _escalated(state: str) -> Case:
    """Told upwards already, with warnings at work, on facts of its own."""
    case = case_in(state, home=home_with(net_income=900_000, members=2))
    warned_again(case, level=2, fingerprint="f")
    Escalation.objects.create(
        case=case, area_code=VILLAGE, procedure="inclusion", state=state, to_role="x", due_on=OPENED, on=RAN
    )
    return Case.objects.get(pk=case.pk)


def _asked(state: str) -> Case:
    return warned_again(case_in(state), level=1)


def _removable() -> Case:
    home = household(VILLAGE, head_name="王小明", member_count=4)
    safe_sheet(home)
    case = in_help(home=home, included_on=date(2019, 12, 1))
    measure(case, status="done")
    Case.objects.filter(pk=case.pk).update(state="removal-audited", procedure="removal")
    noticed(case, procedure="removal")
    return Case.objects.get(pk=case.pk)


def _raised(number: int, **acting: object) -> Case:
    return deciding.raise_level(number, level=1, **WORDS, **acting)  # type: ignore[arg-type]


DEEDS = {
    "assign": Deed(
        lambda: _escalated(State.CLUE),
        lambda number, **acting: assigning.assign(number, **NAMES, **acting),
        lambda chosen, **acting: batches.assign(chosen, **NAMES, **acting),
        role="township",
    ),
    "include": Deed(
        lambda: _escalated(State.AUDITED),
        lambda number, **acting: deciding.include(number, level=3, **acting),
        batches.include,
    ),
    "include-declared": Deed(
        lambda: case_in(State.AUDITED, home=home_with(members=2), rules=[], origin="declaration"),
        lambda number, **acting: deciding.include(number, level=3, **acting),
        batches.include,
    ),
    "refuse": Deed(
        lambda: _escalated(State.AUDITED),
        lambda number, **acting: deciding.refuse(number, GROUND, **acting),
        lambda chosen, **acting: batches.refuse(chosen, GROUND, **acting),
    ),
    "send-back": Deed(
        lambda: _escalated(State.AUDITED),
        lambda number, **acting: auditing.send_back(number, **BACK, **acting),
        lambda chosen, **acting: batches.send_back(chosen, **BACK, **acting),
    ),
    "remove": Deed(
        _removable,
        lambda number, **acting: deciding.remove(number, way="help", **acting),
        lambda chosen, **acting: batches.remove(chosen, way="help", **acting),
    ),
    "raise": Deed(
        lambda: _asked(State.IN_HELP), _raised, lambda chosen, **acting: batches.raise_levels(chosen, **WORDS, **acting)
    ),
    "raise-in-removal": Deed(
        lambda: _asked(State.REMOVAL_NOTICED),
        _raised,
        lambda chosen, **acting: batches.raise_levels(chosen, **WORDS, **acting),
    ),
    "keep": Deed(
        lambda: _asked(State.IN_HELP),
        lambda number, **acting: deciding.keep_level(number, **WORDS, **acting),
        lambda chosen, **acting: batches.keep_levels(chosen, **WORDS, **acting),
    ),
}


@pytest.fixture(params=DEEDS)
def deed(request) -> Deed:
    return DEEDS[request.param]


def _by(deed: Deed):
    return actor(deed.role, TANGDAN if deed.role == "township" else DONGCHUAN)


def _plain(rows: Sequence[object]) -> list[dict[str, object]]:
    return [
        {name: value for name, value in model_to_dict(row).items() if name not in OWN}  # type: ignore[arg-type]
        for row in rows
    ]


def _left(number: int, *, since: int) -> dict[str, object]:
    """Everything a step leaves of one case. Events: those after a number, without the numbers of their subjects."""
    case = Case.objects.get(pk=number)
    of_case = {
        model.__name__: _plain(model.objects.filter(case=case).order_by("pk"))  # type: ignore[attr-defined]
        for model in (Assignee, Baseline, Decision, Escalation, SideClock)
    }
    steps = Step.objects.filter(case=case).exclude(action="join").order_by("pk")
    warnings = Warning.objects.filter(household=case.household_id).order_by("pk")
    events = Event.objects.filter(household_id=case.household_id, pk__gt=since).order_by("subject_kind", "pk")
    return of_case | {
        "case": _plain([case]),
        "steps": _plain(list(steps)),
        "home": _plain([Household.objects.get(pk=case.household_id)]),
        "warnings": [(row.state, row.answered_on) for row in warnings],
        "events": list(events.values_list("verb", "subject_kind", "before", "after", "actor_name", "area_code")),
    }


def test_many_leave_what_each_alone_leaves(deed) -> None:
    alone, *together = [deed.made().pk for _case in range(3)]
    by, newest = _by(deed), Event.objects.order_by("-pk").first()
    since = newest.pk if newest else 0
    deed.one(alone, by=by, on=RAN)
    deed.many(together, by=by, on=RAN)
    expected = _left(alone, since=since)
    assert len(expected["events"]) in (1, 2)  # type: ignore[arg-type]
    assert [_left(number, since=since) for number in together] == [expected] * 2


def test_ten_take_as_many_queries_as_two(deed) -> None:
    taken = []
    for count in (2, 10):
        chosen, by = [deed.made().pk for _case in range(count)], _by(deed)
        with CaptureQueriesContext(connection) as queries:
            deed.many(chosen, by=by, on=RAN)
        taken.append(len(queries))
    assert taken[0] == taken[1] < 35


def test_decision_of_a_role_that_may_not_is_refused_for_many(deed) -> None:
    case = deed.made()
    auditor = actor("auditor", DONGCHUAN)
    with pytest.raises(deciding.UserError) as told:
        deed.many([case.pk], by=auditor, on=RAN)
    assert told.value.found.startswith("您的角色不能办")
    assert Case.objects.get(pk=case.pk).state == case.state
