"""The plain reference: one tree, one household, exact fractions and three truth values."""

from collections.abc import Mapping
from fractions import Fraction

from shouwang.rules.place import mistake
from shouwang.rules.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    Called,
    Choice,
    Comparison,
    Contains,
    Derived,
    Figure,
    FirstKnown,
    IsIn,
    Node,
    Not,
    NumberFact,
    Relation,
    Setting,
    UnknownWhen,
    YesNoFact,
)
from shouwang.rules.vocabulary import PERHAPS_MORE, Facts
from shouwang.terms.unknown import Truth, all_of, any_of, negation

Value = Fraction | bool | None
Moved = Mapping[str, Fraction]
"""Derived facts whose formula is replaced by a value, by name (for "what would change it")."""

NOTHING_MOVED: Moved = {}


def truth(node: Node, facts: Facts, moved: Moved = NOTHING_MOVED) -> Truth:
    """Whether the condition holds; `None` is unknown."""
    value = evaluate(node, facts, moved)
    if isinstance(value, Fraction):
        raise mistake("这是数, 不是条件", "truth() takes a condition")
    return value


def number(node: Node, facts: Facts, moved: Moved = NOTHING_MOVED) -> Fraction | None:
    """The exact value in its unit; `None` is unknown."""
    value = evaluate(node, facts, moved)
    if isinstance(value, bool):
        raise mistake("这是条件, 不是数", "number() takes a number")
    return value


def evaluate(node: Node, facts: Facts, moved: Moved = NOTHING_MOVED) -> Value:
    """The value of any node."""
    match node:
        case Derived():
            return moved[node.name] if node.name in moved else evaluate(node.expression, facts, moved)
        case Choice() | UnknownWhen() | FirstKnown():
            chosen = chosen_part(node, facts, moved)
            return None if chosen is None else evaluate(chosen, facts, moved)
        case Arithmetic():
            return _arithmetic(node, facts, moved)
        case NumberFact() | Figure():
            return _leaf_number(node, facts)
        case Called():
            return evaluate(node.condition, facts, moved)
        case Comparison() | AllOf() | AnyOf() | Not():
            return _logic(node, facts, moved)
        case YesNoFact() | Setting() | IsIn() | Contains():
            return _leaf_truth(node, facts)
    return Fraction(0)


def chosen_part(node: Choice | UnknownWhen | FirstKnown, facts: Facts, moved: Moved = NOTHING_MOVED) -> Node | None:
    """The part whose value the node has; None where none is known to be it."""
    match node:
        case Choice():
            return dict(node.branches).get(str(facts.get(node.spec.name)))
        case UnknownWhen():
            return None if evaluate(node.condition, facts, moved) is True else node.value
        case _:
            return node.second if evaluate(node.first, facts, moved) is None else node.first


def compare(relation: Relation, left: Fraction, right: Fraction) -> bool:
    match relation:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "==":
            return left == right
        case _:
            return left != right


def _leaf_number(node: NumberFact | Figure, facts: Facts) -> Fraction | None:
    if isinstance(node, Figure):
        return node.parameter.number
    stored = facts.get(node.spec.name)
    return None if stored is None else Fraction(int(str(stored)), node.spec.scale)


def _leaf_truth(node: YesNoFact | Setting | IsIn | Contains, facts: Facts) -> Truth:
    if isinstance(node, Setting):
        return bool(node.parameter.value)
    stored = facts.get(node.spec.name)
    if stored is None:
        return None
    match node:
        case YesNoFact():
            return bool(stored)
        case IsIn():
            return stored in node.labels
        case _:
            members = list(stored)  # type: ignore[arg-type]  # a SET is stored as a list
            return True if node.member in members else None if PERHAPS_MORE in members else False


def _arithmetic(node: Arithmetic, facts: Facts, moved: Moved) -> Fraction | None:
    left, right = number(node.left, facts, moved), number(node.right, facts, moved)
    if left is None or right is None:
        return None
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right if right > 0 else None


def _logic(node: Comparison | AllOf | AnyOf | Not, facts: Facts, moved: Moved) -> Truth:
    match node:
        case Comparison():
            left, right = number(node.left, facts, moved), number(node.right, facts, moved)
            return None if left is None or right is None else compare(node.relation, left, right)
        case AllOf():
            return all_of(truth(part, facts, moved) for part in node.parts)
        case AnyOf():
            return any_of(truth(part, facts, moved) for part in node.parts)
        case _:
            return negation(truth(node.part, facts, moved))
