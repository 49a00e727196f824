"""The monitoring line of 2020; monitoring_line_2021.py takes its place."""

from shouwang.rules.definitions import derived
from shouwang.rules.household import Figures, Household


@derived(zh="监测线", en="monitoring line", unit="元/人", since="2020-06-01", until="2021-01-01")
def monitoring_line(h: Household, p: Figures) -> object:
    """The line of 2020: a multiple of the poverty line.

    Source: 昆明方案 (2020 年 6 月报道)、国开发〔2020〕6号：家庭年人均可支配收入低于国家扶贫标准 1.5 倍左右。
    """
    return p.line_factor * p.poverty_line
