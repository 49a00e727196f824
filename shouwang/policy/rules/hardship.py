"""Ⅲ 突发风险: a heavy burden, an income that fell, labour or the earner lost. Asks nothing about the line."""

from shouwang.rules.definitions import rule
from shouwang.rules.household import Figures, Household


@rule(
    code="sudden-hardship",
    level=3,
    since="2020-06-01",
    zh="突发风险",
    en="sudden hardship",
    source="昆明方案：紫色预警 (2020 年 6 月报道)",
    status="stated",
)
def sudden_hardship(h: Household, p: Figures) -> object:
    """因病、因残、因灾、因学、因疫情等有较大数额刚性支出，或收入骤减，或有人丧失劳动能力，或失去主要劳动力。

    Source: 昆明方案紫色预警；“收入大幅缩减”出自国开发〔2020〕6号。数额与比例是解读，见参数。
    """
    heavy = (h.burden > 0) & ((h.burden >= h.burden_limit) | (h.burden >= p.burden_share * h.current_income))
    fallen = (h.net_income_before > 0) & (h.current_income <= p.income_fall_to * h.net_income_before)
    return (
        heavy.called("负担过重", "heavy burden")
        | fallen.called("收入骤减", "income fell sharply")
        | (h.labour_lost > 0)
        | h.earner_lost.called("失去主要劳动力", "the main earner is lost")
    )
