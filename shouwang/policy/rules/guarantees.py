"""The five guarantees: school, medical insurance, housing, water, food and clothing."""

from shouwang.rules.definitions import derived, rule
from shouwang.rules.household import Figures, Household


@derived(zh="有保障未落实", en="a guarantee is broken", unit="是否")
def guarantee_broken(h: Household, p: Figures) -> object:
    """True where any of the five is broken, false where all five are known to be met, else unknown.

    Source: “两不愁三保障”及饮水安全。
    """
    return (
        (h.out_of_school > 0)
        | (h.uninsured_members > 0)
        | h.housing_grade.is_in("C", "D").called("住危房", "the house is dangerous")
        | (~h.water_safe).called("饮水不安全", "the water is unsafe")
        | (~h.fed_and_clothed).called("吃穿发愁", "short of food or clothes")
    )


@rule(
    code="guarantee-gap",
    level=1,
    since="2020-06-01",
    zh="保障缺口",
    en="a guarantee has been broken for too long",
    source="“三保障”及饮水问题动态清零 (昆明 2020 年 6 月报道)",
    status="reading",
)
def guarantee_gap(h: Household, p: Figures) -> object:
    """有保障未落实，超过宽限期，且入户核实家庭自身无法解决。

    Source: “三保障”问题动态清零；宽限期与“自身无法解决”是我们的解读。
    """
    return h.guarantee_broken & (h.guarantee_days > p.guarantee_grace_days) & h.guarantee_unsolved
