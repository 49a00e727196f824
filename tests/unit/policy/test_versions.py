"""The policies by name: what each reads, and what changed between them."""

from datetime import date
from fractions import Fraction

import pytest

from shouwang.policy import load, names
from shouwang.rules.evaluate import number
from shouwang.rules.policy import Policy
from shouwang.rules.tree import Derived
from shouwang.terms.errors import UserError

PER_PERSON = {
    "kunming-2020": 6000,
    "kunming-2021": 6500,
    "kunming-2022": 7000,
    "kunming-2023": 7500,
    "kunming-2024": 8700,
}


def _line(policy: Policy) -> Fraction | None:
    node = policy.named("monitoring_line")
    assert isinstance(node, Derived)
    return number(node, {})


def test_names_oldest_first() -> None:
    assert names() == tuple(PER_PERSON)


def test_load_unknown_name_lists_the_known() -> None:
    with pytest.raises(UserError) as caught:
        load("kunming-1999")
    assert caught.value.found == "没有政策 'kunming-1999' (unknown policy)"
    assert caught.value.cure == (
        "用其中之一 (use one of): kunming-2020、kunming-2021、kunming-2022、kunming-2023、kunming-2024"
    )


def test_load_twice_is_one_policy() -> None:
    assert load("kunming-2020") is load("kunming-2020")


@pytest.mark.parametrize("name", names())
def test_monitoring_line_of_each_policy(name: str) -> None:
    assert _line(load(name)) == PER_PERSON[name]


def test_in_force_of_the_two_forms() -> None:
    assert (load("kunming-2020").in_force, load("kunming-2021").in_force) == (date(2020, 6, 1), date(2021, 1, 1))


def test_monitoring_line_2020_is_a_multiple_and_2021_a_range() -> None:
    assert "monitoring_range" not in load("kunming-2020").parameters
    assert "line_factor" not in load("kunming-2021").parameters


def test_rules_in_order_of_level() -> None:
    assert [(rule.code, int(rule.level)) for rule in load("kunming-2020").rules] == [
        ("fallen-poor", 1),
        ("guarantee-gap", 1),
        ("no-labour", 2),
        ("sudden-hardship", 3),
        ("below-line", 4),
    ]


def test_national_types_third_only_from_2021() -> None:
    assert [kind.label for kind in load("kunming-2020").national_types] == ["脱贫不稳定户", "边缘易致贫户"]
    assert [kind.label for kind in load("kunming-2021").national_types] == [
        "脱贫不稳定户",
        "边缘易致贫户",
        "突发严重困难户",
    ]


def test_versions_differ() -> None:
    assert len({load(name).version for name in names()}) == len(names())


def test_vocabulary_holds_every_fact_of_the_design() -> None:
    assert load("kunming-2020").vocabulary.names == (
        "register",
        "members",
        "labour_units",
        "net_income",
        "net_income_before",
        "income_age_months",
        "transfer_income",
        "insurance_claims",
        "medical_spending",
        "school_spending",
        "disaster_loss",
        "accident_spending",
        "rigid_spending",
        "expected_spending",
        "out_of_school",
        "uninsured_members",
        "housing_grade",
        "water_safe",
        "fed_and_clothed",
        "guarantee_days",
        "guarantee_unsolved",
        "disability_grade_new",
        "labour_lost",
        "earner_lost",
        "support",
        "refusals",
        "idle_months",
        "asset_flags",
        "overdue_days",
        "income_contradiction",
        "has_head",
    )
