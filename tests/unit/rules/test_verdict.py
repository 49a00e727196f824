"""The verdict step by step, and the values its reasons keep."""

from fractions import Fraction

import pytest

from rules.small_policy import GREEN, small_policy
from shouwang.rules.display import number_shown, number_text, unit_text, value_text
from shouwang.rules.evaluate import evaluate, number, truth
from shouwang.rules.tree import Comparison, NumberFact, Zero
from shouwang.rules.verdict import UsedValue, decide
from shouwang.terms.errors import ProgrammingError
from shouwang.terms.level import Level

POLICY = small_policy()
POOR = {"net_income": 2_000_000}
"""4,975.00 元 per person: below the monitoring line, above the poverty line."""


def verdict(**changed):
    return decide(POLICY, GREEN | changed)


def test_nothing_true_and_all_known_is_green():
    found = verdict()
    assert (found.level, found.status, found.signs, found.reasons) == (Level.V, "graded", (), ())
    assert (found.national_type, found.could_be_worse) == (None, ())


def test_every_true_rule_is_kept_lowest_number_first():
    found = verdict(net_income=1_000_000)
    assert found.level is Level.I
    assert [(r.rule, r.level) for r in found.reasons] == [("fallen-poor", 1), ("sudden", 3), ("below-line", 4)]
    assert found.national_type == "脱贫不稳定户"


def test_unknown_rule_of_a_lower_number_could_be_worse():
    found = verdict(**POOR, support=["?"], labour_lost=None)
    assert found.level is Level.IV
    assert found.could_be_worse == ("no-labour", "sudden")


def test_unknown_rule_of_a_higher_number_is_not_worse():
    found = verdict(earner_lost=True, refusals=None, labour_units=None)
    assert (found.level, found.could_be_worse) == (Level.III, ())


def test_on_the_line_is_not_below_it():
    line = GREEN["rigid_spending"] + 4 * 600_000
    assert verdict(net_income=line, net_income_before=line).level is Level.V
    assert verdict(net_income=line - 1, net_income_before=line).level is Level.IV


def test_unknown_is_green_only_where_it_cannot_matter():
    still_green = {name for name in GREEN if verdict(**{name: None}).status == "graded"}
    about_rules_that_are_false_anyway = {"labour_units", "support", "guarantee_days", "guarantee_unsolved", "refusals"}
    in_no_rule = {"disability_grade_new", "transfer_income"}
    with_a_stated_default = {"expected_spending", "income_age_months"}
    assert still_green == about_rules_that_are_false_anyway | in_no_rule | with_a_stated_default


def test_watched_household_without_level_is_unverified():
    assert verdict(net_income=None).status == "unverified"
    assert verdict(net_income=None).level is None


def test_general_household_needs_a_sign():
    assert verdict(register="general", net_income=None).status == "unassessed"
    found = verdict(register="general", net_income=None, out_of_school=1)
    assert (found.status, found.signs) == ("unverified", ("guarantee-broken",))


def test_signs_are_listed_beside_a_level():
    assert verdict(earner_lost=True, disability_grade_new=2).signs == ("new-disability",)


def test_green_needs_every_rule_known():
    assert verdict(labour_lost=None).status == "unverified"


def test_facts_left_out_are_unknown():
    assert decide(POLICY, {}).status == "unassessed"


def test_variant_is_the_first_that_is_true():
    assert verdict(**POOR, refusals=2).reasons[0].variant == "no-drive"
    assert verdict(**POOR, refusals=None).reasons[0].variant == "low-capacity"
    assert verdict(earner_lost=True).reasons[0].variant is None


def test_reason_keeps_every_value_in_order_of_use():
    reason = verdict(**POOR, support=None, income_age_months=None).reasons[0]
    assert reason.values == (
        UsedValue("labour_units", "2", "人"),
        UsedValue("reference_income", "4975.00", "元/人"),
        UsedValue("fresh_income", "20000.00", "元"),
        UsedValue("income_age_months", None, "月"),
        UsedValue("net_income", "20000.00", "元"),
        UsedValue("insurance_claims", "0.00", "元"),
        UsedValue("rigid_spending", "100.00", "元"),
        UsedValue("members", "4", "人"),
        UsedValue("monitoring_line", "6000.00", "元/人"),
        UsedValue("refusals", "0", "次"),
    )


def test_stale_income_is_unknown():
    assert number(POLICY.named("fresh_income"), GREEN | {"income_age_months": 13}) is None
    assert number(POLICY.named("fresh_income"), GREEN | {"income_age_months": 12}) == 30_000


def test_nobody_to_divide_by_is_unknown():
    assert number(POLICY.named("reference_income"), GREEN | {"members": 0}) is None


def test_label_outside_the_vocabulary_is_unknown():
    assert number(POLICY.named("limit"), GREEN | {"register": "other"}) is None


def test_numbers_and_conditions_are_not_mixed_up():
    with pytest.raises(ProgrammingError, match="这是数, 不是条件"):
        truth(POLICY.named("burden"), GREEN)
    with pytest.raises(ProgrammingError, match="这是条件, 不是数"):
        number(POLICY.green, GREEN)


def test_unequal():
    members = NumberFact(POLICY.vocabulary["members"])
    assert evaluate(Comparison("!=", members, Zero()), GREEN) is True
    assert evaluate(Comparison("==", members, Zero()), GREEN) is False


@pytest.mark.parametrize(
    ("value", "unit", "text", "shown"),
    [
        (Fraction(55881, 10), "元/人", "5588.10", "5,588.10"),
        (Fraction(-1, 3), "元", "-0.34", "-0.34"),
        (Fraction(1234567), "元", "1234567.00", "1,234,567.00"),
        (Fraction(3, 2), "人", "1.5", "1.5"),
        (Fraction(4000), "人", "4000", "4,000"),
        (Fraction(1, 3), "份额", "0.3333", "33.33%"),
        (Fraction(-3, 2), "倍", "-1.5000", "-150.00%"),
    ],
)
def test_numbers_are_floored(value, unit, text, shown):
    assert number_text(value, unit) == text
    assert number_shown(value, unit) == shown


@pytest.mark.parametrize(
    ("name", "stored", "text", "unit"),
    [
        ("register", "exited", "exited", ""),
        ("labour_units", 3, "1.5", "人"),
        ("water_safe", False, "no", ""),
        ("earner_lost", True, "yes", ""),
        ("support", ["特困", "低保", "?"], "?、低保、特困", ""),
        ("support", [], "", ""),
        ("net_income", None, None, "元"),
    ],
)
def test_stored_values_as_text(name, stored, text, unit):
    spec = POLICY.vocabulary[name]
    assert value_text(spec, {name: stored}) == text
    assert unit_text(spec) == unit


def test_derived_condition_as_text():
    broken = POLICY.named("guarantee_broken")
    assert value_text(broken, GREEN) == "no"
    assert value_text(broken, GREEN | {"water_safe": False}) == "yes"
    assert value_text(broken, GREEN | {"water_safe": None}) is None
    assert unit_text(broken) == ""
