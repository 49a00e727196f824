"""Figures: what they are, where they are from, and that the examples hold each of them fast."""

from dataclasses import replace
from fractions import Fraction

import pytest

from shouwang.policy import load
from shouwang.policy.examples import EXAMPLES, run
from shouwang.policy.versions import VERSIONS, assembled
from shouwang.rules.evaluate import truth
from shouwang.rules.policy import Policy
from shouwang.rules.tree import parameters_of
from shouwang.rules.verdict import decide

FINE = {"元": Fraction(1, 100), "元/人": Fraction(1, 100), "份额": Fraction(1, 10**6), "倍": Fraction(1, 10**5)}
"""A step so small that only an example at the very edge notices it; whole units for all else."""

POLICY = load("kunming-2020")
USED = [
    parameter.name
    for parameter in parameters_of(*(rule.when for rule in POLICY.rules), *(sign.condition for sign in POLICY.signs))
]
VARIANT = ["refusals_documented", "idle_months_documented"]


def _with(name: str, value: Fraction | bool | str) -> Policy:
    parameters = {**POLICY.parameters, name: replace(POLICY.parameters[name], value=value)}
    return assembled(VERSIONS[0], parameters)


def _stated(policy: Policy) -> list[str]:
    return sorted(name for name, parameter in policy.parameters.items() if parameter.status == "stated")


def test_values_of_2020() -> None:
    assert {name: parameter.value for name, parameter in POLICY.parameters.items()} == {
        "burden_limit_general": 20000,
        "burden_limit_registered": 5000,
        "burden_share": Fraction("0.3"),
        "burden_sign_share": Fraction("0.5"),
        "family_of_level_ii": "带",
        "compulsory_age_from": 6,
        "compulsory_age_to": 15,
        "foresight_months": 6,
        "guarantee_grace_days": 30,
        "idle_months_documented": 6,
        "income_fall_to": Fraction("0.7"),
        "income_max_age": 12,
        "income_tolerance": Fraction("0.2"),
        "line_factor": Fraction("1.5"),
        "poverty_line": 4000,
        "refusals_documented": 2,
        "severe_disability_grade": 2,
        "transfer_counts": False,
        "transfer_share": Fraction("0.5"),
        "unable_days": 30,
        "water_radius_metres": 1000,
    }


def test_stated_figures_of_each_policy() -> None:
    always = ["compulsory_age_from", "water_radius_metres"]
    assert _stated(POLICY) == sorted([*always, "line_factor"])
    assert _stated(load("kunming-2021")) == always
    assert _stated(load("kunming-2024")) == sorted([*always, "monitoring_range"])


@pytest.mark.parametrize("name", [*USED, *VARIANT])
@pytest.mark.parametrize("direction", [1, -1], ids=["up", "down"])
def test_examples_notice_the_smallest_change(name: str, direction: int) -> None:
    parameter = POLICY.parameters[name]
    moved = _with(name, parameter.number + direction * FINE.get(parameter.unit, Fraction(1)))
    assert not all(result.passed for result in run(sorted(EXAMPLES.glob("*.yaml")), moved))


def test_every_figure_used_is_known_to_this_test() -> None:
    assert set(POLICY.parameters) - {*USED, *VARIANT} == {
        "compulsory_age_from",
        "compulsory_age_to",
        "family_of_level_ii",
        "foresight_months",
        "income_tolerance",
        "transfer_counts",
        "transfer_share",
        "unable_days",
        "water_radius_metres",
    }


@pytest.mark.parametrize(
    ("net_income", "transfer_income", "expected"),
    [
        (1_400_000, 699_999, False),
        (1_400_000, 700_000, True),
        (1_400_000, 700_001, True),
        (1_400_000, None, None),
        (1_100_000, None, True),
    ],
)
def test_transfer_switch_on(net_income: int, transfer_income: int | None, expected: bool | None) -> None:
    household = {
        "members": 2,
        "labour_units": 0,
        "net_income": net_income,
        "transfer_income": transfer_income,
        "insurance_claims": 0,
        "rigid_spending": 0,
    }
    assert truth(_with("transfer_counts", True).rule("no-labour").when, household) is expected


def test_drafts_leave_the_published_policy_alone() -> None:
    household = {"members": 1, "net_income": 300_000}
    assert decide(_with("poverty_line", Fraction(2000)), household).level is None
    assert decide(load("kunming-2020"), household).level == 1
