"""Income as the rules read it."""

from shouwang.rules.definitions import derived
from shouwang.rules.household import Figures, Household
from shouwang.rules.language import first_known, unknown_when


@derived(zh="有效纯收入", en="valid net income", unit="元")
def current_income(h: Household, p: Figures) -> object:
    """Net income, unknown where the figure is too old; kept where its age is unknown.

    Source: 识别以此前 12 个整月的收入为准 (定南县、安徽省公开口径);过期不作依据是我们的解读。
    """
    return unknown_when(h.income_age_months > p.income_max_age, h.net_income)


@derived(zh="人均纯收入", en="net income per person", unit="元/人")
def income_per_person(h: Household, p: Figures) -> object:
    """Net income per member; unknown for a household without members.

    Source: 扶贫开发信息系统指标：家庭纯收入 ÷ 家庭人口数。
    """
    return h.current_income / h.members


@derived(zh="刚性支出合计", en="rigid spending in all", unit="元")
def rigid_spending_total(h: Household, p: Figures) -> object:
    """Rigid spending as given, else the sum of its four parts; unknown where a part is.

    Source: 合规自付支出 (2023 年监测对象表);分为医疗、就学、灾害、事故是我们的解读。
    """
    parts = h.medical_spending + h.school_spending + h.disaster_loss + h.accident_spending
    return first_known(h.rigid_spending, parts)


@derived(zh="人均参考收入", en="reference income per person", unit="元/人")
def reference_income(h: Household, p: Figures) -> object:
    """Net income plus claims less rigid spending, per member.

    Source: 2023 年监测对象表“参考范围”= 纯收入 + 理赔收入 − 合规自付支出。
    """
    return (h.current_income + h.insurance_claims - h.rigid_spending_total) / h.members
