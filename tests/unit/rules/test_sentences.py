"""The sentences, word for word."""

from fractions import Fraction

import pytest

from rules.random_trees import parameter
from rules.small_policy import GREEN, VOCABULARY, small_policy
from shouwang.rules.language import Category, Claim, Quantity, by, first_known, unknown_when
from shouwang.rules.policy import Rule, Variant
from shouwang.rules.sentences import is_unknown, rule_sentence, unverified_sentence
from shouwang.rules.tree import Contains, Derived, Figure, NumberFact, Setting, YesNoFact
from shouwang.terms.level import Level

POLICY = small_policy()
HARD = GREEN | {"rigid_spending": 934_000, "net_income": 3_169_200}


def number(name):
    return Quantity(NumberFact(VOCABULARY[name]))


def figure(unit, text):
    return Quantity(Figure(parameter(unit, Fraction(text))))


income, spending, members = number("net_income"), number("rigid_spending"), number("members")
water = Claim(YesNoFact(VOCABULARY["water_safe"]))
tekun = Claim(Contains(VOCABULARY["support"], "特困"))
register, grade = Category(VOCABULARY["register"]), Category(VOCABULARY["housing_grade"])


def said(claim, lang="zh", **changed):
    rule = Rule("r", Level.III, "某规则", "some rule", None, None, "made up", "reading", "", claim.node)
    return rule_sentence(POLICY, rule, GREEN | changed, lang)


def of_policy(code, facts, lang="zh"):
    return rule_sentence(POLICY, POLICY.rule(code), facts, lang)


def test_only_what_decided_is_said():
    assert of_policy("sudden", HARD) == "近12个月刚性支出负担 9,340.00 元，达到或超过支出限额 5,000.00 元"
    more = HARD | {"net_income": 2_000_000}
    assert of_policy("sudden", more) == (
        "近12个月刚性支出负担 9,340.00 元，达到或超过支出限额 5,000.00 元；"
        "近12个月刚性支出负担 9,340.00 元，达到或超过家庭纯收入（12个月内） 20,000.00 元的 30%（6,000.00 元）"
    )
    assert of_policy("sudden", more, "en") == (
        "burden of the last 12 months 9,340.00 yuan, at or above limit of spending 5,000.00 yuan; "
        "burden of the last 12 months 9,340.00 yuan, at or above 30% of fresh net income 20,000.00 yuan (6,000.00 yuan)"
    )
    assert of_policy("sudden", GREEN | {"earner_lost": True}) == "主要收入者去世或服刑"


def test_variant_says_why():
    poor = GREEN | {"net_income": 2_000_000}
    below = "劳动力 2 人；参考收入（人均） 4,975.00 元/人，低于监测线 6,000.00 元/人"
    assert of_policy("below-line", poor) == below
    documented = "；内生动力不足（拒绝就业或培训次数 3 次，达到或超过拒绝次数 2 次）"
    assert of_policy("below-line", poor | {"refusals": 3}) == below + documented


def test_only_the_first_true_variant_is_said():
    first = Variant("first", "甲", "first", (~water).node)
    second = Variant("second", "乙", "second", (members > 0).node)
    rule = Rule("r", Level.III, "某规则", "", None, None, "", "reading", "", tekun.node, (first, second))
    facts = GREEN | {"support": ["特困"]}
    assert rule_sentence(POLICY, rule, facts) == "社会救助含特困；乙（家庭人口 4 人）"
    assert rule_sentence(POLICY, rule, facts | {"water_safe": None}) == "社会救助含特困；乙（家庭人口 4 人）"
    assert rule_sentence(POLICY, rule, facts | {"water_safe": False}) == "社会救助含特困；甲（饮水安全：否）"


def test_named_conditions_show_what_they_hold():
    facts = GREEN | {"out_of_school": 1, "housing_grade": "D", "guarantee_days": 31, "guarantee_unsolved": True}
    assert of_policy("guarantee-gap", facts) == (
        "保障有缺口（义务教育辍学 1 人；住房等级 D级）；保障缺口天数 31 天，高于宽限期 30 天；家庭不能自行解决"
    )
    assert said((members == 0).called("空户", "empty"), members=0) == "空户"
    assert said(~(members == 0).called("空户", "empty"), "en") == "empty: no"
    assert said((~water).called("饮水不安全", "unsafe water"), water_safe=False) == "饮水不安全"
    assert said(tekun.called("特困户", "destitute"), "en", support=["特困"]) == "destitute"
    assert said((sum([0]) < members).called("有人", "somebody")) == "有人（家庭人口 4 人）"


@pytest.mark.parametrize(
    ("claim", "changed", "zh", "en"),
    [
        (members > 0, {}, "家庭人口 4 人", "members 4 people"),
        (members == 0, {"members": 0}, "家庭人口 0 人", "members 0 people"),
        (
            sum([0]) >= income,
            {"net_income": -1},
            "家庭纯收入 -0.01 元，不高于零",
            "net income -0.01 yuan, not above zero",
        ),
        (income < 0, {"net_income": -1}, "家庭纯收入 -0.01 元，为负", "net income -0.01 yuan, below zero"),
        (~(income < 0), {}, "家庭纯收入 30,000.00 元，不为负", "net income 30,000.00 yuan, not below zero"),
        (~(members == 0), {}, "家庭人口 4 人，不为零", "members 4 people, not zero"),
        (
            income == spending,
            {"net_income": 5, "rigid_spending": 5},
            "家庭纯收入 0.05 元，等于近12个月刚性支出 0.05 元",
            "net income 0.05 yuan, equal to rigid spending 0.05 yuan",
        ),
        (
            income > figure("元", "-0.5"),
            {},
            "家庭纯收入 30,000.00 元，高于参数-1_2 -0.50 元",
            "net income 30,000.00 yuan, above figure -1_2 -0.50 yuan",
        ),
        (
            income - spending <= figure("倍", "1.5") * income,
            {},
            "家庭纯收入 − 近12个月刚性支出 29,900.00 元，不高于家庭纯收入 30,000.00 元的 1.5 倍（45,000.00 元）",
            "net income − rigid spending 29,900.00 yuan, "
            "not above 1.5 times net income 30,000.00 yuan (45,000.00 yuan)",
        ),
        (
            income >= spending * figure("份额", "0.5"),
            {},
            "家庭纯收入 30,000.00 元，达到或超过近12个月刚性支出 100.00 元的 50%（50.00 元）",
            "net income 30,000.00 yuan, at or above 50% of rigid spending 100.00 yuan (50.00 yuan)",
        ),
        (
            income > figure("元", "200") * (spending / income),
            {},
            "家庭纯收入 30,000.00 元，高于参数200 200.00 元 × 近12个月刚性支出 ÷ 家庭纯收入 0.33%（0.66 元）",
            "net income 30,000.00 yuan, above figure 200 200.00 yuan × rigid spending ÷ net income 0.33% (0.66 yuan)",
        ),
        (
            income > by(register, exited=spending, otherwise=0),
            {},
            "家庭纯收入 30,000.00 元，高于近12个月刚性支出 100.00 元",
            "net income 30,000.00 yuan, above rigid spending 100.00 yuan",
        ),
        (
            income > by(register, exited=spending, otherwise=0),
            {"register": "general"},
            "家庭纯收入 30,000.00 元，高于0",
            "net income 30,000.00 yuan, above 0",
        ),
        (
            unknown_when(~water, income) > first_known(spending, 0),
            {},
            "家庭纯收入 30,000.00 元，高于近12个月刚性支出，未知时用 0 100.00 元",
            "net income 30,000.00 yuan, above rigid spending, or if unknown 0 100.00 yuan",
        ),
        (grade.is_in("A", "B"), {}, "住房等级 A级", "housing grade grade A"),
        (~grade.is_in("C", "D"), {}, "住房等级 A级", "housing grade grade A"),
        (tekun, {"support": ["特困"]}, "社会救助含特困", "support includes tekun"),
        (~tekun, {}, "社会救助不含特困", "support does not include tekun"),
        (~water, {"water_safe": False}, "饮水安全：否", "safe water: no"),
        (
            ~(water & tekun),
            {"water_safe": False},
            "饮水安全：否；社会救助不含特困",
            "safe water: no; support does not include tekun",
        ),
        (~(tekun | ~water), {}, "社会救助不含特困；饮水安全", "support does not include tekun; safe water"),
        (by(register, exited=water, otherwise=tekun), {}, "饮水安全", "safe water"),
        (unknown_when(tekun, water), {}, "饮水安全", "safe water"),
        (first_known(water, tekun), {}, "饮水安全", "safe water"),
        (
            first_known(water, tekun),
            {"water_safe": None, "support": ["特困"]},
            "社会救助含特困",
            "support includes tekun",
        ),
        (Claim(Setting(parameter("是否", True))), {}, "某规则", "some rule"),
        (water & water, {}, "饮水安全", "safe water"),
    ],
)
def test_each_kind_of_leaf(claim, changed, zh, en):
    assert said(claim, **changed) == zh
    assert said(claim, "en", **changed) == en


def test_what_a_neighbour_names_goes_without_saying():
    assert said((income > 0) & (income > spending)) == "家庭纯收入 30,000.00 元，高于近12个月刚性支出 100.00 元"
    assert said((income > 0) & water) == "家庭纯收入 30,000.00 元；饮水安全"
    assert said((income > 0) & (members > 0)) == "家庭纯收入 30,000.00 元；家庭人口 4 人"


def test_unverified_names_signs_and_what_is_missing():
    found = unverified_sentence(POLICY, GREEN | {"net_income": None, "housing_grade": None, "disability_grade_new": 1})
    assert found == "待核实：迹象：新评重度残疾；未知：家庭纯收入、住房等级"
    english = unverified_sentence(POLICY, GREEN | {"net_income": None}, "en")
    assert english == "To verify: unknown: net income"
    assert unverified_sentence(POLICY, GREEN | {"out_of_school": 1}) == "待核实：迹象：保障有缺口"
    assert unverified_sentence(POLICY, GREEN) == "待核实：已知情况未达到Ⅴ级条件"


def test_stale_income_is_named_by_what_is_made_of_it():
    stale = GREEN | {"income_age_months": 14}
    assert unverified_sentence(POLICY, stale) == "待核实：未知：家庭纯收入（12个月内）"


def test_set_with_perhaps_more_is_unknown():
    assert is_unknown(VOCABULARY["support"], {"support": ["?", "低保"]})
    assert not is_unknown(VOCABULARY["support"], {"support": ["低保"]})
    assert not is_unknown(Derived("d", "d", "d", "元", income.node), {"net_income": 1})
