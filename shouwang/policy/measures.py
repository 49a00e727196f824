"""What a level is called, and which family of measures goes to it: 扶带帮引提, in the order the switch says."""

from collections.abc import Mapping

from shouwang.rules.parameters import Parameter
from shouwang.terms.errors import ProgrammingError
from shouwang.terms.level import Level

Names = tuple[str, str]
"""Chinese, English."""

LEVEL_NAMES: Mapping[int, Names] = {
    Level.I: ("返贫致贫户", "fallen into poverty"),
    Level.II: ("兜底保障户", "in need of a safety net"),
    Level.III: ("突发致返贫风险户", "at risk by sudden hardship"),
    Level.IV: ("内生动力或发展能力不足户", "lacking motivation or means to develop"),
    Level.V: ("稳定增收致富户", "steadily better off"),
}

_FAMILIES: Mapping[str, Names] = {
    "扶": ("扶", "lift: all policies of the register, at once"),
    "带": ("带", "bring along: firms, cooperatives, leading villagers"),
    "帮": ("帮", "relieve: urgent aid, insurance, repair"),
    "引": ("引", "guide: training, work, encouragement"),
    "提": ("提", "raise: skills, markets, credit"),
}
_SWITCHED = ("带", "帮")


def families(parameters: Mapping[str, Parameter]) -> Mapping[int, Names]:
    """The family of each level. Errors: `ProgrammingError` where level II has a family it may not have.

    Source: 昆明方案“扶、带、帮、引、提”；七月的报道把带与帮写反，故为开关 family_of_level_ii。
    """
    second = parameters["family_of_level_ii"]
    if second.value not in _SWITCHED:
        raise ProgrammingError(f"{second.file}:{second.line}: Ⅱ级的帮扶方式是 {second.value!r} → 写 带 或 帮")
    third = next(family for family in _SWITCHED if family != second.value)
    order = ("扶", str(second.value), third, "引", "提")
    return {level: _FAMILIES[family] for level, family in zip(Level, order, strict=True)}
