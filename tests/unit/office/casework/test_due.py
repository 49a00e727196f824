"""The list of the day, lists of cases, what is passed upwards: by area, by clock."""

from datetime import date, timedelta

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.casework.actions import auditing
from shouwang.office.casework.actions.escalating import escalate
from shouwang.office.casework.models import Escalation, Schedule, State
from shouwang.office.casework.queries import cases, decisions
from shouwang.office.casework.queries.cases import Filters
from shouwang.office.casework.queries.due import due
from tests.unit.office.casework.factories import OPENED, RAN, case_in, home_with, led_to
from tests.unit.office.factories import (
    DONGCHUAN,
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    VILLAGE,
    account,
    actor,
)

pytestmark = pytest.mark.django_db
AREAS = (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)


def _in_every_area(state: str) -> list:
    return [case_in(state, area_code=area) for area in AREAS]


@pytest.mark.parametrize(
    ("prefix", "seen"), [(VILLAGE, (0,)), (TANGDAN, (0, 1)), (DONGCHUAN, (0, 1)), ("5301", (0, 1, 2)), ("530128", (2,))]
)
def test_due_shows_the_area_only(prefix, seen) -> None:
    made = _in_every_area(State.ASSIGNED)
    day = due(Scope(prefix), "village", on=OPENED)
    assert [row.case for row in day.mine] == [made[index] for index in seen]


def test_due_shows_what_the_role_holds_by_clock() -> None:
    later = case_in(State.REVIEWED)
    first = case_in(State.ASSIGNED)
    case_in(State.AUDITED)
    case_in(State.IN_HELP)
    day = due(Scope(VILLAGE), "village", on=date(2020, 6, 28))
    assert [(row.case, row.is_late, row.next.action) for row in day.mine] == [
        (first, False, "visit"),
        (later, False, "notice"),
    ]
    assert due(Scope(VILLAGE), "village", on=date(2020, 6, 29)).late == 1


def test_due_warns_as_the_county_set_it() -> None:
    Schedule.objects.create(area_code=DONGCHUAN, since=date(2020, 1, 1), warn=4, set_by="1", set_by_name="测试")
    assert [due(Scope(prefix), "village", on=OPENED).soon for prefix in (VILLAGE, FOREIGN_VILLAGE)] == [4, 2]


def test_due_takes_five_queries(django_assert_num_queries) -> None:
    _in_every_area(State.ASSIGNED)
    with django_assert_num_queries(5):
        day = due(Scope("5301"), "village", on=OPENED)
        assert [row.case.household.head_name for row in day.mine] == ["王小明"] * 3


def test_due_is_cut_and_says_so() -> None:
    _in_every_area(State.ASSIGNED)
    day = due(Scope("5301"), "village", on=OPENED, limit=2)
    assert (len(day.mine), day.has_more) == (2, True)


def test_late_goes_up_once_per_step_and_level() -> None:
    made = _in_every_area(State.ASSIGNED)
    late = date(2020, 6, 29)
    assert made[0].next_due_on == date(2020, 6, 28)
    assert (escalate(on=date(2020, 6, 28)), escalate(on=late), escalate(on=late)) == (0, 3, 0)
    assert escalate(on=date(2020, 7, 1)) == 3
    assert list(Escalation.objects.filter(case=made[0]).order_by("id").values_list("to_role", "on")) == [
        ("township", late),
        ("county-decider", date(2020, 7, 1)),
    ]
    up = due(Scope(TANGDAN), "township", on=late)
    assert [(row.case, row.is_late) for row in up.escalated] == [(made[0], True), (made[1], True)]
    assert [row.case for row in due(Scope("530128"), "county-decider", on=late).escalated] == [made[2]]


def test_late_of_a_county_with_its_own_days() -> None:
    Schedule.objects.create(area_code=DONGCHUAN, since=date(2020, 1, 1), to_county=1, set_by="1", set_by_name="测试")
    _in_every_area(State.ASSIGNED)
    assert escalate(on=date(2020, 6, 29)) == 5


def test_paused_or_undue_does_not_go_up() -> None:
    case_in(State.NOTICED, paused_since=OPENED)
    case_in(State.IN_HELP)
    assert escalate(on=date(2020, 12, 1)) == 0


def test_escalation_ends_with_the_step() -> None:
    case = case_in(State.NOTICED)
    late = case.next_due_on + timedelta(days=1)
    assert escalate(on=late) == 1
    auditing.passed(case.pk, opinion="同意", by=actor("township", TANGDAN), on=late)
    assert Escalation.objects.get().ended_on == late
    assert due(Scope(DONGCHUAN), "county-decider", on=late).escalated == []


@pytest.mark.parametrize(
    ("filters", "seen"),
    [
        (Filters(), (0, 1)),
        (Filters(area_code=OTHER_VILLAGE), (1,)),
        (Filters(area_code=FOREIGN_VILLAGE), ()),
        (Filters(state="visited"), (0, 1)),
        (Filters(state="noticed"), ()),
        (Filters(level=3), (0, 1)),
        (Filters(level=4), ()),
        (Filters(is_late=True), (0, 1)),
    ],
)
def test_listed_by_filters_inside_the_scope(filters, seen) -> None:
    made = _in_every_area(State.VISITED)
    case_in(State.CLOSED)
    found = cases.listed(Scope(DONGCHUAN), filters, on=date(2020, 8, 1))
    assert sorted(found, key=lambda case: case.pk) == [made[index] for index in seen]


def test_one_outside_the_scope_is_not_there() -> None:
    made = _in_every_area(State.VISITED)
    assert [cases.one(Scope(VILLAGE), case.pk) for case in made] == [made[0], None, None]


def test_waiting_for_the_county_inside_the_scope() -> None:
    made = _in_every_area(State.AUDITED)
    proposed = case_in(State.REFUSAL_PROPOSED)
    case_in(State.NOTICED)
    removal = case_in(State.REMOVAL_AUDITED)
    rows = decisions.waiting(Scope(DONGCHUAN), "inclusion")
    assert set(rows) == {made[0], made[1], proposed}
    assert list(decisions.waiting(Scope(DONGCHUAN), "removal")) == [removal]
    assert decisions.counted(rows, on=RAN) == decisions.Counts(households=3, people=3, today=0, late=0)
    shown = {row.case: [fault.found for fault in row.faults] for row in decisions.rows_of(rows, on=RAN)}
    assert shown == {made[0]: [], made[1]: [], proposed: ["乡镇拟不予纳入"]}


def test_rows_to_decide_take_the_same_queries_for_more(django_assert_num_queries) -> None:
    _in_every_area(State.AUDITED)
    rows = list(decisions.waiting(Scope("5301"), "inclusion"))
    with django_assert_num_queries(5):
        decisions.rows_of(rows, on=RAN)


def test_panel_says_who_holds_the_clock(django_assert_num_queries) -> None:
    account("village", OTHER_VILLAGE, name="别村")
    account("village", VILLAGE, name="本村")
    case = led_to(State.VISITED, home=home_with(), village=actor("village", VILLAGE))
    by, home = actor("township", TANGDAN), case.household
    with django_assert_num_queries(7):
        panel = cases.panel(home, actor=by, on=OPENED)
    assert (panel.holder_names[0], panel.main.action, panel.may_do_main, panel.day) == ("本村", "compare", True, 1)
    assert [place.word for place in panel.bar if place.is_now] == ["已入户"]
    assert [row.action for row in panel.others] == ["visit", "propose-refusal", "return", "withdraw"]
