"""How a cell's text becomes a value, as expressions over a whole file."""

from collections.abc import Callable

import ibis
from ibis import Table, Value

from shouwang.screening.datasets import Column, Reads
from shouwang.screening.intake.identity import person_key

LARGEST_YUAN = 100_000_000
"""A single amount above this is a slip of the unit, not an amount."""
LARGEST_COUNT = 100_000


def _money(text: Value) -> Value:
    fen = text.try_cast("decimal(14,3)") * 100  # stays within 18 digits, so within machine integers
    whole = fen.cast("int64")
    return ibis.ifelse((whole == fen) & (whole >= 0) & (whole <= LARGEST_YUAN * 100), whole, ibis.null("int64"))


def _count(text: Value) -> Value:
    exact = text.try_cast("decimal(9,1)")
    whole = exact.cast("int32")
    return ibis.ifelse((whole == exact) & (whole >= 0) & (whole <= LARGEST_COUNT), whole, ibis.null("int32"))


def _date(text: Value) -> Value:
    day = text.try_cast("date")
    return ibis.ifelse(day >= ibis.date(1900, 1, 1), day, ibis.null("date"))


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
    text = raw[column.name]
    if not text.type().is_string():  # Parquet of our own: already typed
        return text.cast("string").try_cast("date") if column.reads is Reads.DATE else text
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
