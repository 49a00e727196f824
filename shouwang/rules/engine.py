"""A policy as Ibis expressions, for millions of rows: the plain reference's answers, on DuckDB and on Spark."""

from fractions import Fraction

import ibis
import ibis.expr.types as ir

from shouwang.rules.engine_numbers import Ratio, column, ratio
from shouwang.rules.engine_sentences import rule_sentence, unverified_sentence
from shouwang.rules.engine_text import number_text, set_text, yes_no_text
from shouwang.rules.engine_truth import truth
from shouwang.rules.policy import Policy
from shouwang.rules.tree import Derived, is_condition, used
from shouwang.rules.vocabulary import FactSpec, Kind

__all__ = ["as_of_expr", "rule_sentence", "source_expr", "stored_text", "truth", "unverified_sentence", "value_text"]


def value_text(policy: Policy, name: str, table: ir.Table) -> ir.StringValue:
    """The contract text of a fact or derived fact in each row; null is unknown."""
    thing = policy.named(name)
    if isinstance(thing, Derived):
        if is_condition(thing):
            return yes_no_text(truth(thing, table))
        return number_text(ratio(thing, table, truth), thing.unit)
    stored = {Kind.NUMBER: "int64", Kind.YES_NO: "boolean", Kind.CATEGORY: "string", Kind.SET: "array<string>"}
    return stored_text(thing, column(name, table, stored[thing.kind]))


def stored_text(spec: FactSpec, value: ir.Value) -> ir.StringValue:
    """The contract text of a stored value of a fact; null is unknown."""
    match spec.kind:
        case Kind.NUMBER:
            return number_text(Ratio(Fraction(1, spec.scale), value.cast("int64")), spec.unit)
        case Kind.YES_NO:
            return yes_no_text(value)
        case Kind.CATEGORY:
            return value
        case _:
            return set_text(value)


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
