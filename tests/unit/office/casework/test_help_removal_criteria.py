"""Every criterion of removal: yes, no and unknown, and exactly on the line."""

from datetime import date
from typing import Any

import pytest

from shouwang.office.casework.models import Case
from shouwang.office.casework.queries.removal_criteria import Criterion, eligibility
from shouwang.office.registry.actions import facts
from shouwang.office.registry.models import FactSheet
from shouwang.office.warnings.models import Publication, PublishedPolicy, Warning
from tests.unit.office.casework.help_factories import in_help, measure, sheet
from tests.unit.office.factories import VILLAGE, actor, household

pytestmark = pytest.mark.django_db
ON = date(2020, 12, 22)
"""Six months after inclusion, to the day."""


@pytest.fixture
def case() -> Case:
    made = in_help()
    sheet(made.household, as_of=date(2020, 11, 30))
    measure(made, status="done")
    return made


def _with(case: Case, **facts: Any) -> None:
    FactSheet.objects.filter(household=case.household).update(**facts)


def _answer(case: Case, code: str, on: date = ON) -> Criterion:
    return next(criterion for criterion in eligibility(case, on).criteria if criterion.code == code)


def test_everything_met(case: Case) -> None:
    found = eligibility(case, ON)
    assert [(criterion.code, criterion.answer) for criterion in found.criteria] == [
        ("labour", True),
        ("months", True),
        ("measures", True),
        ("income", True),
        ("above", True),
        ("rules", True),
        ("guarantees", True),
        ("warnings", True),
    ]
    assert (found.is_met, found.open, found.sentence()) == (True, (), "")


def test_six_months_less_a_day(case: Case) -> None:
    assert _answer(case, "months", date(2020, 12, 21)).answer is False
    assert eligibility(case, date(2020, 12, 21)).sentence() == "纳入满 6 个月（到 2020-12-22 满）"


def test_reference_income_exactly_on_the_range_is_not_above_it(case: Case) -> None:
    _with(case, net_income=24_000_00)
    assert _answer(case, "above") == Criterion(
        "above", "人均参考收入高于当年监测范围", False, "参考收入 6,000.00 元，范围 6,000.00 元"
    )
    _with(case, net_income=24_000_04)
    assert _answer(case, "above").answer is True


def test_unknown_income_blocks(case: Case) -> None:
    _with(case, net_income=None)
    assert [(_answer(case, code).answer) for code in ("income", "above", "rules")] == [None, None, None]
    assert eligibility(case, ON).is_met is False


def test_income_that_grew_older_than_a_year_is_unknown(case: Case) -> None:
    """The figure was 12 months old at the end of November; three weeks later it still is, a month later it is 13."""
    _with(case, income_age_months=12)
    assert _answer(case, "income", date(2020, 12, 29)).answer is True
    assert _answer(case, "income", date(2020, 12, 31)).answer is None


def test_income_somebody_verified_is_as_old_as_its_day(case: Case) -> None:
    """Not as old as the month of the files: it counts for a year from the day it was seen."""
    by, seen_on = actor("village", VILLAGE), date(2020, 12, 20)
    facts.record(case.household, "net_income", "60000", as_of=seen_on, source="工资单", by=by, on=seen_on)
    assert _answer(case, "income", date(2021, 12, 20)).answer is True
    assert _answer(case, "income", date(2022, 1, 20)).answer is None


@pytest.mark.parametrize(("units", "answer"), [(0, False), (None, None), (1, True)])
def test_labour_at_hand(case: Case, units: int | None, answer: bool | None) -> None:
    _with(case, labour_units=units)
    assert _answer(case, "labour").answer is answer
    assert eligibility(case, ON).without_labour is (answer is False)


@pytest.mark.parametrize(
    ("status", "answer"), [("running", True), ("done", True), ("planned", False), ("not-started", False)]
)
def test_a_measure_that_reached_the_household(status: str, answer: bool) -> None:
    made = in_help()
    sheet(made.household)
    measure(made, status=status)
    assert _answer(made, "measures").answer is answer


def test_every_rule_needs_its_measure(case: Case) -> None:
    case.rules = ["below-line", "sudden-hardship"]
    assert _answer(case, "measures") == Criterion(
        "measures", "每项风险都有一项以上已实施的措施", False, "没有措施：突发风险"
    )


@pytest.mark.parametrize(("days", "answer"), [(None, None), (0, True)])
def test_rules_that_cannot_be_decided_block(case: Case, days: int | None, answer: bool | None) -> None:
    _with(case, labour_lost=days)
    assert _answer(case, "rules").answer is answer


def test_what_has_to_be_found_out_is_named(case: Case) -> None:
    _with(case, labour_lost=None, fed_and_clothed=None)
    assert _answer(case, "rules").why == "还不能判断：突发风险，缺：丧失劳动能力一个月以上"
    assert _answer(case, "guarantees").why == "情况不明：不愁吃穿"


def test_parts_that_give_the_sum_are_not_asked_for_it(case: Case) -> None:
    parts = dict.fromkeys(("medical_spending", "school_spending", "disaster_loss", "accident_spending"), 0)
    _with(case, rigid_spending=None, earner_lost=None, **parts)
    assert _answer(case, "rules").why == "还不能判断：突发风险，缺：主要劳动力死亡或服刑"


def test_a_rule_that_fires_on_the_facts_of_the_day(case: Case) -> None:
    _with(case, labour_lost=1)
    assert _answer(case, "rules") == Criterion("rules", "风险已稳定消除，没有规则再触发", False, "仍触发：突发风险")


@pytest.mark.parametrize(("grade", "answer"), [("C", False), (None, None), ("B", True)])
def test_guarantees_known_and_met(case: Case, grade: str | None, answer: bool | None) -> None:
    _with(case, housing_grade=grade)
    assert _answer(case, "guarantees").answer is answer


def test_household_without_any_facts_is_unknown_and_blocked() -> None:
    case = in_help()
    measure(case, status="done")
    assert [criterion.code for criterion in eligibility(case, ON).open] == [
        "labour",
        "income",
        "above",
        "rules",
        "guarantees",
    ]


def _warning(case: Case, *, published_on: date, change: str = "new", state: str = "joined") -> None:
    policy, _ = PublishedPolicy.objects.get_or_create(version="v", code="kunming-2020", defaults={"frozen": {}})
    publication = Publication.objects.create(
        run_digest=f"{published_on}",
        folder="run",
        as_of=published_on,
        policy=policy,
        counts={},
        published_on=published_on,
        published_by="1",
        published_by_name="测试",
    )
    Warning.objects.create(
        publication=publication,
        household=case.household,
        area_code=case.area_code,
        level=4,
        status="graded",
        urgency=4,
        change=change,
        state=state,
        answered_on=published_on if state == "answered" else None,
    )


@pytest.mark.parametrize(
    ("published_on", "change", "state", "answer"),
    [
        (date(2020, 9, 1), "new", "joined", False),
        (date(2020, 9, 1), "worse", "open", False),
        (date(2020, 9, 1), "same", "joined", True),
        (date(2020, 9, 1), "new", "answered", True),
        (date(2020, 6, 22), "new", "joined", True),
        (date(2020, 12, 23), "new", "joined", True),
    ],
)
def test_new_warning_since_inclusion(case: Case, published_on: date, change: str, state: str, answer: bool) -> None:
    _warning(case, published_on=published_on, change=change, state=state)
    assert _answer(case, "warnings").answer is answer


def test_warning_of_another_household_does_not_count(case: Case) -> None:
    _warning(in_help(home=household()), published_on=date(2020, 9, 1))
    assert _answer(case, "warnings").answer is True


def test_eligibility_asks_a_fixed_number_of_queries(case: Case, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        eligibility(case, ON)
