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
from shouwang.screening.intake.extracts import CSV_OPTIONS, Typed, faults_of_bits, month_number, named, typed
from shouwang.screening.intake.identity import is_sound
from shouwang.screening.intake.survey import SourceFile
from shouwang.screening.intake.workbooks import LINE, read_sheet

BAD_ID = "证件号码缺失或校验不符,须由人或按姓名住址比对"
PLACES = pa.schema([("file", pa.string()), ("line", pa.int64()), ("column", pa.string()), ("reason", pa.string())])
"""Where a row lies (lines from 1, the header is line 1) and what is wrong with it."""


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
            rows = typed(of.dataset, _numbered(db, source), vocabulary, LINE)
            db.take_rejects()  # told already when the dataset was read
            found += _marked(db, rows, source, _mangled_lines(of, source), marks)
    return pa.concat_tables(found).sort_by([("file", "ascending"), ("line", "ascending"), ("column", "ascending")])


def mangled_places(of: Typed) -> pa.Table:
    """The lines that were no rows at all. Shape: `PLACES`."""
    files, lines, reasons = ([m[n] for m in of.mangled] for n in range(3))
    return pa.table([files, lines, [""] * len(files), reasons], schema=PLACES)


def _marked(db: DuckDB, rows: Table, source: SourceFile, mangled: list[int], marks: list[Mark]) -> list[pa.Table]:
    flags = {f"mark_{n}": mark.holds(rows).fill_null(False) for n, mark in enumerate(marks)}
    anywhere = rows.select(LINE, **flags).filter(lambda t: ibis.or_(*(t[name] for name in flags)))
    found = db.fetch(anywhere)
    lines = _true_lines(found[LINE].to_numpy(), mangled)
    tables = []
    for n, mark in enumerate(marks):
        here = lines[found[f"mark_{n}"].to_numpy(zero_copy_only=False)]
        columns = [[source.label] * len(here), here, [mark.column] * len(here), [mark.reason] * len(here)]
        tables.append(pa.table(columns, schema=PLACES))
    return tables


def _mangled_lines(of: Typed, source: SourceFile) -> list[int]:
    return sorted(line for label, line, _ in of.mangled if label == source.label)


def _true_lines(lines: NDArray[np.int64], mangled: list[int]) -> NDArray[np.int64]:
    """Lines counted over readable rows only → lines of the file, given the lines that are no rows."""
    shifted_from = np.array(mangled, dtype=np.int64) - np.arange(len(mangled))
    return lines + np.searchsorted(shifted_from, lines, side="right")


def _numbered(db: DuckDB, source: SourceFile) -> Table:
    """The text rows of one file with `line` and `month`."""
    month = ibis.literal(month_number(source.month), "int32")
    if source.path.suffix.lower() == ".xlsx":
        return db.from_arrow(read_sheet(source.path, source.columns)).mutate(month=month)
    if source.path.suffix.lower() == ".parquet":
        raw = named(db.read_parquet(source.path, numbered=True), source)
        return raw.mutate(line=raw.file_row_number + 2, month=month)
    raw = db.read_csv([source.path], dict.fromkeys(source.columns, "VARCHAR"), CSV_OPTIONS)
    breaks = reduce(lambda a, b: a + b, (_breaks(raw[c]) for c in source.columns))
    counted = raw.mutate(place=ibis.row_number(), breaks=breaks)
    before = counted.breaks.sum().over(ibis.window(order_by="place", preceding=None, following=0)) - counted.breaks
    return counted.mutate(line=(counted.place + 2 + before).cast("int64"), month=month)


def _breaks(text: Value) -> Value:
    """Line breaks inside a quoted cell: each moves the rows below it by one line."""
    return (text.length() - text.replace("\n", "").length()).fill_null(0)


def write_places(table: pa.Table, path: Path) -> None:
    """Write as CSV for people: UTF-8 with a mark, so that Excel reads it right."""
    with path.open("wb") as stream:
        stream.write("\ufeff".encode())
        pa_csv.write_csv(table, stream)
