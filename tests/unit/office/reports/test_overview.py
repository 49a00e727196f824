"""The overview: figures of the area alone, two kinds of level apart, small figures hidden, one number of queries."""

import io
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shouwang.office.access.scope import Scope
from shouwang.office.audit.models import Event
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_payments
from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.models import Case, Decision
from shouwang.office.reports.queries.cells import Cell, Reader
from shouwang.office.reports.queries.decided import Waited
from shouwang.office.reports.queries.overview import CountyRow, Overview, overview
from shouwang.office.reports.rows import rows_of
from tests.unit.office.casework.factories import warned_again
from tests.unit.office.casework.help_factories import in_help, included, measure
from tests.unit.office.factories import (
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    TODAY,
    VILLAGE,
    actor,
    client_of,
    household,
)
from tests.unit.office.reports.factories import city, confirm, homes

pytestmark = pytest.mark.django_db
ADDRESS = "/reports/"
EVERYTHING, FIGURES_ONLY = Reader(True), Reader(False)


def _overview(area: str, reader: Reader = EVERYTHING) -> Overview:
    return overview(Scope(area), reader=reader, on=TODAY)


def test_suspected_and_confirmed_never_mix() -> None:
    city()
    confirm(homes(1, VILLAGE, suspected_level=4)[0], 2)
    found = _overview(TANGDAN)
    assert [(row.level, row.status, row.suspected, row.confirmed) for row in found.levels] == [
        (1, "", Cell(1, 3), Cell()),
        (2, "", Cell(), Cell(1, 3)),
        (3, "", Cell(), Cell()),
        (4, "", Cell(4, 12), Cell()),
        (5, "", Cell(3, 9), Cell()),
        (None, "unverified", Cell(3, 9), None),
        (None, "unassessed", Cell(4, 12), None),
    ]
    assert (found.warned.suspected, found.warned.confirmed) == (Cell(5, 15), Cell(1, 3))


def test_before_the_first_count_suspected_is_unknown_and_confirmed_is_known() -> None:
    confirm(household(VILLAGE, member_count=3), 2)
    found = _overview(TANGDAN)
    assert (found.counting, found.all, found.warned.suspected) == (None, None, None)
    assert found.warned.confirmed == Cell(1, 3)
    assert {row.suspected for row in found.places} == {None}


def test_level_five_is_confirmed_but_not_warned() -> None:
    confirm(household(VILLAGE, member_count=3), 5)
    found = _overview(TANGDAN)
    assert (found.levels[4].confirmed, found.warned.confirmed) == (Cell(1, 3), Cell())


def test_areas_below_with_their_share_of_warned_households() -> None:
    city()
    rows = {row.area: row for row in _overview("5301").places}
    assert len(rows) == 14
    assert (rows["530113"].all, rows["530113"].suspected, rows["530113"].suspected_per_thousand) == (
        Cell(15, 45),
        Cell(5, 15),
        "333.3",
    )
    assert (rows["530128"].suspected, rows["530128"].suspected_per_thousand) == (Cell(2, 6), "500.0")
    assert (rows["530102"].all, rows["530102"].suspected_per_thousand) == (Cell(), None)


def test_national_type_by_level_of_confirmed_households_only() -> None:
    confirm(household(VILLAGE, member_count=3), 4)
    confirm(household(VILLAGE, member_count=2, register="general"), 4, "边缘易致贫户")
    confirm(household(VILLAGE, member_count=1), 3, "")
    household(VILLAGE, suspected_level=4, national_type="脱贫不稳定户")
    confirm(household(FOREIGN_VILLAGE), 4)
    assert [(row.is_registered, row.national_type, row.cells) for row in _overview(TANGDAN).cross] == [
        (True, "脱贫不稳定户", [Cell(), Cell(), Cell(), Cell(1, 3)]),
        (True, "", [Cell(), Cell(), Cell(1, 1), Cell()]),
        (False, "边缘易致贫户", [Cell(), Cell(), Cell(), Cell(1, 2)]),
    ]


def test_cases_by_step_and_clocks_that_ran_out() -> None:
    included(next_due_on=date(2020, 7, 5))
    included(next_due_on=TODAY)
    included(next_due_on=date(2020, 7, 5), paused_since=date(2020, 7, 1))
    in_help()
    included(FOREIGN_VILLAGE, next_due_on=date(2020, 7, 5))
    found = _overview(TANGDAN)
    assert [(str(word), cell) for word, cell in found.states] == [("已纳入", Cell(3, 12)), ("帮扶中", Cell(1, 4))]
    assert [(word, cell) for word, cell in found.late] == [("村级（驻村队员、村干部）", Cell(1, 4))]
    assert {row.area: row.late for row in found.places if row.late.households} == {VILLAGE: Cell(1, 4)}


def test_what_counties_have_late_themselves_by_county() -> None:
    decided = {"state": "audited", "holder_role": "county-decider", "next_due_on": date(2020, 7, 5)}
    for area, values in ((VILLAGE, {}), (OTHER_VILLAGE, {}), (VILLAGE, {"paused_since": TODAY})):
        case = included(area)
        Case.objects.filter(pk=case.pk).update(**decided, **values)
    case = in_help(FOREIGN_VILLAGE)
    case = warned_again(case, level=1, on=date(2020, 6, 15))
    assert case.recheck_due_on < TODAY
    dongchuan = CountyRow("530113", "东川区", Cell(2, 8), Cell())
    assert _overview("5301").counties_late == [dongchuan, CountyRow("530128", "禄劝彝族苗族自治县", Cell(), Cell(1, 4))]
    assert _overview("530113").counties_late == [dongchuan]
    assert _overview("530127").counties_late == []
    assert _overview(TANGDAN).counties_late is None
    rows = list(rows_of(_overview("5301")))
    assert ["县级超期：审定", "530113", "东川区", 2, 8, None] in rows
    assert ["县级超期：定级别", "530128", "禄劝彝族苗族自治县", 1, 4, None] in rows


def test_page_of_the_city_leader_shows_what_counties_have_late() -> None:
    case = included()
    Case.objects.filter(pk=case.pk).update(holder_role="county-decider", next_due_on=date(2020, 7, 5))
    page = client_of("leader", "5301").get(ADDRESS).content.decode()
    assert page.count("县级超期") == 1
    assert "县级超期" not in client_of("leader", TANGDAN).get(ADDRESS).content.decode()


def _decision(case: Case, kind: str, on: date) -> None:
    Decision.objects.create(
        case=case,
        procedure="removal" if kind == "remove" else "inclusion",
        kind=kind,
        level=4 if kind == "include" else None,
        reason="" if kind != "refuse" else "x",
        on=on,
        by_id="1",
        by_name="县",
    )


def test_decisions_of_the_month() -> None:
    _decision(included(), "include", date(2020, 7, 1))
    _decision(included(), "include", date(2020, 6, 30))
    _decision(included(), "refuse", TODAY)
    _decision(included(), "remove", TODAY)
    _decision(included(FOREIGN_VILLAGE), "include", TODAY)
    assert _overview(TANGDAN).month == [("纳入", Cell(1, 4)), ("消除", Cell(1, 4)), ("不予纳入", Cell(1, 4))]


def test_removal_rate_is_of_people_ever_included_and_help_of_households_in_help() -> None:
    removed = in_help()
    Case.objects.filter(pk=removed.pk).update(state="removed", closed_on=TODAY, closed_as="removed", removed_on=TODAY)
    measure(in_help())
    measure(in_help(), status="stopped")
    measure(in_help(FOREIGN_VILLAGE))
    found = _overview(TANGDAN)
    assert (found.removal.people_percent, found.removal.part, found.removal.whole) == (
        "33.33%",
        Cell(1, 4),
        Cell(3, 12),
    )
    assert (found.helped.households_percent, found.helped.part, found.helped.whole) == (
        "50.00%",
        Cell(1, 4),
        Cell(2, 8),
    )


def test_levels_beside_last_month_and_how_long_a_decision_takes() -> None:
    def decide(kind: str, case: Case, level: int | None, on: date) -> None:
        Decision.objects.create(case=case, procedure="inclusion", kind=kind, level=level, on=on, by_id="x", by_name="x")

    made = [in_help() for _ in range(3)]
    Decision.objects.all().delete()
    Case.objects.update(clock_from=date(2020, 6, 20))
    for case in made[:2]:
        decide("include", case, 3, date(2020, 6, 29))
    decide("include", made[2], 4, date(2020, 7, 2))
    decide("raise", made[0], 2, date(2020, 7, 3))
    decide("remove", made[1], None, date(2020, 7, 4))
    found = _overview("5301")
    assert {row.level: row.change for row in found.levels if row.change} == {2: 1, 3: -2, 4: 1}
    assert (found.warned.change, found.waited) == (0, Waited(decisions=3, median_days=9))


def test_share_of_nothing_is_no_share() -> None:
    found = _overview(TANGDAN)
    assert (found.removal.people_percent, found.helped.households_percent) == (None, None)


def test_money_of_the_year_by_source() -> None:
    row = measure(in_help())
    Case.objects.filter(pk=row.case_id).update(opened_on=date(2019, 12, 1))
    for fen, day in ((100_01, TODAY), (50_00, date(2020, 1, 1)), (7_00, date(2019, 12, 31))):
        help_payments.pay(row.pk, Paid("county", fen, day, "x"), by=actor("village", VILLAGE), on=TODAY)
    foreign = measure(in_help(FOREIGN_VILLAGE))
    help_payments.pay(foreign.pk, Paid("city", 1, TODAY, "x"), by=actor("village", FOREIGN_VILLAGE), on=TODAY)
    found = _overview(TANGDAN)
    assert [(line.name, line.cell, line.amount_fen) for line in found.money] == [("县", Cell(1, 4), 150_01)]
    assert found.money_in_all.amount_fen == 150_01


def test_small_figures_of_a_village_are_hidden_from_who_may_see_no_household() -> None:
    city()
    seen = {row.area: row for row in _overview(TANGDAN, FIGURES_ONLY).places}
    assert (seen[OTHER_VILLAGE].suspected.households_shown, seen[OTHER_VILLAGE].suspected.people_shown) == ("<3", "—")
    assert seen[OTHER_VILLAGE].suspected_per_thousand is None
    assert (seen[VILLAGE].suspected.households_shown, seen[VILLAGE].suspected.people_shown) == (4, 12)
    assert (seen[VILLAGE].confirmed.households_shown, seen[VILLAGE].confirmed.people_shown) == (0, 0)
    whole = {row.area: row for row in _overview(TANGDAN).places}
    assert whole[OTHER_VILLAGE].suspected == Cell(1, 3)


def test_page_of_a_village_hides_every_small_figure_from_who_may_see_no_household() -> None:
    case = in_help()
    help_payments.pay(measure(case).pk, Paid("county", 123_456, TODAY, "x"), by=actor("village", VILLAGE), on=TODAY)
    confirm(case.household, 4)
    found = _overview(VILLAGE, FIGURES_ONLY)
    assert found.warned.confirmed.people_shown == "—"
    assert [cell.households_shown for _, cell in found.states] == ["<3"]
    assert (found.helped.households_percent, found.helped.part.households_shown) == (None, "<3")
    assert (found.money[0].amount_fen, found.money_in_all.amount_fen) == (None, None)
    page = client_of("leader", TANGDAN).get(ADDRESS, {"area": VILLAGE}).content.decode()
    assert "1,234.56" not in page


@pytest.mark.parametrize("role", ["township", "county-decider", "analyst", "leader", "policy-officer", "auditor"])
def test_role_with_counts_opens_the_overview(role: str) -> None:
    area = TANGDAN if role == "township" else "530113"
    assert client_of(role, area).get(ADDRESS).status_code == 200


@pytest.mark.parametrize("role", ["village", "liaison", "administrator"])
def test_role_without_counts_is_refused(role: str) -> None:
    assert client_of(role, VILLAGE if role == "village" else "530113").get(ADDRESS).status_code == 403


@pytest.mark.parametrize(
    "area", ["530128", FOREIGN_VILLAGE, "5301", "53", "530113999", "53011", "5301130", "x", "530113'--"]
)
def test_area_outside_the_scope_or_not_there_is_404(area: str) -> None:
    leader, county = client_of("leader", "530113"), client_of("auditor", "530113")
    assert leader.get(ADDRESS, {"area": area}).status_code == 404
    assert county.get(reverse("reports:export"), {"area": area}).status_code == 404


def test_drill_down_by_link_within_the_area() -> None:
    city()
    leader = client_of("leader", "530113")
    page = leader.get(ADDRESS).content.decode()
    assert (f"?area={TANGDAN}" in page, "530128" in page, '<svg class="map"' in page) == (True, False, False)
    town = leader.get(ADDRESS, {"area": TANGDAN}).content.decode()
    assert (f"?area={VILLAGE}" in town, '?area=530113"' in town, '?area=5301"' in town) == (True, True, False)


def test_page_names_no_household_and_no_person() -> None:
    city()
    home = confirm(household(VILLAGE, head_name="赵钱孙", member_count=3), 4)
    page = client_of("leader", "5301").get(ADDRESS).content.decode()
    assert ("赵钱孙" in page, home.pk in page) == (False, False)


def test_city_page_has_the_map_with_a_link_and_a_number_for_every_county() -> None:
    city()
    confirm(homes(1, VILLAGE, suspected_level=4)[0], 3)
    client = client_of("leader", "5301")
    page = client.get(f"{ADDRESS}?shown=suspected").content.decode()
    assert page.count('<path class="shade') == 14
    assert 'aria-label="东川区 333.3"' in page
    confirmed = client.get(ADDRESS).content.decode()
    assert 'aria-label="东川区 66.6"' in confirmed
    assert ">寻甸</tspan>" in confirmed
    assert 'aria-label="五华区 未知"' in page
    assert len(page.encode()) < 200_000


@pytest.mark.parametrize(("area", "counted", "kept"), [("5301", 22, 9), ("530113", 22, 9), (TANGDAN, 19, 19)])
def test_overview_asks_a_fixed_number_of_queries(
    area: str, counted: int, kept: int, django_assert_num_queries: Any
) -> None:
    city()
    measure(in_help())
    leader: Client = client_of("leader", area)
    leader.get(ADDRESS)
    caches["told"].clear()
    for queries in (counted, kept):
        with django_assert_num_queries(queries):
            leader.get(ADDRESS)


def test_export_holds_who_and_when_and_leaves_an_event() -> None:
    city()
    answer = client_of("auditor", "530113").get(reverse("reports:export"))
    event = Event.objects.get(verb=Verb.EXPORTED)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert f"留痕号 {event.pk}" in rows[0][0]
    assert rows[1] == ["表", "地区", "项目", "户", "人", "金额（元）"]
    assert ["疑似（筛查）", "530113", "Ⅳ", 4.0, 12.0, ""] in rows
    assert ["下级：全部农户", TANGDAN, "汤丹镇", 15.0, 45.0, ""] in rows
    assert [row for row in rows if "530128" in str(row[1])] == []
    assert ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_export_is_refused_to_a_leader() -> None:
    assert client_of("leader", "5301").get(reverse("reports:export")).status_code == 403


def test_figures_of_a_county_are_kept_for_a_moment_and_counted_anew_after_a_publication(monkeypatch) -> None:
    client = client_of("leader", TANGDAN[:6])
    confirm(household(VILLAGE, member_count=3), 2)

    def people() -> int:
        return client.get(ADDRESS).context["overview"].warned.confirmed.people

    first = people()
    confirm(household(VILLAGE, member_count=4), 2)
    kept = people()
    monkeypatch.setattr("shouwang.office.reports.views.overviews.mark", lambda: "2-2")
    assert (first, kept, people()) == (3, 3, 7)


def test_figures_of_a_township_are_counted_each_time() -> None:
    client = client_of("leader", TANGDAN)
    for said in (3, 6):
        confirm(household(VILLAGE, member_count=3), 2)
        assert client.get(ADDRESS).context["overview"].warned.confirmed.people == said
