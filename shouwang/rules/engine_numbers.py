"""Numbers of a tree inside the engine: exact int64 fractions, so that no float ever decides."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import ibis
import ibis.expr.types as ir

from shouwang.rules.place import mistake
from shouwang.rules.tree import (
    Arithmetic,
    Choice,
    Derived,
    Figure,
    FirstKnown,
    Node,
    NumberFact,
    UnknownWhen,
    Zero,
    by_label,
)

Truths = Callable[[Node, ir.Table], ir.BooleanValue]


@dataclass(frozen=True)
class Ratio:
    """The value `factor × above ÷ below`, above and below int64 columns or absent (one).

    *Unknown*: `above` is null. `below` is above zero wherever `above` is known.
    """

    factor: Fraction
    above: ir.IntegerValue | None = None
    below: ir.IntegerValue | None = None


def ratio(node: Node, table: ir.Table, truth: Truths) -> Ratio:
    """The fraction of a number node; `truth` compiles the conditions inside it."""
    match node:
        case NumberFact():
            return Ratio(Fraction(1, node.spec.scale), column(node.spec.name, table, "int64"))
        case Figure():
            return Ratio(node.parameter.number)
        case Zero():
            return Ratio(Fraction(0))
        case Derived():
            return ratio(node.expression, table, truth)
        case Arithmetic():
            left, right = ratio(node.left, table, truth), ratio(node.right, table, truth)
            return _ARITHMETIC[node.sign](left, right)
        case Choice():
            return _choice(node, table, truth)
        case UnknownWhen():
            return _guarded(truth(node.condition, table), ratio(node.value, table, truth))
        case FirstKnown():
            return _first_known(ratio(node.first, table, truth), ratio(node.second, table, truth))
    raise mistake("这是条件, 不是数", "ratio() takes a number")


def column(name: str, table: ir.Table, kind: str) -> ir.Value:
    """The column of a fact; unknown in every row where the table has none."""
    if name not in table.columns:
        return ibis.null(kind)
    return table[name].cast(kind)


def whole_pair(left: Ratio, right: Ratio) -> tuple[ir.IntegerValue, ir.IntegerValue]:
    """Two whole numbers that compare as the fractions do: multiplied by both denominators, in lowest terms."""
    one, two, _ = _common(left.factor, right.factor)
    return _term(one, left.above, right.below), _term(two, right.above, left.below)


def floored(value: Ratio, scale: int) -> ir.IntegerValue:
    """The value × scale rounded down, below zero too.

    Only exact multiples are divided, so the engine's division is exact while value × denominators < 2^53.
    """
    whole = value.factor * scale
    above = _term(whole.numerator, value.above)
    if value.below is None and whole.denominator == 1:
        return above
    below = _term(whole.denominator, value.below)
    rest = ((above % below) + below) % below
    return ((above - rest) / below).cast("int64")


def _common(one: Fraction, two: Fraction) -> tuple[int, int, Fraction]:
    """Whole numbers a, b and a fraction f with one = a × f and two = b × f."""
    below = lcm(one.denominator, two.denominator)
    a, b = int(one * below), int(two * below)
    shared = gcd(a, b) or 1
    return a // shared, b // shared, Fraction(shared, below)


def _term(number: int, *columns: ir.IntegerValue | None) -> ir.IntegerValue:
    """The product of a whole number and the columns that are there."""
    there = [one for one in columns if one is not None]
    if number != 1 or not there:
        there.append(ibis.literal(number, "int64"))
    product = there[0]
    for one in there[1:]:
        product = product * one
    return product


def _product(*columns: ir.IntegerValue | None) -> ir.IntegerValue | None:
    return _term(1, *columns) if any(one is not None for one in columns) else None


def _sum(left: Ratio, right: Ratio) -> Ratio:
    if left.above is None and right.above is None:
        return Ratio(left.factor + right.factor)
    one, two, shared = _common(left.factor, right.factor)
    if _same(left.below, right.below):
        return Ratio(shared, _plus(_term(abs(one), left.above), _term(abs(two), right.above), one, two), left.below)
    terms = _term(abs(one), left.above, right.below), _term(abs(two), right.above, left.below)
    return Ratio(shared, _plus(*terms, one, two), _product(left.below, right.below))


def _plus(left: ir.IntegerValue, right: ir.IntegerValue, one: int, two: int) -> ir.IntegerValue:
    """The sum of two terms under the signs of their factors."""
    return (-left if one < 0 else left) - right if two < 0 else (-left if one < 0 else left) + right


def _same(left: ir.IntegerValue | None, right: ir.IntegerValue | None) -> bool:
    if left is None or right is None:
        return left is right
    return bool(left.equals(right))


def _difference(left: Ratio, right: Ratio) -> Ratio:
    return _sum(left, Ratio(-right.factor, right.above, right.below))


def _times(left: Ratio, right: Ratio) -> Ratio:
    return Ratio(left.factor * right.factor, _product(left.above, right.above), _product(left.below, right.below))


def _divided(left: Ratio, right: Ratio) -> Ratio:
    """Unknown where the divisor is not above zero."""
    if right.above is None:
        return Ratio(left.factor / right.factor, left.above, left.below) if right.factor > 0 else _NEVER_KNOWN
    if right.factor == 0:
        return _NEVER_KNOWN
    below = right.above if right.factor > 0 else -right.above
    above = ibis.ifelse(below > 0, _term(1, left.above, right.below), ibis.null("int64"))
    return Ratio(left.factor / abs(right.factor), above, _product(left.below, below))


_NEVER_KNOWN = Ratio(Fraction(1), ibis.null("int64"))
_ARITHMETIC = {"+": _sum, "-": _difference, "*": _times, "/": _divided}


def _guarded(hidden: ir.BooleanValue, value: Ratio) -> Ratio:
    return Ratio(value.factor, ibis.ifelse(hidden, ibis.null("int64"), _term(1, value.above)), value.below)


def _first_known(first: Ratio, second: Ratio) -> Ratio:
    if first.above is None:
        return first
    one, two, shared = _common(first.factor, second.factor)
    if first.below is None and second.below is None:
        return Ratio(shared, ibis.coalesce(_term(one, first.above), _term(two, second.above)))
    known = first.above.notnull()
    above = ibis.ifelse(known, _term(one, first.above), _term(two, second.above))
    return Ratio(shared, above, ibis.ifelse(known, _term(1, first.below), _term(1, second.below)))


def _choice(node: Choice, table: ir.Table, truth: Truths) -> Ratio:
    category = column(node.spec.name, table, "string")
    groups = by_label(node)
    values = [ratio(branch, table, truth) for _, branch in groups]
    below_all = lcm(*(value.factor.denominator for value in values))
    tests = [category.isin(labels) for labels, _ in groups]
    above = [_term(int(value.factor * below_all), value.above) for value in values]
    below = None
    if any(value.below is not None for value in values):
        below = ibis.cases(*zip(tests, (_term(1, value.below) for value in values), strict=True))
    # the typed null keeps the engine from reckoning a choice of small literals in 32 bits
    chosen = ibis.cases(*zip(tests, above, strict=True), else_=ibis.null("int64"))
    return Ratio(Fraction(1, below_all), chosen, below)
