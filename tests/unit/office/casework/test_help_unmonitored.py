"""Exited households with a broken guarantee and no open case: who is found, who is left alone, and what a page says."""

from typing import Any

import pytest
from django.urls import reverse

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Case
from shouwang.office.casework.queries import help_unmonitored as unmonitored
from shouwang.office.registry.models import FactSheet, Household, Membership, Person
from shouwang.screening.checks import members
from shouwang.screening.datasets import code_tables
from tests.unit.office.casework.factories import case_in
from tests.unit.office.casework.help_factories import sheet
from tests.unit.office.factories import FOREIGN_VILLAGE, TANGDAN, TODAY, VILLAGE, client_of, household, person

pytestmark = pytest.mark.django_db
TOWN = Scope(TANGDAN)
HOUSE, WATER, SICK, SCHOOL = "住在 C、D 级危房", "饮水不安全", "有病人没有参保", "有适龄儿童失学辍学"


def _home(area_code: str = VILLAGE, *, ill: int = 0, **facts: Any) -> Household:
    home = household(area_code, head_name="王小明", member_count=4)
    for number in range(4):
        person(home, health="长期慢性病" if number < ill else "健康")
    sheet(home, **facts)
    return home


def _found() -> dict[str, list[str]]:
    return {row.pk: [str(word) for word in unmonitored.words(row)] for row in unmonitored.found(TOWN)}


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"housing_grade": "C"}, [HOUSE]),
        ({"housing_grade": "D", "water_safe": False, "out_of_school": 1}, [HOUSE, WATER, SCHOOL]),
        ({"housing_grade": "B"}, []),
        ({"housing_grade": None, "water_safe": None, "out_of_school": None, "uninsured_members": None}, []),
        ({"fed_and_clothed": False}, []),
        ({"register": "general", "housing_grade": "D"}, []),
        ({"register": "registered", "housing_grade": "D"}, []),
        ({"register": None, "housing_grade": "D"}, []),
    ],
)
def test_broken_guarantee_of_an_exited_household_without_a_case(facts: dict[str, Any], broken: list[str]) -> None:
    home = _home(**facts)
    assert _found() == ({home.pk: broken} if broken else {})
    assert [str(word) for word in unmonitored.of_household(home)] == broken


@pytest.mark.parametrize(
    ("ill", "uninsured", "members_known", "is_certain"),
    [
        (1, 4, 4, True),
        (1, 3, 4, False),
        (2, 3, 4, True),
        (4, 1, 4, True),
        (0, 4, 4, False),
        (4, 0, 4, False),
        (4, None, 4, False),
        (1, 4, None, False),
        (0, 5, 4, False),
    ],
)
def test_ill_and_uninsured_only_where_somebody_must_be_both(
    ill: int, uninsured: int | None, members_known: int | None, is_certain: bool
) -> None:
    _home(ill=ill, uninsured_members=uninsured, members=members_known)
    assert list(_found().values()) == ([[SICK]] if is_certain else [])


@pytest.mark.parametrize("health", ["患有大病", "重病", "慢性病，残疾", "长期慢性病"])
def test_every_spelling_of_illness_counts(health: str) -> None:
    home = _home(uninsured_members=4)
    Person.objects.filter(memberships__household=home).update(health=health)
    assert list(_found()) == [home.pk]


@pytest.mark.parametrize("health", ["健康", "残疾", ""])
def test_disabled_or_unknown_is_not_ill(health: str) -> None:
    home = _home(uninsured_members=4)
    Person.objects.filter(memberships__household=home).update(health=health)
    assert _found() == {}


def test_spellings_of_illness_are_those_of_the_checks_and_of_no_other_word() -> None:
    assert unmonitored.SICK == members.SICK
    spelled = code_tables.load("health").spellings
    for text, word in spelled.items():
        assert any(part in text for part in unmonitored._words_of_illness()) is (word in unmonitored.SICK)


def test_who_left_or_died_is_not_ill_there() -> None:
    gone, dead = _home(ill=1, uninsured_members=4), _home(ill=1, uninsured_members=4)
    Membership.objects.filter(household=gone, person__health="长期慢性病").update(until=TODAY)
    Person.objects.filter(memberships__household=dead, health="长期慢性病").update(died_on=TODAY)
    assert _found() == {}


def test_open_case_is_monitoring_and_a_closed_one_is_not() -> None:
    watched, once = _home(housing_grade="D"), _home(housing_grade="D")
    case_in("clue", home=watched)
    closed = case_in("clue", home=once)
    Case.objects.filter(pk=closed.pk).update(
        state="closed", closed_on=TODAY, closed_as="withdrawn", next_due_on=None, holder_role=""
    )
    assert list(_found()) == [once.pk]


def test_household_that_is_closed_is_left_alone() -> None:
    home = _home(housing_grade="D")
    Household.objects.filter(pk=home.pk).update(closed_on=TODAY, closed_as="moved")
    assert _found() == {}


def test_counts_households_and_people_of_the_area_alone(django_assert_num_queries: Any) -> None:
    _home(housing_grade="D", water_safe=False)
    _home(water_safe=False)
    _home(FOREIGN_VILLAGE, housing_grade="D")
    with django_assert_num_queries(1):
        said, homes, people = unmonitored.counted(TOWN)
    assert (said.code, homes, people) == ("not-monitored", 2, 8)
    with django_assert_num_queries(1):
        counted = {gap.code: n for gap, n in unmonitored.by_gap(TOWN)}
    assert counted == {"house": 1, "water": 2, "sick": 0, "school": 0}


def test_index_holds_every_sheet_the_rule_may_find() -> None:
    """The condition of the index is written beside the gaps: whatever is broken must lie inside it."""
    for facts in ({"housing_grade": "C"}, {"water_safe": False}, {"out_of_school": 2}, {"uninsured_members": 4}):
        _home(ill=4, **facts)
    everything = FactSheet.objects.filter(register="exited").count()
    assert len(_found()) == everything == 4


def test_page_lists_the_households_of_the_area_with_the_way_on() -> None:
    home, foreign = _home(housing_grade="D"), _home(FOREIGN_VILLAGE, housing_grade="D")
    answer = client_of("township", TANGDAN).get(reverse("cases:help-faults"), {"fault": "not-monitored"})
    page = answer.content.decode()
    assert [row.pk for row in answer.context["page"].rows] == [home.pk]
    assert (HOUSE in page, reverse("cases:declare", args=[home.pk]) in page) == (True, True)
    assert foreign.pk not in page
    auditor = client_of("auditor", "530113").get(reverse("cases:help-faults"), {"fault": "not-monitored"})
    assert reverse("cases:declare", args=[home.pk]) not in auditor.content.decode()


def test_page_goes_on_after_fifty() -> None:
    for _ in range(51):
        sheet(household(head_name="王"), housing_grade="D")
    client, address = client_of("village", VILLAGE), reverse("cases:help-faults")
    first = client.get(address, {"fault": "not-monitored"}).context["page"]
    second = client.get(f"{address}?{first.next}").context["page"]
    assert (len(first.rows), len(second.rows), second.next) == (50, 1, "")
    assert {row.pk for row in first.rows}.isdisjoint(row.pk for row in second.rows)


def test_page_asks_a_fixed_number_of_queries(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        _home(housing_grade="D", water_safe=False)
    client, address = client_of("township", TANGDAN), reverse("cases:help-faults")
    client.get(address)
    with django_assert_num_queries(21):
        client.get(address, {"fault": "not-monitored"})


def test_household_page_says_so_until_a_clue_is_registered() -> None:
    home = _home(housing_grade="D", water_safe=False)
    client, address = client_of("village", VILLAGE), reverse("household", args=[home.pk])
    said = f"脱贫户{HOUSE}、{WATER}，却没有纳入监测"
    page = client.get(address).content.decode()
    assert (said in page, reverse("cases:declare", args=[home.pk]) in page) == (True, True)
    case_in("clue", home=home)
    assert said not in client.get(address).content.decode()
