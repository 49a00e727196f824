"""The facts our rules may use: one row per household and as-of date. Unknown is a value of every one of them."""

from shouwang.rules.vocabulary import FactSpec, Kind, Vocabulary

YUAN = 100
"""元 are stored in fen."""
HALVES = 2
"""Labour is counted in halves: a weak or half labourer is 0.5."""

REGISTERS = {
    "exited": ("脱贫户", "exited from the register"),
    "registered": ("建档立卡未脱贫户", "on the register"),
    "general": ("一般农户", "other rural household"),
}
HOUSING_GRADES = {
    "A": ("A级", "sound"),
    "B": ("B级", "basically sound"),
    "C": ("C级", "partly dangerous"),
    "D": ("D级", "dangerous"),
}
SUPPORTS = {
    "低保": ("低保", "minimum living allowance"),
    "特困": ("特困", "support for the destitute"),
    "孤儿": ("孤儿", "orphan allowance"),
}
ASSETS = {
    "vehicles": ("车辆", "cars"),
    "companies": ("企业", "companies"),
    "real_estate": ("其他房产", "extra flats"),
    "public_payroll": ("财政供养", "public payroll"),
}


def _yuan(name: str, zh: str, en: str) -> FactSpec:
    return FactSpec(name, Kind.NUMBER, zh, en, unit="元", scale=YUAN)


def _income(name: str, zh: str, en: str, *, is_given: bool = False) -> FactSpec:
    """Income may be below zero: a farm that cost more than it brought."""
    return FactSpec(name, Kind.NUMBER, zh, en, unit="元", scale=YUAN, minimum=None, is_given=is_given)


def _count(name: str, zh: str, en: str, unit: str, *, is_given: bool = False) -> FactSpec:
    return FactSpec(name, Kind.NUMBER, zh, en, unit=unit, is_given=is_given)


def _claim(name: str, zh: str, en: str) -> FactSpec:
    return FactSpec(name, Kind.YES_NO, zh, en)


VOCABULARY = Vocabulary(
    (
        FactSpec("register", Kind.CATEGORY, "户类型", "register", options=REGISTERS),
        _count("members", "家庭人口", "members", "人", is_given=True),
        FactSpec("labour_units", Kind.NUMBER, "劳动力", "labour units", unit="人", scale=HALVES),
        _income("net_income", "家庭纯收入", "net income"),
        _income(
            "net_income_before", "上年同期家庭纯收入", "net income of the same window a year earlier", is_given=True
        ),
        _count("income_age_months", "收入数据距今", "age of the income figure", "月", is_given=True),
        _yuan("transfer_income", "转移性收入", "transfer income"),
        _yuan("insurance_claims", "理赔收入", "insurance claims"),
        _yuan("medical_spending", "医疗自付", "medical spending"),
        _yuan("school_spending", "就学自付", "school spending"),
        _yuan("disaster_loss", "灾害损失", "disaster loss"),
        _yuan("accident_spending", "事故自担", "accident spending"),
        _yuan("rigid_spending", "合规刚性支出", "rigid spending"),
        _yuan("expected_spending", "未来6个月预计必要支出", "necessary spending foreseen in the next 6 months"),
        _count("out_of_school", "义务教育阶段失学辍学", "children out of school", "人"),
        _count("uninsured_members", "未参加基本医保", "members without medical insurance", "人"),
        FactSpec("housing_grade", Kind.CATEGORY, "住房等级", "housing grade", options=HOUSING_GRADES),
        _claim("water_safe", "饮水安全", "water is safe"),
        _claim("fed_and_clothed", "不愁吃穿", "fed and clothed"),
        _count("guarantee_days", "保障缺口已持续", "oldest gap has stood for", "天"),
        _claim("guarantee_unsolved", "保障缺口自身无法解决", "the household cannot solve the gap by itself"),
        _count("disability_grade_new", "12个月内新办残疾等级", "disability grade newly certified", "级"),
        _count("labour_lost", "丧失劳动能力一个月以上", "members unable to work for a month or more", "人"),
        _claim("earner_lost", "主要劳动力死亡或服刑", "main earner dead or imprisoned"),
        FactSpec("support", Kind.SET, "享受保障", "support received", options=SUPPORTS),
        _count("refusals", "12个月内拒绝岗位或培训", "jobs or training refused in 12 months:", "次"),
        _count("idle_months", "有劳动能力者最长闲置", "longest idle of an able member", "月"),
        FactSpec("asset_flags", Kind.SET, "财产线索", "asset flags", options=ASSETS),
        _count("overdue_days", "贷款最长逾期", "longest overdue of a member's loan", "天"),
        _claim("income_contradiction", "收入来源互相矛盾", "sources contradict each other on income"),
        _claim("has_head", "有户主", "has a head of household"),
    )
)

HIGHEST = {"disability_grade_new": 4}
"""The highest stored value there is of a fact, where its scale ends."""
