"""A small policy of made-up figures, in the shape of a real one, for the tests of the rule language."""

from datetime import date
from functools import cache
from pathlib import Path

from shouwang.rules.assembly import Outline, assemble
from shouwang.rules.definitions import derived, fires, national_type, rule, sign, variant
from shouwang.rules.language import by, first_known, unknown_when
from shouwang.rules.parameters import read_parameters
from shouwang.rules.policy import Policy
from shouwang.rules.vocabulary import FactSpec, Kind, Vocabulary

FIGURES = Path(__file__).with_name("small_figures.yaml")
NUMBER, YES_NO, CATEGORY, SET = Kind.NUMBER, Kind.YES_NO, Kind.CATEGORY, Kind.SET


def money(name, zh, en, minimum=0):
    return FactSpec(name, NUMBER, zh, en, unit="元", scale=100, minimum=minimum)


REGISTERS = {
    "exited": ("脱贫户", "exited"),
    "registered": ("建档立卡户", "registered"),
    "general": ("一般农户", "general"),
}
GRADES = {grade: (f"{grade}级", f"grade {grade}") for grade in "ABCD"}
SUPPORTS = {"低保": ("低保", "dibao"), "特困": ("特困", "tekun"), "孤儿": ("孤儿", "orphan")}

VOCABULARY = Vocabulary(
    (
        FactSpec("register", CATEGORY, "户类", "register", options=REGISTERS),
        FactSpec("members", NUMBER, "家庭人口", "members", unit="人", minimum=1),
        FactSpec("labour_units", NUMBER, "劳动力", "labour", unit="人", scale=2),
        money("net_income", "家庭纯收入", "net income", None),
        money("net_income_before", "上年同期家庭纯收入", "net income a year earlier", None),
        FactSpec("income_age_months", NUMBER, "收入数据月龄", "age of the income figure", unit="月"),
        money("transfer_income", "转移性收入", "transfer income"),
        money("insurance_claims", "近12个月理赔", "insurance claims"),
        money("rigid_spending", "近12个月刚性支出", "rigid spending"),
        money("expected_spending", "预计支出", "expected spending"),
        FactSpec("out_of_school", NUMBER, "义务教育辍学", "children out of school", unit="人"),
        FactSpec("housing_grade", CATEGORY, "住房等级", "housing grade", options=GRADES),
        FactSpec("water_safe", YES_NO, "饮水安全", "safe water"),
        FactSpec("guarantee_days", NUMBER, "保障缺口天数", "days of the gap", unit="天"),
        FactSpec("guarantee_unsolved", YES_NO, "家庭不能自行解决", "cannot be solved by the household"),
        FactSpec("disability_grade_new", NUMBER, "新评残等级", "new disability grade", unit="级"),
        FactSpec("labour_lost", NUMBER, "失能成员", "members unable to work", unit="人"),
        FactSpec("earner_lost", YES_NO, "主要收入者去世或服刑", "main earner dead or imprisoned"),
        FactSpec("support", SET, "社会救助", "support", options=SUPPORTS),
        FactSpec("refusals", NUMBER, "拒绝就业或培训次数", "refusals", unit="次"),
    )
)


@derived(zh="家庭纯收入（12个月内）", en="fresh net income", unit="元")
def fresh_income(h, p):
    return unknown_when(h.income_age_months > p.oldest_income, h.net_income)


@derived(zh="参考收入（人均）", en="reference income", unit="元/人")
def reference_income(h, p):
    return (h.fresh_income + h.insurance_claims - h.rigid_spending) / h.members


@derived(zh="监测线", en="monitoring line", unit="元/人")
def monitoring_line(h, p):
    return p.line_multiple * p.poverty_line


@derived(zh="近12个月刚性支出负担", en="burden of the last 12 months", unit="元")
def burden(h, p):
    return h.rigid_spending - h.insurance_claims + first_known(h.expected_spending, 0)


@derived(zh="转移性收入占比", en="share of transfers", unit="份额")
def transfer_share(h, p):
    return h.transfer_income / h.net_income


@derived(zh="保障有缺口", en="a guarantee is broken", unit="是否")
def guarantee_broken(h, p):
    return (h.out_of_school > 0) | ~h.water_safe | h.housing_grade.is_in("C", "D")


@derived(zh="支出限额", en="limit of spending", unit="元")
def limit(h, p):
    return by(h.register, general=p.limit_general, otherwise=p.limit_registered)


@rule(
    code="fallen-poor", level=1, since="2020-06-01", zh="返贫致贫", en="fallen poor", source="made up", status="reading"
)
def fallen_poor(h, p):
    """Income below the poverty line.

    Source: made up.
    """
    return h.fresh_income / h.members < p.poverty_line


@rule(code="guarantee-gap", level=1, since="2020-06-01", zh="保障缺口", en="gap", source="made up", status="reading")
def guarantee_gap(h, p):
    return h.guarantee_broken & (h.guarantee_days > p.grace_days) & h.guarantee_unsolved


@rule(code="no-labour", level=2, since="2020-06-01", zh="兜底保障", en="no labour", source="made up", status="stated")
def no_labour(h, p):
    nobody = (h.labour_units == 0).called("家中无劳动力", "nobody able to work")
    transfers = p.count_transfers & (h.transfer_share >= p.sign_share)
    return (nobody | h.support.contains("特困")) & ((h.reference_income < h.monitoring_line) | transfers)


@rule(
    code="sudden", level=3, since="2020-06-01", zh="突发风险", en="sudden hardship", source="made up", status="stated"
)
def sudden(h, p):
    large = (h.burden >= h.limit) | (h.burden >= p.share_of_income * h.fresh_income)
    drop = (h.net_income_before > 0) & (h.fresh_income <= (p.sign_share * h.net_income_before))
    return ((h.burden > 0) & large) | drop | (h.labour_lost >= p.members_lost) | h.earner_lost


@rule(
    code="below-line", level=4, since="2020-06-01", zh="低于监测线", en="below line", source="made up", status="stated"
)
def below_line(h, p):
    return fires(
        when=(h.labour_units > 0) & (h.reference_income < h.monitoring_line),
        variants=(
            variant("no-drive", zh="内生动力不足", en="no drive", when=h.refusals >= p.refusals_documented),
            variant("low-capacity", zh="发展能力不足", en="low capacity"),
        ),
    )


@sign(code="heavy-burden", zh="支出接近限额", en="spending near the limit")
def heavy_burden(h, p):
    return h.burden >= p.sign_share * by(h.register, general=p.limit_general, otherwise=p.limit_registered)


@sign(code="new-disability", zh="新评重度残疾", en="newly disabled")
def new_disability(h, p):
    return (h.disability_grade_new > 0) & (h.disability_grade_new <= p.severe_grade)


@sign(code="guarantee-broken", zh="保障有缺口", en="a guarantee is broken")
def guarantee_sign(h, p):
    return h.guarantee_broken


@national_type(label="脱贫不稳定户", en="unstable exited household")
def unstable(h, p):
    return h.register.is_in("exited") & (h.reference_income < h.monitoring_line)


@national_type(label="突发严重困难户", en="household in sudden hardship", since="2021-01-01")
def hardship(h, p):
    return sudden(h, p) & (h.reference_income >= h.monitoring_line)


DERIVED = [fresh_income, reference_income, monitoring_line, burden, transfer_share, guarantee_broken, limit]
RULES = [sudden, below_line, no_labour, guarantee_gap, fallen_poor]
OUTLINE = Outline(
    code="small-2020",
    zh="测试用小策略",
    en="small policy for tests",
    enough_income=lambda h, p: h.reference_income >= h.monitoring_line,
    guarantees_met=lambda h, p: (h.out_of_school == 0) & h.water_safe & h.housing_grade.is_in("A", "B"),
    watched=lambda h, p: ~h.register.is_in("general"),
    level_names={n: (f"{n}级", f"level {n}") for n in range(1, 6)},
    measures={n: (m, m) for n, m in zip(range(1, 6), "扶带帮引提", strict=True)},
)


@cache
def small_policy(in_force: date = date(2020, 6, 30)) -> Policy:
    return assemble(
        OUTLINE,
        in_force=in_force,
        vocabulary=VOCABULARY,
        parameters=read_parameters([FIGURES], in_force),
        derived=DERIVED,
        rules=RULES,
        signs=[heavy_burden, new_disability, guarantee_sign],
        national_types=[unstable, hardship],
    )


GREEN = {
    "register": "exited",
    "members": 4,
    "labour_units": 4,
    "net_income": 3_000_000,
    "net_income_before": 2_900_000,
    "income_age_months": 1,
    "transfer_income": 100_000,
    "insurance_claims": 0,
    "rigid_spending": 10_000,
    "expected_spending": 0,
    "out_of_school": 0,
    "housing_grade": "A",
    "water_safe": True,
    "guarantee_days": 0,
    "guarantee_unsolved": False,
    "disability_grade_new": 0,
    "labour_lost": 0,
    "earner_lost": False,
    "support": [],
    "refusals": 0,
}
"""A household whose every fact is known and of which no rule is true."""
