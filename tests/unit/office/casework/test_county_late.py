"""What a county has late itself: seen by the city by county, and first of all by who decides there."""

from datetime import date, timedelta

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.casework.actions.escalating import escalate
from shouwang.office.casework.models import State
from shouwang.office.casework.queries import cases
from shouwang.office.casework.queries.cases import Filters
from shouwang.office.casework.queries.county_late import CountyLate, by_county
from tests.unit.office.casework.factories import RAN, case_in, home_with, warned_again
from tests.unit.office.factories import (
    DONGCHUAN,
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    TODAY,
    VILLAGE,
    client_of,
)

pytestmark = pytest.mark.django_db
LATE = date(2020, 8, 1)
"""After every deadline of a procedure that began in June."""
LUQUAN = "530128"


def _recheck(area: str = VILLAGE, *, on: date = RAN):
    return warned_again(case_in(State.IN_HELP, area_code=area), level=1, on=on)


def _everything() -> None:
    """Two decisions and a level late in one county, a level late in the other; what is paused or in time is not."""
    for area, state in ((VILLAGE, State.AUDITED), (OTHER_VILLAGE, State.REMOVAL_AUDITED), (VILLAGE, State.ASSIGNED)):
        case_in(state, area_code=area)
    case_in(State.AUDITED, area_code=FOREIGN_VILLAGE, paused_since=RAN)
    for area in (VILLAGE, FOREIGN_VILLAGE):
        _recheck(area)
    _recheck(FOREIGN_VILLAGE, on=LATE)


@pytest.mark.parametrize(
    ("prefix", "seen"),
    [
        ("5301", [CountyLate(DONGCHUAN, 2, 1), CountyLate(LUQUAN, 0, 1)]),
        (LUQUAN, [CountyLate(LUQUAN, 0, 1)]),
        (OTHER_VILLAGE, [CountyLate(DONGCHUAN, 1, 0)]),
        ("530127", []),
    ],
)
def test_late_of_counties_inside_the_scope(prefix, seen, django_assert_num_queries) -> None:
    _everything()
    with django_assert_num_queries(2):
        assert by_county(Scope(prefix), on=LATE) == seen


def test_on_the_last_day_nothing_is_late() -> None:
    case = _recheck()
    assert by_county(Scope("5301"), on=case.recheck_due_on) == []
    assert by_county(Scope("5301"), on=case.recheck_due_on + timedelta(days=1)) == [CountyLate(DONGCHUAN, 0, 1)]


def _today(settings, role: str, area: str) -> str:
    settings.TODAY = LATE.isoformat()
    return client_of(role, area).get("/today/").content.decode()


def test_analyst_of_the_city_sees_it_by_county_with_the_cases_behind_it(settings) -> None:
    _everything()
    page = _today(settings, "analyst", "5301")
    assert "县级超期" in page
    for address, count in (
        (f"/cases/?area={DONGCHUAN}&amp;holder=county-decider&amp;late=yes", 2),
        (f"/cases/?area={DONGCHUAN}&amp;recheck=yes&amp;late=yes", 1),
        (f"/cases/?area={LUQUAN}&amp;recheck=yes&amp;late=yes", 1),
    ):
        assert f'href="{address}">{count}</a>' in page
        listed = client_of("analyst", "5301").get(address.replace("&amp;", "&"))
        assert len(listed.context["page"].rows) == count


def test_analyst_of_the_city_is_told_where_nothing_is_late(settings) -> None:
    assert "各县没有超期的审定和定级别。" in _today(settings, "analyst", "5301")


@pytest.mark.parametrize(("role", "area"), [("analyst", DONGCHUAN), ("township", TANGDAN), ("village", VILLAGE)])
def test_others_see_no_counties(settings, role, area) -> None:
    _everything()
    assert "县级超期" not in _today(settings, role, area)


def test_decider_sees_what_is_late_in_the_county_before_what_came_up(settings) -> None:
    decided_late = _recheck()
    case_in(State.ASSIGNED, home=home_with(name="下面超期"))
    in_time = warned_again(case_in(State.IN_HELP, home=home_with(name="还有时间")), level=1, on=LATE)
    escalate(on=LATE)
    page = _today(settings, "county-decider", DONGCHUAN)
    marks = ("等我办的，已超期", f"/cases/{decided_late.pk}/", "报到我这里的", "下面超期户<", "等我办的<", "还有时间户")
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert page.count(f'href="/cases/{in_time.pk}/"') == 1
    assert page.count("成批定级别") == 1
    assert "1 户已超期" in page


def test_decider_with_nothing_late_sees_no_such_list(settings) -> None:
    _recheck(on=LATE)
    page = _today(settings, "county-decider", DONGCHUAN)
    assert ("等我办的，已超期" in page, "等我办的<" in page, "成批" in page) == (False, True, False)


@pytest.mark.parametrize(("holder", "seen"), [("county-decider", [0]), ("village", [1]), ("", [0, 1])])
def test_list_by_who_holds_the_clock(holder, seen) -> None:
    made = [case_in(State.AUDITED), case_in(State.ASSIGNED)]
    found = cases.listed(Scope(DONGCHUAN), Filters(holder=holder), on=TODAY)
    assert sorted(found, key=lambda case: case.pk) == [made[index] for index in seen]


@pytest.mark.parametrize(("typed", "read"), [("village", "village"), ("administrator", ""), ("x", "")])
def test_holder_is_read_from_an_address(typed, read) -> None:
    assert cases.filters_of({"holder": typed}).holder == read
