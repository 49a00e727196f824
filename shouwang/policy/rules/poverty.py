"""Ⅰ 返贫致贫: income below the poverty line."""

from shouwang.rules.definitions import rule
from shouwang.rules.household import Figures, Household


@rule(
    code="fallen-poor",
    level=1,
    since="2020-06-01",
    zh="返贫致贫",
    en="fallen into poverty",
    source="昆明方案预警对象之首：新增贫困对象 (2020 年 6 月报道);定为Ⅰ级是解读",
    status="reading",
)
def fallen_poor(h: Household, p: Figures) -> object:
    """人均纯收入低于贫困线 (疑似，由县级认定)。

    Source: 昆明方案预警对象之首为新增贫困对象;2020 年上半年Ⅰ级无户，与“无返贫、无新增贫困”相符。
    """
    return h.income_per_person < p.poverty_line
