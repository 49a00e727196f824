"""The burden of a household and the limit it is measured by."""

from shouwang.rules.definitions import derived
from shouwang.rules.household import Figures, Household
from shouwang.rules.language import by


@derived(zh="净负担", en="net burden", unit="元")
def burden(h: Household, p: Figures) -> object:
    """Rigid spending less claims plus what must be spent in the next six months; below zero where claims exceed it.

    Source: 昆明方案紫色预警“较大数额刚性支出”，“可能”一词含前瞻；算式是我们的解读。
    """
    return h.rigid_spending_total - h.insurance_claims + h.expected_spending


@derived(zh="负担限额", en="burden limit", unit="元")
def burden_limit(h: Household, p: Figures) -> object:
    """The burden from which a household is in sudden hardship, by register; unknown with the register.

    Source: 某县部门数据推送口径：脱贫人口与其他人口两个数。
    """
    return by(
        h.register,
        exited=p.burden_limit_registered,
        registered=p.burden_limit_registered,
        general=p.burden_limit_general,
    )
