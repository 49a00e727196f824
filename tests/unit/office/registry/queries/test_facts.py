"""Facts as people read them, members, the inbox."""

from datetime import date

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.registry.actions import facts as acts
from shouwang.office.registry.models import Contradiction
from shouwang.office.registry.queries import contradictions, facts, households
from tests.unit.office.factories import FOREIGN_VILLAGE, TANGDAN, TODAY, VILLAGE, actor, household, person
from tests.unit.office.registry.factories import ID_NUMBER, sheet

pytestmark = pytest.mark.django_db


def shown(home):
    return {row.fact: row for row in facts.shown(home)}


def test_values_have_units_and_sources_words():
    home = household()
    sheet(
        home, net_income=24_000_50, labour_units=3, water_safe=False, housing_grade="C", support="低保、?", refusals=0
    )

    rows = shown(home)
    assert {name: rows[name].value for name in ("net_income", "labour_units", "water_safe", "housing_grade")} == {
        "net_income": "24,000.50 元", "labour_units": "1.5 人", "water_safe": "否", "housing_grade": "C级",
    }  # fmt: skip
    assert (rows["support"].value, rows["asset_flags"].value, rows["net_income"].name) == (
        "低保、可能还有",
        None,
        "家庭纯收入",
    )
    assert (rows["net_income"].source, rows["net_income"].as_of) == ("住建局 2020-06", date(2020, 6, 30))
    assert (rows["refusals"].is_plain, rows["net_income"].is_plain, rows["asset_flags"].is_plain) == (
        True,
        False,
        False,
    )


def test_household_without_a_sheet_knows_nothing():
    assert {(row.value, row.source, row.as_of) for row in facts.shown(household())} == {(None, "", None)}


def test_changes_are_counted_and_told(django_assert_num_queries):
    home, by = household(), actor("village", VILLAGE)
    sheet(home, net_income=1_00)
    acts.record(home, "net_income", "20000", as_of=TODAY, source="visit", by=by)
    acts.record(home, "net_income", "30000", as_of=TODAY, source="工资单", by=by)

    with django_assert_num_queries(2):
        assert shown(home)["net_income"].changes == 2
    told = facts.history(home, "net_income")
    assert [(row.value, row.replaced, row.source) for row in told] == [
        ("30,000 元", "20,000 元", "工资单"), ("20,000 元", "1 元", "入户核实 2020-07"),
    ]  # fmt: skip


def test_members_of_a_day_the_head_first(django_assert_num_queries):
    home = household()
    person(home, name="王老", relation="之父", birth_date=date(1940, 1, 1))
    head = person(home, name="王一", birth_date=date(1980, 7, 7), id_number=ID_NUMBER)
    home.head_id = head.pk
    person(home, name="王走").memberships.update(until=TODAY)

    with django_assert_num_queries(1):
        found = households.members(home, on=TODAY)
    assert [(row.name, row.age, row.is_head) for row in found] == [("王一", 39, True), ("王老", 80, False)]
    assert found[0].id_masked == "530113********8379"


def test_one_outside_the_scope_is_not_there():
    home = household()
    assert households.one(Scope(VILLAGE), home.pk) == home
    assert households.one(Scope(FOREIGN_VILLAGE), home.pk) is None


def contradiction(home, fact="members", rank=0, **values):
    return Contradiction.objects.create(
        household=home, area_code=home.area_code, fact=fact, rank=rank, first_value="2", first_source="visits 2020-06",
        second_value="3", second_source="registry 2020-06", **values,
    )  # fmt: skip


def test_inbox_holds_open_ones_of_the_area():
    mine = contradiction(household())
    contradiction(household(FOREIGN_VILLAGE))
    contradiction(household(), kept="first", settled_by="1", settled_at="2020-07-01T00:00:00Z")

    assert list(contradictions.inbox(Scope(TANGDAN))) == [mine]
    assert contradictions.one(Scope(FOREIGN_VILLAGE), mine.pk) is None


def test_sides_are_told_in_words():
    home = household()
    contradiction(home)

    row = contradictions.of_household(home)[0]
    assert (row.name, row.first.value, row.first.source, row.second.value, row.second.source) == (
        "家庭人口", "2 人", "入户核实 2020-06", "3 人", "登记册 2020-06",
    )  # fmt: skip
