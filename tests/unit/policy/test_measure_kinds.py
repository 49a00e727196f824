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


def test_no_labour_is_answered_by_what_needs_none() -> None:
    """Dividends and 代种代养 earn without work; every other developing measure needs somebody who can."""
    assert [kind.code for kind in answering("no-labour")] == ["health", "social-security", "social-help", "industry"]


@pytest.mark.parametrize("kind", MEASURES, ids=lambda kind: kind.code)
def test_kind_answers_rules_of_the_levels_its_families_go_to(kind) -> None:
    """A household of level Ⅳ is guided (引) and raised (提) out of it; every other level has the one family."""
    policy = load("kunming-2020")
    for code in kind.answers:
        family = policy.measures[policy.rule(code).level][0]
        assert set(kind.families) & ({"引", "提"} if family == "引" else {family}), code


@pytest.mark.parametrize(
    ("family", "measures"),
    [
        ("带", ("龙头企业", "合作社", "资产分红", "代种代养", "低保", "特困", "养老")),
        ("帮", ("临时救助", "防贫救助资金", "医疗救助", "助学", "灾后修缮", "防贫保险", "护林", "接力走访")),
        ("引", ("三讲三评", "爱心超市积分", "培训", "岗位对接", "以工代赈", "生产奖补", "劳务补助")),
        ("提", ("技能", "电商", "小额信贷", "致富带头人", "消费帮扶")),
    ],
)
def test_measures_the_plan_names_are_examples_of_its_family(family, measures) -> None:
    """Source: 昆明方案，扶带帮引提各自的做法。"""
    told = "、".join(kind.examples for kind in MEASURES if family in kind.families)
    assert [word for word in measures if word not in told] == []


def test_answering_an_unknown_rule_is_nothing() -> None:
    assert answering("no-such-rule") == ()


def test_measure_kind_by_code() -> None:
    assert measure_kind("water").zh == "饮水安全保障"
    with pytest.raises(KeyError):
        measure_kind("no-such-measure")
