"""Signs of risk: no level of themselves, but reason enough to go and see."""

from shouwang.rules.definitions import sign
from shouwang.rules.household import Figures, Household


@sign(code="burden-half-limit", zh="净负担接近限额", en="burden near the limit", since="2020-06-01")
def burden_half_limit(h: Household, p: Figures) -> object:
    """The burden has reached the share of the limit that is a sign. Source: our reading."""
    return h.burden >= p.burden_sign_share * h.burden_limit


@sign(code="new-severe-disability", zh="新办重度残疾证", en="newly certified severe disability", since="2020-06-01")
def new_severe_disability(h: Household, p: Figures) -> object:
    """A severe grade was certified in the last 12 months (grade 1 is the severest). Source: 残联推送口径，解读。"""
    return (h.disability_grade_new > 0) & (h.disability_grade_new <= p.severe_disability_grade)


@sign(code="guarantee-broken", zh="有保障未落实", en="a guarantee is broken", since="2020-06-01")
def guarantee_is_broken(h: Household, p: Figures) -> object:
    """Any of the five guarantees is broken, however short a time. Source: “三保障”问题动态清零。"""
    return h.guarantee_broken


@sign(code="loan-overdue", zh="贷款逾期", en="a loan is overdue", since="2020-06-01")
def loan_overdue(h: Household, p: Figures) -> object:
    """A member's loan is overdue by a day or more. Source: our reading."""
    return h.overdue_days > 0


@sign(code="income-contradiction", zh="收入来源互相矛盾", en="sources contradict each other", since="2020-06-01")
def income_contradiction(h: Household, p: Figures) -> object:
    """Two sources give incomes further apart than the tolerance. Source: our reading."""
    return h.income_contradiction


@sign(code="no-member", zh="户内无人", en="no member", since="2020-06-01")
def no_member(h: Household, p: Figures) -> object:
    """The household has nobody left: to be settled, not divided by. Source: 建档立卡数据质量规则“空挂户”。"""
    return h.members == 0


@sign(code="no-head", zh="无户主", en="no head of household", since="2020-06-01")
def no_head(h: Household, p: Figures) -> object:
    """Nobody is recorded as head. Source: 建档立卡数据质量规则。"""
    return ~h.has_head
