"""How a cell's text becomes a value, as expressions over a whole file."""

from collections.abc import Callable

import ibis
from ibis import Table, Value

from shouwang.screening.datasets import Column, Reads
from shouwang.screening.intake.identity import person_key

LARGEST_YUAN = 100_000_000
"""A single amount above this is a slip of the unit, not an amount."""
LARGEST_COUNT = 100_000

# Decimals of these widths stay within eighteen digits, so within machine integers.
MACROS = (
    "create or replace macro whole_fen(x) as"
    f" case when x = x::bigint and x between 0 and {LARGEST_YUAN * 100} then x::bigint end",
    "create or replace macro read_fen(t) as case when t like '%.___%'"  # more decimals than fen: exactly, and slower
    " then whole_fen(try_cast(t as decimal(20,8)) * 100) else whole_fen(try_cast(t as decimal(14,3)) * 100) end",
    "create or replace macro whole_count(x) as"
    f" case when x = x::integer and x between 0 and {LARGEST_COUNT} then x::integer end",
    "create or replace macro read_count(t) as whole_count(try_cast(t as decimal(14,4)))",
    "create or replace macro real_day(d) as case when d >= date '1900-01-01' then d end",
    "create or replace macro read_day(t) as real_day(try_cast(t as date))",
)
"""Planned once in DuckDB, where files are always read."""


@ibis.udf.scalar.builtin(name="read_fen", signature=(("string",), "int64"))
def _money(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="read_count", signature=(("string",), "int32"))
def _count(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="read_day", signature=(("string",), "date"))
def _date(text): ...  # type: ignore[no-untyped-def]


def _text(text: Value) -> Value:
    return text.strip().nullif("")


_READERS: dict[Reads, Callable[[Value], Value]] = {
    Reads.ID: person_key,
    Reads.NAME: _text,
    Reads.TEXT: _text,
    Reads.DATE: _date,
    Reads.MONEY: _money,
    Reads.COUNT: _count,
}


def value(column: Column, raw: Table) -> Value:
    """The typed value of a column; null where empty or not readable."""
    text = raw[column.name].cast("string")  # Parquet may come typed: it is read by its text like everything else
    if column.reads is Reads.LABEL:
        pairs = list(column.labels.items())
        unknown = ibis.null("string")
        return ibis.coalesce(text.cases(*pairs, else_=unknown), text.strip().cases(*pairs, else_=unknown))
    return _READERS[column.reads](text)


def is_faulty(column: Column, raw: Table) -> Value:
    """True where the cell cannot be used: not readable, or empty though it must not be."""
    missing = value(column, raw).isnull()
    if not column.may_be_empty:
        return missing
    text = raw[column.name].cast("string")
    return missing & (text.strip() != "").fill_null(False)


def reason(column: Column) -> str:
    """What is told about a faulty cell of this column; never the cell itself."""
    if column.reads is Reads.LABEL:
        known = "、".join(dict.fromkeys(column.labels))
        return f"应为{known}之一"
    return f"应为{column.reads.expected_zh}"
