"""A policy as it stands on a day: rules, signs, figures, the words around them, and its version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from shouwang.rules.parameters import Parameter
from shouwang.rules.tree import AllOf, Derived, FirstKnown, Node, used, walk
from shouwang.rules.vocabulary import FactSpec, Vocabulary
from shouwang.rules.wording import CODE, write
from shouwang.terms.level import Level

FORM = 1
"""Form of the frozen policy; it rises when the frozen form changes."""


@dataclass(frozen=True)
class Variant:
    """Another label of a fired rule where its condition is true; the last one has none."""

    code: str
    zh: str
    en: str
    condition: Node | None


@dataclass(frozen=True)
class Rule:
    """A household of which `when` is true has this level, unless a lower number is true as well."""

    code: str
    level: Level
    zh: str
    en: str
    since: date | None
    until: date | None
    source: str
    status: str
    text: str
    when: Node
    variants: tuple[Variant, ...] = ()

    @cached_property
    def used(self) -> tuple[FactSpec | Derived, ...]:
        """Facts and derived facts of the rule and its variants, in order of first use: the values of a reason."""
        return used(self.when, *(variant.condition for variant in self.variants if variant.condition))


@dataclass(frozen=True)
class Sign:
    """A sign of risk: of itself no level, but reason enough to go and see."""

    code: str
    zh: str
    en: str
    condition: Node


@dataclass(frozen=True)
class NationalType:
    """The second dimension; `label` is its value in a verdict."""

    label: str
    en: str
    condition: Node


@dataclass(frozen=True)
class Wanted:
    """A fact whose absence can keep a household from a verdict: in these rules, or in the condition for green."""

    thing: FactSpec | Derived
    rules: tuple[Rule, ...]
    in_green: bool
    unless_known: tuple[FirstKnown, ...]
    """Choices the fact is one way of answering; once they are known another way, it is not missing."""


@dataclass(frozen=True)
class Policy:
    """Everything that decides a verdict. Made by `assembly.assemble`."""

    code: str
    zh: str
    en: str
    in_force: date
    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    derived: tuple[Derived, ...]
    rules: tuple[Rule, ...]
    """By level, then code."""
    signs: tuple[Sign, ...]
    enough_income: Node
    guarantees_met: Node
    watched: Node
    """A household with no level that is always to be verified."""
    national_types: tuple[NationalType, ...]
    level_names: Mapping[int, tuple[str, str]]
    measures: Mapping[int, tuple[str, str]]

    @property
    def green(self) -> Node:
        """Step 2 of the verdict, without "and no rule is unknown"."""
        return AllOf((self.enough_income, self.guarantees_met))

    @cached_property
    def wanted(self) -> tuple["Wanted", ...]:
        """Every fact that may be missing for a verdict."""
        green = used(self.green)
        uses = [(rule, used(rule.when)) for rule in self.rules]
        things = dict.fromkeys((*green, *(thing for _, one in uses for thing in one)))
        trees = (self.green, *(rule.when for rule in self.rules))
        choices = dict.fromkeys(node for tree in trees for node in walk(tree) if isinstance(node, FirstKnown))
        optional = {thing for choice in choices for thing in used(choice.first)}
        return tuple(
            Wanted(
                thing,
                rules=tuple(rule for rule, one in uses if thing in one),
                in_green=thing in green,
                unless_known=tuple(choice for choice in choices if thing in used(choice)),
            )
            for thing in things
            if thing not in optional
        )

    def named(self, name: str) -> FactSpec | Derived:
        """A fact or derived fact. Errors: `KeyError` for a name that is neither."""
        for derived in self.derived:
            if derived.name == name:
                return derived
        return self.vocabulary[name]

    def rule(self, code: str) -> Rule:
        """Errors: `KeyError` for a code that is no rule of this policy."""
        for rule in self.rules:
            if rule.code == code:
                return rule
        raise KeyError(code)

    @cached_property
    def version(self) -> str:
        """Short digest of everything that decides: same version, same verdicts."""
        text = json.dumps(self._content(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def frozen(self) -> dict[str, Any]:
        """All of it as plain values for RUN/policy.json."""
        return {"version": self.version, **self._content()}

    def _content(self) -> dict[str, Any]:
        return {
            "form": FORM,
            "code": self.code,
            "zh": self.zh,
            "en": self.en,
            "in_force": self.in_force.isoformat(),
            "facts": [_fact(spec) for spec in self.vocabulary],
            "parameters": [_parameter(self.parameters[name]) for name in sorted(self.parameters)],
            "derived": [_named(d, unit=d.unit, formula=write(d.expression, CODE)) for d in self.derived],
            "rules": [_rule(rule) for rule in self.rules],
            "signs": [{"code": s.code, "zh": s.zh, "en": s.en, "when": write(s.condition, CODE)} for s in self.signs],
            "enough_income": write(self.enough_income, CODE),
            "guarantees_met": write(self.guarantees_met, CODE),
            "watched": write(self.watched, CODE),
            "national_types": [
                {"label": t.label, "en": t.en, "when": write(t.condition, CODE)} for t in self.national_types
            ],
            "level_names": {str(level): list(names) for level, names in sorted(self.level_names.items())},
            "measures": {str(level): list(names) for level, names in sorted(self.measures.items())},
        }


def _named(thing: FactSpec | Derived | Parameter, **more: Any) -> dict[str, Any]:
    return {"name": thing.name, "zh": thing.zh, "en": thing.en, **more}


def _fact(spec: FactSpec) -> dict[str, Any]:
    options = {label: list(names) for label, names in spec.options.items()}
    return _named(spec, kind=str(spec.kind), unit=spec.unit, scale=spec.scale, minimum=spec.minimum, options=options)


def _parameter(parameter: Parameter) -> dict[str, Any]:
    value = parameter.value if isinstance(parameter.value, bool | str) else str(parameter.value)
    return _named(
        parameter,
        unit=parameter.unit,
        value=value,
        since=parameter.since.isoformat(),
        status=parameter.status,
        source=parameter.source,
    )


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "level": int(rule.level),
        "zh": rule.zh,
        "en": rule.en,
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
        "source": rule.source,
        "status": rule.status,
        "when": write(rule.when, CODE),
        "variants": [
            {"code": v.code, "zh": v.zh, "en": v.en, "when": write(v.condition, CODE) if v.condition else None}
            for v in rule.variants
        ],
    }
