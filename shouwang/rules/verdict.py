"""The verdict of one household, step by step as the policy's design says: the plain reference of the grading."""

from dataclasses import dataclass
from typing import Literal

from shouwang.rules.display import unit_text, value_text
from shouwang.rules.evaluate import truth
from shouwang.rules.policy import Policy, Rule, Variant
from shouwang.rules.vocabulary import Facts
from shouwang.terms.level import Level

Status = Literal["graded", "unverified", "unassessed"]


@dataclass(frozen=True)
class UsedValue:
    """A value a rule used. *Unknown*: the text is None."""

    fact: str
    text: str | None
    unit: str


@dataclass(frozen=True)
class Reason:
    """A true rule with all the values it used."""

    rule: str
    level: Level
    variant: str | None
    values: tuple[UsedValue, ...]


@dataclass(frozen=True)
class Verdict:
    """*Unknown*: `level` is None unless graded."""

    level: Level | None
    status: Status
    signs: tuple[str, ...]
    national_type: str | None
    reasons: tuple[Reason, ...]
    could_be_worse: tuple[str, ...]


def decide(policy: Policy, facts: Facts) -> Verdict:
    """The verdict, exactly: a true rule; else green; else to be verified; else unassessed."""
    truths = {rule.code: truth(rule.when, facts) for rule in policy.rules}
    fired = [rule for rule in policy.rules if truths[rule.code] is True]
    unknown = [rule for rule in policy.rules if truths[rule.code] is None]
    signs = tuple(sign.code for sign in policy.signs if truth(sign.condition, facts) is True)
    level, status = _level(policy, facts, fired=fired, any_unknown=bool(unknown), any_sign=bool(signs))
    return Verdict(
        level=level,
        status=status,
        signs=signs,
        national_type=_national_type(policy, facts),
        reasons=tuple(_reason(rule, facts) for rule in fired),
        could_be_worse=tuple(rule.code for rule in unknown if fired and rule.level < fired[0].level),
    )


def _level(
    policy: Policy, facts: Facts, *, fired: list[Rule], any_unknown: bool, any_sign: bool
) -> tuple[Level | None, Status]:
    if fired:
        return fired[0].level, "graded"
    if not any_unknown and truth(policy.green, facts) is True:
        return Level.V, "graded"
    if any_sign or truth(policy.watched, facts) is True:
        return None, "unverified"
    return None, "unassessed"


def _national_type(policy: Policy, facts: Facts) -> str | None:
    return next((kind.label for kind in policy.national_types if truth(kind.condition, facts) is True), None)


def _reason(rule: Rule, facts: Facts) -> Reason:
    variant = variant_of(rule, facts)
    values = tuple(UsedValue(thing.name, value_text(thing, facts), unit_text(thing)) for thing in rule.used)
    return Reason(rule.code, rule.level, variant.code if variant else None, values)


def variant_of(rule: Rule, facts: Facts) -> Variant | None:
    """The first variant whose condition is true, else the one without condition."""
    for variant in rule.variants:
        if variant.condition is None or truth(variant.condition, facts) is True:
            return variant
    return None
