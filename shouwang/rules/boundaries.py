"""Where a comparison turns over when one number moves and everything else stays: solved exactly, as linear."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from shouwang.rules.evaluate import chosen_part, number
from shouwang.rules.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Derived,
    FirstKnown,
    Node,
    NumberFact,
    UnknownWhen,
    walk,
)
from shouwang.rules.vocabulary import Facts

Polynomial: TypeAlias = tuple[Fraction, ...]
"""Coefficients of 1, x, x² …"""

_ONE: Polynomial = (Fraction(1),)
_X: Polynomial = (Fraction(0), Fraction(1))


@dataclass(frozen=True)
class _Quotient:
    above: Polynomial
    below: Polynomial = _ONE


def boundaries(tree: Node, name: str, facts: Facts) -> set[Fraction]:
    """Every value of the fact or derived fact at which the two sides of a comparison in the tree are equal.

    *Unknown*: a comparison with an unknown side, or one that is not linear in the fact, gives none.
    """
    found = set()
    for node in walk(tree):
        if isinstance(node, Comparison):
            left, right = _quotient(node.left, name, facts), _quotient(node.right, name, facts)
            if left is not None and right is not None:
                found |= _roots(_sum(_product(left.above, right.below), _negated(_product(right.above, left.below))))
    return found


def _roots(polynomial: Polynomial) -> set[Fraction]:
    coefficients = list(polynomial)
    while coefficients and coefficients[-1] == 0:
        coefficients.pop()
    return {-coefficients[0] / coefficients[1]} if len(coefficients) == 2 else set()


def _quotient(node: Node, name: str, facts: Facts) -> _Quotient | None:
    """The number as a quotient of polynomials in the one that moves."""
    match node:
        case NumberFact():
            if node.spec.name == name:
                return _Quotient(_X)
        case Derived():
            return _Quotient(_X) if node.name == name else _quotient(node.expression, name, facts)
        case Choice() | UnknownWhen() | FirstKnown():
            chosen = chosen_part(node, facts)
            return None if chosen is None else _quotient(chosen, name, facts)
        case Arithmetic():
            left, right = _quotient(node.left, name, facts), _quotient(node.right, name, facts)
            return None if left is None or right is None else _reckoned(node.sign, left, right)
    value = number(node, facts)
    return None if value is None else _Quotient((value,))


def _reckoned(sign: str, left: _Quotient, right: _Quotient) -> _Quotient:
    match sign:
        case "*":
            return _Quotient(_product(left.above, right.above), _product(left.below, right.below))
        case "/":
            return _Quotient(_product(left.above, right.below), _product(left.below, right.above))
    term = _product(right.above, left.below)
    above = _sum(_product(left.above, right.below), _negated(term) if sign == "-" else term)
    return _Quotient(above, _product(left.below, right.below))


def _sum(left: Polynomial, right: Polynomial) -> Polynomial:
    size = max(len(left), len(right))
    padded = ((*one, *(Fraction(0),) * (size - len(one))) for one in (left, right))
    return tuple(a + b for a, b in zip(*padded, strict=True))


def _negated(polynomial: Polynomial) -> Polynomial:
    return tuple(-coefficient for coefficient in polynomial)


def _product(left: Polynomial, right: Polynomial) -> Polynomial:
    result = [Fraction(0)] * (len(left) + len(right) - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            result[i + j] += a * b
    return tuple(result)
