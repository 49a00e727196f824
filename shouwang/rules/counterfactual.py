"""What would change a verdict: how far each single number is from ending a rule, and what ends the warning."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor

from shouwang.rules.boundaries import boundaries
from shouwang.rules.evaluate import Moved, number, truth
from shouwang.rules.policy import Policy, Rule
from shouwang.rules.sentences import is_unknown, paths_hold
from shouwang.rules.supports import supports
from shouwang.rules.tree import (
    Called,
    Comparison,
    Derived,
    Node,
    NumberFact,
    UnknownWhen,
    children,
    is_condition,
    used,
    walk,
)
from shouwang.rules.units import text_scale
from shouwang.rules.vocabulary import Facts, FactSpec

Thing = FactSpec | Derived
_MOST_COMBINATIONS = 5_000


@dataclass(frozen=True)
class Change:
    """One number moved to the nearest value that does it, all else as it is."""

    thing: Thing
    now: Fraction
    to: Fraction
    sets_off: tuple[Rule, ...] = ()
    """Rules that become true by it: less labour ends one rule only to fire the next, and is no advice."""

    @property
    def rises(self) -> bool:
        return self.to > self.now

    @property
    def by(self) -> Fraction:
        """How far, rounded up to what can be written: fen for money."""
        scale = text_scale(self.thing.unit)
        return Fraction(ceil(abs(self.to - self.now) * scale), scale)

    @property
    def relative(self) -> Fraction:
        """How far beside what it is now: the measure of a small change."""
        return self.by / max(abs(self.now), 1 / Fraction(step_scale(self.thing)))


@dataclass(frozen=True)
class RuleEnds:
    """What ends one rule. *Unknown*: what must be known before the rule, or its end, can be judged."""

    rule: Rule
    changes: tuple[Change, ...]
    unknown: tuple[Thing, ...]


@dataclass(frozen=True)
class WhatWouldChange:
    """For a household with true rules; all empty for one without."""

    rules: tuple[RuleEnds, ...]
    singly: tuple[Change, ...]
    """Each of these alone leaves no rule true."""
    together: tuple[Change, ...]
    """Where none does so alone: the smallest list that does so together; empty where numbers alone cannot."""
    open_rules: tuple[RuleEnds, ...]
    """Rules of a lower number that are unknown, with what is missing."""


def what_would_change(policy: Policy, facts: Facts) -> WhatWouldChange:
    """Every single change that ends a true rule, and the least that ends the warning."""
    fired = [rule for rule in policy.rules if truth(rule.when, facts) is True]
    ends = tuple(_rule_ends(policy, rule, fired, facts) for rule in fired)
    unknown = [r for r in policy.rules if fired and r.level < fired[0].level and truth(r.when, facts) is None]
    singly = _ending_all(policy, fired, facts)
    return WhatWouldChange(
        rules=ends,
        singly=singly,
        together=() if singly else _together(policy, ends, facts),
        open_rules=tuple(RuleEnds(rule, (), missing(rule, facts)) for rule in unknown),
    )


def _rule_ends(policy: Policy, rule: Rule, fired: Sequence[Rule], facts: Facts) -> RuleEnds:
    others = [other for other in policy.rules if other not in fired]
    changes = tuple(replace(change, sets_off=_set_off(others, change, facts)) for change in _ending(rule, facts))
    leaves_open = any(truth(rule.when, *after([change], facts)) is None for change in changes)
    return RuleEnds(rule, changes, missing(rule, facts) if leaves_open else ())


def _set_off(others: Iterable[Rule], change: Change, facts: Facts) -> tuple[Rule, ...]:
    after_it = after([change], facts)
    return tuple(other for other in others if truth(other.when, *after_it) is True)


def missing(rule: Rule, facts: Facts) -> tuple[Thing, ...]:
    """The facts of a rule that are unknown."""
    return tuple(thing for thing in used(rule.when) if is_unknown(thing, facts))


def after(changes: Iterable[Change], facts: Facts) -> tuple[Facts, Moved]:
    """The household with the changes made: facts as stored, and the derived facts that are held at a value."""
    changed, moved = dict(facts), {}
    for change in changes:
        if isinstance(change.thing, FactSpec):
            changed[change.thing.name] = int(change.to * change.thing.scale)
        else:
            moved[change.thing.name] = change.to
    return changed, moved


def step_scale(thing: Thing) -> int:
    """Steps to one: as stored for a fact, as written for a derived fact."""
    return thing.scale if isinstance(thing, FactSpec) else text_scale(thing.unit)


def _ending(rule: Rule, facts: Facts) -> tuple[Change, ...]:
    changes = (_nearest(thing, [rule], facts) for thing in movable(rule, facts))
    return tuple(change for change in changes if change is not None)


def _ending_all(policy: Policy, fired: Sequence[Rule], facts: Facts) -> tuple[Change, ...]:
    things = dict.fromkeys(thing for rule in fired for thing in movable(rule, facts))
    changes = (_nearest(thing, policy.rules, facts) for thing in things)
    return tuple(change for change in changes if change is not None)


def movable(rule: Rule, facts: Facts) -> tuple[Thing, ...]:
    """The numbers in the comparisons that made the rule true; not those that are given: a person fewer is no help."""
    deciding = _deciding(rule.when, True, facts)
    things = dict.fromkeys(thing for node in deciding for thing in _numbers(node))
    return tuple(thing for thing in things if not (isinstance(thing, FactSpec) and thing.is_given))


def _deciding(node: Node, holds: bool, facts: Facts) -> Iterator[Comparison]:
    for support in supports(node, holds):
        if not paths_hold(support.paths, facts):
            continue
        match support.leaf:
            case Comparison():
                yield support.leaf
            case Called(condition=inner) | Derived(expression=inner):
                yield from _deciding(inner, support.holds, facts)


def _numbers(node: Node) -> Iterator[Thing]:
    """The numbers a value is reckoned from; not those that only say whether it is known."""
    match node:
        case NumberFact():
            yield node.spec
        case Derived() if not is_condition(node) and any(isinstance(one, NumberFact) for one in walk(node)):
            yield node
    for child in (node.value,) if isinstance(node, UnknownWhen) else children(node):
        yield from _numbers(child)


def _nearest(thing: Thing, rules: Sequence[Rule], facts: Facts) -> Change | None:
    """The nearest value at which none of the rules is true any more."""
    node = NumberFact(thing) if isinstance(thing, FactSpec) else thing
    now = number(node, facts)
    if now is None:
        return None
    ends = _ends(thing, rules, facts, now)
    for step in _candidates(thing, rules, facts, now):
        if ends(step):
            return Change(thing, now, Fraction(_first(step, ends, start=now * step_scale(thing)), step_scale(thing)))
    return None


def _ends(thing: Thing, rules: Sequence[Rule], facts: Facts, now: Fraction) -> Callable[[int], bool]:
    """Whether a step ends the rules, and every comparison known before is still known."""
    known = [n for rule in rules for n in walk(rule.when) if isinstance(n, Comparison) and truth(n, facts) is not None]

    def ends(step: int) -> bool:
        changed, moved = after([Change(thing, now, Fraction(step, step_scale(thing)))], facts)
        over = all(truth(rule.when, changed, moved) is not True for rule in rules)
        return over and all(truth(comparison, changed, moved) is not None for comparison in known)

    return ends


def _candidates(thing: Thing, rules: Sequence[Rule], facts: Facts, now: Fraction) -> list[int]:
    """The steps beside every boundary, nearest first."""
    scale = step_scale(thing)
    steps = {
        floor(edge * scale) + beside
        for rule in rules
        for edge in boundaries(rule.when, thing.name, facts)
        for beside in (-1, 0, 1, 2)
    }
    lowest = thing.minimum if isinstance(thing, FactSpec) else None
    allowed = (step for step in steps if lowest is None or step >= lowest)
    return sorted(allowed, key=lambda step: (abs(step - now * scale), step))


def _first(step: int, ends: Callable[[int], bool], *, start: Fraction) -> int:
    """The step nearest the start, on the way to a step that ends, whose neighbour nearer the start does not end."""
    way = 1 if step > start else -1
    reached = floor(start) if way == 1 else ceil(start)
    while abs(step - reached) > 1:
        middle = (step + reached) // 2
        if ends(middle):
            step = middle
        else:
            reached = middle
    return step


def _together(policy: Policy, ends: Sequence[RuleEnds], facts: Facts) -> tuple[Change, ...]:
    """One change for every true rule, as few and as small as will do."""
    lists = (_merged(choice) for choice in islice(product(*(end.changes for end in ends)), _MOST_COMBINATIONS))
    tried = sorted({one for one in lists if one}, key=_cost)
    for changes in tried:
        changed, moved = after(changes, facts)
        if all(truth(rule.when, changed, moved) is not True for rule in policy.rules):
            return changes
    return ()


def _cost(changes: tuple[Change, ...]) -> tuple[int, int, Fraction, int, list[str]]:
    """Few changes before many, money and days before people, near before far, facts before derived facts."""
    people = sum(change.thing.unit == "人" for change in changes)
    derived = sum(isinstance(change.thing, Derived) for change in changes)
    relative = sum((change.relative for change in changes), Fraction(0))
    return len(changes), people, relative, derived, [change.thing.name for change in changes]


def _merged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """One change for each number, the further one; empty where two pull apart."""
    merged: dict[str, Change] = {}
    for change in changes:
        other = merged.setdefault(change.thing.name, change)
        if other.rises is not change.rises:
            return ()
        merged[change.thing.name] = max(change, other, key=lambda one: abs(one.to - one.now))
    return tuple(merged.values())
