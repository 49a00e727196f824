"""Decorators that turn a function `(h, p)` into a dated definition: rule, derived fact, sign, national type."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shouwang.rules.household import Dates, DerivedDefinition, dates_of, derived, place_of
from shouwang.rules.language import Claim
from shouwang.rules.parameters import STATUSES
from shouwang.rules.place import mistake
from shouwang.terms.level import Level

__all__ = [
    "ConditionDefinition",
    "DerivedDefinition",
    "RuleDefinition",
    "derived",
    "fires",
    "national_type",
    "rule",
    "sign",
    "variant",
]


@dataclass(frozen=True)
class VariantDraft:
    code: str
    zh: str
    en: str
    when: Claim | None = None


def variant(code: str, *, zh: str, en: str, when: Claim | None = None) -> VariantDraft:
    """Another label of a fired rule where the condition is true; without one: the label of all others."""
    if when is not None and not isinstance(when, Claim):
        raise mistake(f"variant {code} 的 when 不是条件", "write a condition of h and p")
    return VariantDraft(code, zh, en, when)


@dataclass(frozen=True)
class Fires:
    when: Claim
    variants: tuple[VariantDraft, ...] = ()


def fires(*, when: Claim, variants: tuple[VariantDraft, ...] = ()) -> Fires:
    """What a rule returns when it has variants. Errors: the last variant must be the one without condition."""
    if variants and ([v.when is None for v in variants] != [False] * (len(variants) - 1) + [True]):
        raise mistake("variants 应以一个无条件的收尾", "最后一个 variant(...) 不写 when=, 其余都写")
    return Fires(when, variants)


@dataclass(frozen=True)
class RuleDefinition:
    """A dated rule. Called with `(h, p)` it gives its condition, so that other definitions can build on it."""

    code: str
    level: Level
    zh: str
    en: str
    source: str
    status: str
    dates: Dates
    build: Callable[[Any, Any], object]
    place: str
    text: str

    def fires(self, h: Any, p: Any) -> Fires:
        """Errors: the function returned neither a condition nor `fires(...)`."""
        built = self.build(h, p)
        if isinstance(built, Claim):
            built = Fires(built)
        if not isinstance(built, Fires) or not isinstance(built.when, Claim):
            raise mistake(f"规则 {self.code} 没有返回条件", "return a condition, or fires(when=…)", at=self.place)
        return built

    def __call__(self, h: Any, p: Any) -> Claim:
        return self.fires(h, p).when


def rule(
    *, code: str, level: int, since: str, zh: str, en: str, source: str, status: str, until: str | None = None
) -> Callable[[Callable[[Any, Any], object]], RuleDefinition]:
    """Register a rule: since when, from which source, and whether stated there or our reading."""
    if status not in STATUSES:
        raise mistake(f"规则 {code} 的 status 是 {status!r}", f"用其中之一: {'、'.join(STATUSES)}")
    if level not in tuple(Level):
        raise mistake(f"规则 {code} 的 level 是 {level!r}", "用 1–5")
    dates = dates_of(since, until)

    def register(function: Callable[[Any, Any], object]) -> RuleDefinition:
        return RuleDefinition(
            code, Level(level), zh, en, source, status, dates, function, place_of(function), function.__doc__ or ""
        )

    return register


@dataclass(frozen=True)
class ConditionDefinition:
    """A named condition that is no rule: a sign of risk, or a national type."""

    code: str
    zh: str
    en: str
    dates: Dates
    build: Callable[[Any, Any], object]
    place: str

    def __call__(self, h: Any, p: Any) -> Claim:
        return condition_of(self.build, h, p)


def condition_of(build: Callable[[Any, Any], object], h: Any, p: Any) -> Claim:
    """The condition a function builds. Errors: it returned something else."""
    built = build(h, p)
    if not isinstance(built, Claim):
        raise mistake("没有返回条件", "return a condition of h and p", at=place_of(build))
    return built


def sign(
    *, code: str, zh: str, en: str, since: str | None = None, until: str | None = None
) -> Callable[[Callable[[Any, Any], object]], ConditionDefinition]:
    """Register a sign of risk."""
    dates = dates_of(since, until)

    def register(function: Callable[[Any, Any], object]) -> ConditionDefinition:
        return ConditionDefinition(code, zh, en, dates, function, place_of(function))

    return register


def national_type(
    *, label: str, en: str, since: str | None = None, until: str | None = None
) -> Callable[[Callable[[Any, Any], object]], ConditionDefinition]:
    """Register a national type; of several the first that is true counts."""
    return sign(code=label, zh=label, en=en, since=since, until=until)
