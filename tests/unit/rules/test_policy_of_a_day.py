"""The policy as frozen values, its version, and its manual page."""

import dataclasses
import json
from datetime import date
from fractions import Fraction

import pytest

from rules.small_policy import FIGURES, OUTLINE, RULES, VOCABULARY, small_policy
from shouwang.rules.manual import manual
from shouwang.rules.parameters import read_parameters
from shouwang.rules.policy import Policy
from shouwang.rules.wording import CHINESE, ENGLISH, parameter_shown, write

POLICY = small_policy()


def changed(name, **values):
    parameters = dict(POLICY.parameters)
    parameters[name] = dataclasses.replace(parameters[name], **values)
    return dataclasses.replace(POLICY, parameters=parameters)


def test_rules_are_in_order_of_level_and_code():
    assert [rule.code for rule in POLICY.rules] == ["fallen-poor", "guarantee-gap", "no-labour", "sudden", "below-line"]


def test_frozen_is_plain_and_complete():
    frozen = POLICY.frozen()
    assert json.loads(json.dumps(frozen)) == frozen
    assert frozen["version"] == POLICY.version
    assert len(frozen["version"]) == 12
    assert [p["name"] for p in frozen["parameters"]] == sorted(POLICY.parameters)
    line = next(p for p in frozen["parameters"] if p["name"] == "line_multiple")
    assert (line["value"], line["since"], line["source"]) == ("3/2", "2020-01-01", "made up")
    assert frozen["rules"][0]["when"] == "(fresh_income ÷ members) < p.poverty_line"
    assert frozen["rules"][0]["until"] is None
    assert [v["when"] for v in frozen["rules"][4]["variants"]] == ["refusals ≥ p.refusals_documented", None]
    assert frozen["measures"]["3"] == ["帮", "帮"]


def test_version_changes_with_anything_that_decides():
    assert small_policy().version == POLICY.version
    versions = {
        POLICY.version,
        changed("poverty_line", value=Fraction(4001)).version,
        changed("poverty_line", source="another").version,
        dataclasses.replace(POLICY, watched=POLICY.green).version,
        dataclasses.replace(POLICY, rules=POLICY.rules[:-1]).version,
    }
    assert len(versions) == 5


def test_things_are_found_by_name():
    assert POLICY.named("burden").name == "burden"
    assert POLICY.named("members") is VOCABULARY["members"]
    assert POLICY.rule("sudden").level == 3
    with pytest.raises(KeyError, match="nothing"):
        POLICY.named("nothing")
    with pytest.raises(KeyError, match="nothing"):
        POLICY.rule("nothing")


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("poverty_line", "4,000.00 元/人", "4,000.00 yuan/person"),
        ("share_of_income", "30%", "30%"),
        ("line_multiple", "1.5 倍", "1.5 times"),
        ("oldest_income", "12 个月", "12 months"),
        ("count_transfers", "否", "no"),
        ("helper", "带", "带"),
    ],
)
def test_figures_as_people_read_them(name, zh, en):
    parameter = POLICY.parameters[name]
    assert (parameter_shown(parameter, "zh"), parameter_shown(parameter, "en")) == (zh, en)


def test_exact_decimals_of_any_length():
    share = dataclasses.replace(POLICY.parameters["share_of_income"], value=Fraction("-0.12345"))
    assert parameter_shown(share, "zh") == "-12.345%"


def test_conditions_in_words():
    rule = POLICY.rule("no-labour")
    assert write(rule.when, CHINESE).startswith(
        "（家中无劳动力（劳动力 = 0） 或 社会救助含（特困）） 且 （参考收入（人均） < 监测线"
    )
    assert write(rule.when, ENGLISH).startswith("(nobody able to work (labour = 0) or support contains (tekun)) and")


def test_manual_says_everything():
    page = manual(POLICY)
    assert page == manual(small_policy())
    for rule in RULES:
        assert f"`{rule.code}`" in page
    for name in (
        *POLICY.parameters,
        *VOCABULARY.names,
        *(d.name for d in POLICY.derived),
        *(s.code for s in POLICY.signs),
    ):
        assert f"`{name}`" in page
    assert "Income below the poverty line.\n\nSource: made up.\n" in page
    assert "- 句式: 近12个月刚性支出负担 … 元，达到或超过支出限额 … 元；" in page
    assert "住房等级 A级/B级/C级/D级" in page
    assert page.endswith("|\n")


def test_manual_of_a_rule_that_ended():
    ended = dataclasses.replace(POLICY.rules[1], until=date(2021, 1, 1), when=POLICY.guarantees_met)
    page = manual(dataclasses.replace(POLICY, rules=(ended,)))
    assert "自 since 2020-06-01，至 until 2021-01-01" in page
    frozen = dataclasses.replace(POLICY, rules=(ended,)).frozen()
    assert frozen["rules"][0]["until"] == "2021-01-01"
    assert frozen["rules"][0]["variants"] == []


def test_policy_without_signs_or_names():
    bare = Policy(
        **{field.name: getattr(POLICY, field.name) for field in dataclasses.fields(Policy)}
        | {"level_names": {}, "measures": {}, "signs": ()}
    )
    assert "| Ⅰ |  |  |  |" in manual(bare)


def test_outline_is_what_the_policy_says():
    assert (POLICY.code, POLICY.zh, POLICY.en) == (OUTLINE.code, OUTLINE.zh, OUTLINE.en)
    assert set(POLICY.parameters) == set(read_parameters([FIGURES], POLICY.in_force))
