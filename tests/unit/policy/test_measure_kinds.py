"""The national columns of help and the rules they answer."""

import pytest

from shouwang.policy import load, names
from shouwang.policy.measure_kinds import MEASURES, answering, measure_kind


def test_the_national_form_has_fourteen_columns_in_this_order() -> None:
    assert [kind.zh for kind in MEASURES] == [
        "产业帮扶",
        "就业帮扶",
        "金融帮扶",
        "公益岗位帮扶",
        "住房安全保障",
        "饮水安全保障",
        "健康帮扶",
        "义务教育保障",
        "其他教育帮扶",
        "综合保障",
        "社会帮扶",
        "搬迁",
        "生产生活条件改善",
        "基础设施建设",
    ]
    assert len({kind.code for kind in MEASURES}) == 14


def test_four_columns_develop() -> None:
    assert [kind.code for kind in MEASURES if kind.develops] == ["industry", "jobs", "finance", "public-post"]


def test_every_rule_of_every_policy_has_an_answer() -> None:
    rules = {rule.code for name in names() for rule in load(name).rules}
    assert {rule for rule in rules if not answering(rule)} == set()
    assert {rule for kind in MEASURES for rule in kind.answers} == rules


def test_families_are_those_of_the_plan() -> None:
    assert {family for kind in MEASURES for family in kind.families} == set("扶带帮引提")


def test_no_labour_is_never_answered_by_a_developing_measure() -> None:
    assert [kind.code for kind in answering("no-labour")] == ["health", "social-security", "social-help"]


def test_answering_an_unknown_rule_is_nothing() -> None:
    assert answering("no-such-rule") == ()


def test_measure_kind_by_code() -> None:
    assert measure_kind("water").zh == "饮水安全保障"
    with pytest.raises(KeyError):
        measure_kind("no-such-measure")
