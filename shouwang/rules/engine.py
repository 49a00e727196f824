"""A tree as Ibis expressions, for millions of rows: the same answers as the plain reference, on DuckDB and on Spark."""

import operator
from functools import reduce

import ibis
import ibis.expr.types as ir

from shouwang.rules.engine_numbers import by_label, column, ratio, whole_pair
from shouwang.rules.engine_text import number_text, set_text, yes_no_text
from shouwang.rules.place import mistake
from shouwang.rules.policy import Policy
from shouwang.rules.tree import (
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
    NumberFact,
    Setting,
    UnknownWhen,
    YesNoFact,
    is_condition,
    used,
)
from shouwang.rules.vocabulary import PERHAPS_MORE, FactSpec, Kind

_RELATIONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
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
        case Not():
            return ~truth(node.part, table)
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
        case FirstKnown():
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


def value_text(policy: Policy, name: str, table: ir.Table) -> ir.StringValue:
    """The contract text of a fact or derived fact in each row; null is unknown."""
    thing = policy.named(name)
    if isinstance(thing, Derived):
        if is_condition(thing):
            return yes_no_text(truth(thing, table))
        return number_text(ratio(thing, table, truth), thing.unit)
    return _stored_text(thing, table)


def _stored_text(spec: FactSpec, table: ir.Table) -> ir.StringValue:
    match spec.kind:
        case Kind.NUMBER:
            return number_text(ratio(NumberFact(spec), table, truth), spec.unit)
        case Kind.YES_NO:
            return yes_no_text(column(spec.name, table, "boolean"))
        case Kind.CATEGORY:
            return column(spec.name, table, "string")
        case Kind.SET:
            return set_text(column(spec.name, table, "array<string>"))


def as_of_expr(policy: Policy, name: str, table: ir.Table) -> ir.DateValue:
    """The date a value is of: of a derived fact the oldest of its inputs; null where none is known."""
    thing = policy.named(name)
    specs = [spec for spec in used(thing) if isinstance(spec, FactSpec)] if isinstance(thing, Derived) else [thing]
    dates = [table[f"{spec.name}__as_of"] for spec in specs if f"{spec.name}__as_of" in table.columns]
    if len(dates) < 2:
        return dates[0] if dates else ibis.null("date")
    return ibis.least(*dates)


def source_expr(policy: Policy, name: str, table: ir.Table) -> ir.StringValue:
    """Where a value is from: of a derived fact `computed`."""
    if isinstance(policy.named(name), Derived):
        return ibis.literal("computed")
    return column(f"{name}__source", table, "string")
