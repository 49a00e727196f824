"""From dated definitions to the policy of a day: those in force are built, checked and put in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwang.rules.definitions import ConditionDefinition, RuleDefinition, condition_of
from shouwang.rules.household import DerivedDefinition, Figures, Household
from shouwang.rules.parameters import Parameter
from shouwang.rules.place import mistake
from shouwang.rules.policy import NationalType, Policy, Rule, Sign, Variant
from shouwang.rules.tree import Derived
from shouwang.rules.vocabulary import Vocabulary

Condition = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Outline:
    """What a policy is made of besides its dated definitions; the conditions are functions `(h, p)`."""

    code: str
    zh: str
    en: str
    enough_income: Condition
    guarantees_met: Condition
    watched: Condition
    level_names: Mapping[int, tuple[str, str]]
    measures: Mapping[int, tuple[str, str]]


def assemble(
    outline: Outline,
    *,
    in_force: date,
    vocabulary: Vocabulary,
    parameters: Mapping[str, Parameter],
    derived: Iterable[DerivedDefinition],
    rules: Iterable[RuleDefinition],
    signs: Iterable[ConditionDefinition] = (),
    national_types: Iterable[ConditionDefinition] = (),
) -> Policy:
    """The policy of a day. Errors: `ProgrammingError` with file and line for anything that does not fit."""
    formulas = {definition.name: definition for definition in _in_force("派生事实", "name", derived, in_force)}
    taken = sorted(set(formulas) & set(vocabulary.names))
    if taken:
        raise mistake(f"派生事实与事实重名: {'、'.join(taken)}", "换一个名字", at=formulas[taken[0]].place)
    p = Figures(parameters)
    h = Household(vocabulary, formulas, p)
    built_rules = [_rule(definition, h, p) for definition in _in_force("规则", "code", rules, in_force)]
    return Policy(
        code=outline.code,
        zh=outline.zh,
        en=outline.en,
        in_force=in_force,
        vocabulary=vocabulary,
        parameters=parameters,
        derived=tuple(_derived(name, h) for name in formulas),
        rules=tuple(sorted(built_rules, key=lambda rule: (rule.level, rule.code))),
        signs=tuple(Sign(s.code, s.zh, s.en, s(h, p).node) for s in _in_force("迹象", "code", signs, in_force)),
        enough_income=condition_of(outline.enough_income, h, p).node,
        guarantees_met=condition_of(outline.guarantees_met, h, p).node,
        watched=condition_of(outline.watched, h, p).node,
        national_types=tuple(
            NationalType(t.code, t.en, t(h, p).node) for t in _in_force("国家类型", "code", national_types, in_force)
        ),
        level_names=outline.level_names,
        measures=outline.measures,
    )


def _derived(name: str, h: Household) -> Derived:
    node = getattr(h, name).node
    assert isinstance(node, Derived)
    return node


def _in_force(what: str, key: str, definitions: Iterable[Any], day: date) -> list[Any]:
    """Those that hold on the day. Errors: two of one name hold at once."""
    found: dict[str, Any] = {}
    for definition in definitions:
        if not definition.dates.hold_on(day):
            continue
        name = getattr(definition, key)
        if name in found:
            raise mistake(
                f"{what} {name} 在 {day} 有两个同时有效 (also {found[name].place})",
                "给旧的写上 until=",
                at=definition.place,
            )
        found[name] = definition
    return list(found.values())


def _rule(definition: RuleDefinition, h: Household, p: Figures) -> Rule:
    fires = definition.fires(h, p)
    return Rule(
        code=definition.code,
        level=definition.level,
        zh=definition.zh,
        en=definition.en,
        since=definition.dates.since,
        until=definition.dates.until,
        source=definition.source,
        status=definition.status,
        text=definition.text,
        when=fires.when.node,
        variants=tuple(Variant(v.code, v.zh, v.en, None if v.when is None else v.when.node) for v in fires.variants),
    )
