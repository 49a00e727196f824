"""Where exactly the rows lie that could not be used: file, line, column, reason; never the value."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
from ibis import Table, Value
from numpy.typing import NDArray

from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening.datasets import Dataset
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.extracts import (
    CSV_OPTIONS,
    Mangled,
    Typed,
    faults_of_bits,
    month_number,
    named,
    typed,
)
from shouwang.screening.intake.headers import read_header
from shouwang.screening.intake.identity import is_sound
from shouwang.screening.intake.lines import can_be_counted, lines_of_rows
from shouwang.screening.intake.survey import SourceFile
from shouwang.screening.intake.workbooks import LINE, read_sheet

BAD_ID = "证件号码缺失或校验不符，须由人或按姓名住址比对"
PLACES = pa.schema([("file", pa.string()), ("line", pa.int64()), ("column", pa.string()), ("reason", pa.string())])
"""Where a row lies (lines from 1, the header is line 1) and what is wrong with it."""
ToLines = Callable[[NDArray[np.int64]], NDArray[np.int64]]


@dataclass(frozen=True)
class Mark:
    """A condition on typed rows, and what is told where it holds."""

    holds: Callable[[Table], Value]
    column: str
    reason: str


def fault_marks(dataset: Dataset) -> list[Mark]:
    """One mark per kind of fault a row of this dataset can have."""
    return [Mark(partial(_has_bit, bit=bit), column, reason) for bit, column, reason in faults_of_bits(dataset)]


def bad_id_marks(dataset: Dataset) -> list[Mark]:
    """Rows whose id is no id: they wait for a comparison by name and address."""
    header = dataset.column("id_number").header
    return [Mark(lambda t: (t.faults == 0) & ~is_sound(t.person_key).fill_null(False), header, BAD_ID)]


def _has_bit(rows: Table, *, bit: int) -> Value:
    return (rows.faults & bit) != 0


def places(db: DuckDB, of: Typed, months: set[int], vocabulary: Vocabulary, marks: list[Mark]) -> pa.Table:
    """Every place in the files of these months where a mark holds, in file and line order. Shape: `PLACES`."""
    found = [PLACES.empty_table()]
    for source in of.files:
        if month_number(source.month) in months:
            numbered, to_lines = _numbered(db, source, [m for m in of.mangled if m.label == source.label])
            rows = typed(of.dataset, numbered, vocabulary, LINE)
            found += _marked(db, rows, source, to_lines, marks)
            db.take_rejects()  # told already when the dataset was read
    return pa.concat_tables(found).sort_by([("file", "ascending"), ("line", "ascending"), ("column", "ascending")])


def mangled_places(of: Typed) -> pa.Table:
    """The lines that were no rows at all. Shape: `PLACES`."""
    columns = [[m.label for m in of.mangled], [m.line for m in of.mangled], [""] * len(of.mangled)]
    return pa.table([*columns, [m.reason for m in of.mangled]], schema=PLACES)


def _marked(db: DuckDB, rows: Table, source: SourceFile, to_lines: ToLines, marks: list[Mark]) -> list[pa.Table]:
    flags = {f"mark_{n}": mark.holds(rows).fill_null(False) for n, mark in enumerate(marks)}
    anywhere = rows.select(LINE, **flags).filter(lambda t: ibis.or_(*(t[name] for name in flags)))
    found = db.fetch(anywhere)
    lines = to_lines(found[LINE].to_numpy())
    tables = []
    for n, mark in enumerate(marks):
        here = lines[found[f"mark_{n}"].to_numpy(zero_copy_only=False)]
        columns = [[source.label] * len(here), here, [mark.column] * len(here), [mark.reason] * len(here)]
        tables.append(pa.table(columns, schema=PLACES))
    return tables


def _true_lines(lines: NDArray[np.int64], *, mangled: list[int]) -> NDArray[np.int64]:
    """Lines counted over readable rows only → lines of the file, given the lines that are no rows."""
    shifted_from = np.array(sorted(mangled), dtype=np.int64) - np.arange(len(mangled))
    return lines + np.searchsorted(shifted_from, lines, side="right")


def _numbered(db: DuckDB, source: SourceFile, mangled: list[Mangled]) -> tuple[Table, ToLines]:
    """The text rows of one file with `line` and `month`, and what makes lines of the file out of `line`."""
    month = ibis.literal(month_number(source.month), "int32")
    if source.path.suffix.lower() == ".xlsx":
        return db.from_arrow(read_sheet(source.path, source.columns)).mutate(month=month), _as_they_are
    if source.path.suffix.lower() == ".parquet":
        raw = named(db.read_parquet(source.path, numbered=True), source)
        return raw.mutate(line=raw.file_row_number + 2, month=month), _as_they_are
    raw = db.read_csv([source.path], dict.fromkeys(source.columns, "VARCHAR"), CSV_OPTIONS)
    counted = raw.mutate(place=ibis.row_number())
    if not can_be_counted(source.path, read_header(source.path)):
        rows = lines_of_rows(source.path, {m.line for m in mangled})
        return counted.mutate(line=counted.place, month=month), lambda places: rows.take(places, mode="clip")
    breaks = reduce(lambda a, b: a + b, (_breaks(raw[c]) for c in source.columns))
    counted = counted.mutate(breaks=breaks)
    before = counted.breaks.sum().over(ibis.window(order_by="place", preceding=None, following=0)) - counted.breaks
    no_rows = [m.line + n for m in mangled for n in range(m.more_lines + 1)]
    numbered = counted.mutate(line=(counted.place + 2 + before).cast("int64"), month=month)
    return numbered, partial(_true_lines, mangled=no_rows)


def _as_they_are(lines: NDArray[np.int64]) -> NDArray[np.int64]:
    return lines


def _breaks(text: Value) -> Value:
    """Line breaks inside a quoted cell: each moves the rows below it by one line."""
    return (text.length() - text.replace("\n", "").length()).fill_null(0)


def write_places(table: pa.Table, path: Path) -> None:
    """Write as CSV for people: UTF-8 with a mark, so that Excel reads it right."""
    with path.open("wb") as stream:
        stream.write("\ufeff".encode())
        pa_csv.write_csv(table, stream)
