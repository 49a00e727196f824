"""The monitoring line from 2021, after monitoring_line_2020.py."""

from shouwang.rules.definitions import derived
from shouwang.rules.household import Figures, Household


@derived(zh="监测线", en="monitoring line", unit="元/人", since="2021-01-01")
def monitoring_line(h: Household, p: Figures) -> object:
    """The line from 2021: the range the province publishes each year.

    Source: 中农组发〔2021〕7号；各年数值见 monitoring_range.yaml。
    """
    return p.monitoring_range
