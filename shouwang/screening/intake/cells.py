"""How a cell's text becomes a value, as expressions over a whole file.

The clean spelling is read first and at full speed; every other way of writing stands in a CASE branch behind it.
"""

from collections.abc import Callable, Mapping

import ibis
from ibis import Table, Value

from shouwang.screening.datasets import Column, Dataset, Reads
from shouwang.screening.intake import amounts, days, identity
from shouwang.screening.intake.amounts import LARGEST_COUNT, LARGEST_YUAN
from shouwang.screening.intake.identity import person_key
from shouwang.terms.writing import plain

__all__ = ["LARGEST_COUNT", "LARGEST_YUAN", "MACROS", "as_meant", "is_faulty", "reason", "told", "value"]

MACROS = (*days.MACROS, *amounts.MACROS)
"""Planned once in DuckDB, where files are always read."""
EMPTY = "不能为空"
MOST_NAMED = 12
"""So many labels are named in a message."""


@ibis.udf.scalar.builtin(name="read_fen", signature=(("string",), "int64"))
def _money(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="read_count", signature=(("string", "string"), "int32"))
def _count(text, unit): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="read_day", signature=(("string",), "date"))
def _date(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="odd_word", signature=(("string", "array<string>", "array<string>"), "string"))
def _odd_word(text, spellings, words): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="says_nothing", signature=(("string",), "boolean"))
def _says_nothing(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="with_unit", signature=(("string", "string"), "string"))
def _with_unit(text, unit): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="day_of_number", signature=(("string",), "string"))
def _day_of_number(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="day_fault", signature=(("string",), "string"))
def _day_fault(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="fen_fault", signature=(("string",), "string"))
def _fen_fault(text): ...  # type: ignore[no-untyped-def]


def _text(text: Value) -> Value:
    return text.strip().nullif("")


_READERS: dict[Reads, Callable[[Value], Value]] = {
    Reads.ID: person_key,
    Reads.NAME: _text,
    Reads.TEXT: _text,
    Reads.DATE: _date,
    Reads.MONEY: _money,
}


def as_meant(dataset: Dataset, raw: Table, *, units: Mapping[str, str], of_workbook: bool) -> Table:
    """Raw rows whose cells say what file and header say for them: the header's unit, and a day Excel kept as a number.

    `units`: our name of a column → the unit its header states. A unit in the cell itself goes before.
    """
    changed: dict[str, Value] = {}
    for column in dataset.columns:
        text = raw[column.name].cast("string")
        if column.reads in (Reads.MONEY, Reads.COUNT) and units.get(column.name, "元") != "元":
            changed[column.name] = _with_unit(text, units[column.name])
        elif column.reads is Reads.DATE and of_workbook:
            changed[column.name] = _day_of_number(text)
    return raw.mutate(**changed) if changed else raw


def value(column: Column, raw: Table) -> Value:
    """The typed value of a column; null where empty or not readable."""
    text = raw[column.name].cast("string")  # Parquet may come typed: it is read by its text like everything else
    if column.reads is Reads.LABEL:
        return _label(column, text)
    if column.reads is Reads.COUNT:
        return _count(text, column.unit)
    return _READERS[column.reads](text)


def _label(column: Column, text: Value) -> Value:
    """As declared; else folded; else folded and without the number before it (1-正常参保)."""
    folded = {plain(spelling): word for spelling, word in column.labels.items()}
    spellings, words = (ibis.literal(list(part), "array<string>") for part in (folded, folded.values()))
    return text.cases(*column.labels.items(), else_=_odd_word(text, spellings, words))


def is_faulty(column: Column, raw: Table) -> Value:
    """True where the cell cannot be used: not readable, or empty though it must not be."""
    missing = value(column, raw).isnull()
    if not column.may_be_empty:
        return missing
    return ibis.ifelse(missing, ~_is_empty(column, raw), ibis.literal(False))


def _is_empty(column: Column, raw: Table) -> Value:
    return _says_nothing(raw[column.name].cast("string")).fill_null(True)


def reason(column: Column) -> str:
    """What is told about a faulty cell of this column; never the cell itself."""
    if column.reads is Reads.LABEL:
        known = list(column.labels)
        return f"应为{'、'.join(known[:MOST_NAMED])}{'等' if len(known) > MOST_NAMED else ''}之一"
    return f"应为{column.reads.expected_zh}"


def told(column: Column, raw: Table) -> Value:
    """What is told about a faulty cell, as exactly as its text allows; never the cell itself. Null where it is sound.

    An id is judged here too, though a row with a bad one is not quarantined: it goes to linkage.
    """
    text = raw[column.name].cast("string")
    if column.reads is Reads.ID:
        return identity.fault(text)
    expected = reason(column)
    said: Value = ibis.literal(expected)
    if column.reads is Reads.DATE:
        said = _day_fault(text).concat(f"，{expected}")
    elif column.reads is Reads.MONEY:
        said = _fen_fault(text).concat(f"，{expected}")
    empty = ibis.ifelse(_is_empty(column, raw), f"{EMPTY}，{expected}", said)
    return ibis.ifelse(is_faulty(column, raw), empty, ibis.null("string"))
