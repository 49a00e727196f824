"""Conditions of a tree inside the engine: flat expressions over the columns, null for unknown."""

import operator
from collections.abc import Callable
from functools import reduce

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from shouwang.rules.engine_numbers import column, ratio, whole_pair
from shouwang.rules.place import mistake
from shouwang.rules.tree import (
    OPPOSITE,
    AllOf,
    AnyOf,
    Called,
    Choice,
    Comparison,
    Contains,
    Derived,
    FirstKnown,
    IsIn,
    Node,
    Not,
    Setting,
    UnknownWhen,
    YesNoFact,
    by_label,
)
from shouwang.rules.vocabulary import PERHAPS_MORE

_RELATIONS: dict[str, Callable[[ir.Value, ir.Value], ir.BooleanValue]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    # spelled out: Ibis reads `x == null` as "x is null"
    "==": lambda left, right: ops.Equals(left, right).to_expr(),
    "!=": lambda left, right: ops.NotEquals(left, right).to_expr(),
}


def truth(node: Node, table: ir.Table) -> ir.BooleanValue:
    """Whether the condition holds in each row; null is unknown."""
    match node:
        case Comparison():
            left, right = whole_pair(ratio(node.left, table, truth), ratio(node.right, table, truth))
            return _RELATIONS[node.relation](left, right)
        case AllOf():
            return reduce(operator.and_, (truth(part, table) for part in node.parts))
        case AnyOf():
            return reduce(operator.or_, (truth(part, table) for part in node.parts))
        case Not(part=Comparison() as part):
            return truth(Comparison(OPPOSITE[part.relation], part.left, part.right), table)
        case Not():
            # not `~`: Ibis writes the null test of that as NOT (x) IS NULL, which SQL reads as NOT (x IS NULL)
            return ops.Equals(truth(node.part, table), ibis.literal(False)).to_expr()
        case Called(condition=inner) | Derived(expression=inner):
            return truth(inner, table)
        case Choice() | UnknownWhen() | FirstKnown():
            return _chosen(node, table)
    return _leaf(node, table)


def _chosen(node: Choice | UnknownWhen | FirstKnown, table: ir.Table) -> ir.BooleanValue:
    match node:
        case Choice():
            category = column(node.spec.name, table, "string")
            return ibis.cases(*((category.isin(labels), truth(branch, table)) for labels, branch in by_label(node)))
        case UnknownWhen():
            return ibis.ifelse(truth(node.condition, table), ibis.null("boolean"), truth(node.value, table))
        case _:
            return ibis.coalesce(truth(node.first, table), truth(node.second, table))


def _leaf(node: Node, table: ir.Table) -> ir.BooleanValue:
    match node:
        case YesNoFact():
            return column(node.spec.name, table, "boolean")
        case Setting():
            return ibis.literal(bool(node.parameter.value))
        case IsIn():
            return column(node.spec.name, table, "string").isin(node.labels)
        case Contains():
            listed = column(node.spec.name, table, "array<string>")
            # true | … is true; false | (true & null) is unknown; an unknown set stays unknown
            return listed.contains(node.member) | (listed.contains(PERHAPS_MORE) & ibis.null("boolean"))
    raise mistake("这是数, 不是条件", "truth() takes a condition")
