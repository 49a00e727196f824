"""Each dataset's files of this run → one typed Parquet, with the faults of every row beside its values."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
from ibis import Table, Value

from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening.datasets import Column, Dataset, Key, Kind, Reads
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells, left_over, visits
from shouwang.screening.intake.lines import line_of_byte
from shouwang.screening.intake.opening import NoRow
from shouwang.screening.intake.raw_rows import raw_tables
from shouwang.screening.intake.survey import SourceFile
from shouwang.terms.errors import DataError, Fault

LATE = "日期晚于本文件的月份"
UNPAIRED_QUOTE = "UNQUOTED VALUE"
_SAID = {
    "MISSING COLUMNS": "列数不足", "TOO MANY COLUMNS": "列数过多", UNPAIRED_QUOTE: "引号不成对",
    "INVALID ENCODING": "编码与文件其余部分不同",
}  # fmt: skip


@dataclass(frozen=True)
class Mangled:
    """A stretch of a file that is no row."""

    label: str
    """The file, as messages name it."""
    lost: NoRow


Link = Callable[[Table], Table]
"""Adds to typed rows whom they are about."""


@dataclass(frozen=True)
class Typed:
    """One dataset, typed.

    Shape: one row per readable line: `month` (202006), `person_key`, the declared columns, `faults` (a bit per
    faulty column, 0 = usable); of people `written` too (see `left_over`).
    `mangled`: what is no row at all, in the order of the files.
    """

    dataset: Dataset
    path: Path
    files: tuple[SourceFile, ...]
    mangled: tuple[Mangled, ...]


def typed_columns(dataset: Dataset, raw: Table) -> dict[str, Value]:
    """What a typed row holds, besides its month."""
    columns: dict[str, Value] = {}
    for column in dataset.columns:
        if column.reads is Reads.ID:
            columns["person_key"] = cells.value(column, raw)
        elif column.reads is not Reads.NAME:
            columns[column.name] = cells.value(column, raw)
        elif dataset.kind is Kind.ROLL:
            columns[column.name] = raw[column.name]  # read only where nobody is found: see `_names_of_strangers`
    return columns | {"faults": _faults(dataset, raw)}


def checked_columns(dataset: Dataset) -> list[Column]:
    """The columns whose cells can be faulty, in the order of the fault bits. A bad id is the linkage's matter."""
    return [c for c in dataset.columns if c.reads not in (Reads.ID, Reads.NAME)]


def late_bit(dataset: Dataset) -> int:
    """The bit that says the date lies after the file's own month."""
    return 1 << len(checked_columns(dataset))


def _faults(dataset: Dataset, raw: Table) -> Value:
    bits = ibis.literal(0, "int32")
    for place, column in enumerate(checked_columns(dataset)):
        if column.reads is not Reads.TEXT or not column.may_be_empty:
            bits = bits + ibis.ifelse(
                cells.is_faulty(column, raw), ibis.literal(1 << place, "int32"), ibis.literal(0, "int32")
            )
    if dataset.date:
        day = cells.value(dataset.column(dataset.date), raw)
        late = (day.year() * 100 + day.month() > raw.month).fill_null(False)
        bits = bits + ibis.ifelse(late, ibis.literal(late_bit(dataset), "int32"), ibis.literal(0, "int32"))
    return bits.cast("int32")


def read_dataset(
    db: DuckDB, dataset: Dataset, files: list[SourceFile], scratch: Path, vocabulary: Vocabulary, link: Link
) -> Typed:
    """Read all files of a dataset and write them typed and linked. Errors: `DataError` for files that lose rows."""
    path = scratch / f"{dataset.code}.parquet"
    tables = [typed(dataset, raw, vocabulary) for raw in raw_tables(db, files)] or [_empty(db, dataset, vocabulary)]
    try:
        rows = link(ibis.union(*tables) if len(tables) > 1 else tables[0])
        rows = left_over.with_written(rows) if dataset.key is Key.PERSON else rows
        db.write(_names_of_strangers(dataset, rows) if dataset.kind is Kind.ROLL else rows, path, passing=True)
    except duckdb.InvalidInputException as error:
        raise _unreadable(error, files) from None
    return Typed(dataset, path, tuple(files), tuple(_mangled(db, files)))


def _names_of_strangers(dataset: Dataset, rows: Table) -> Table:
    """Of a roll only the names of rows that link to nobody are asked for (`linkage.perhaps_listed`)."""
    name = cells.value(dataset.column("name"), rows)
    return rows.mutate(name=ibis.ifelse(rows.household_no.isnull(), name, ibis.null("string")))


def typed(dataset: Dataset, raw: Table, vocabulary: Vocabulary, *more: str) -> Table:
    """Text rows → typed rows with their faults; `more` columns are carried along."""
    verified = dataset.key is Key.HOUSEHOLD
    raw = visits.looked_up(raw, vocabulary) if verified else raw
    columns = typed_columns(dataset, raw)
    if dataset.key is Key.PERSON:
        columns |= left_over.carried(raw)
    if verified:
        columns |= visits.typed_columns(raw)
        columns["faults"] = columns["faults"] + visits.faults(raw, first_bit=late_bit(dataset) << 1)
    return raw.select(*more, month=raw.month, **columns)


def _empty(db: DuckDB, dataset: Dataset, vocabulary: Vocabulary) -> Table:
    names = [c.name for c in dataset.columns]
    raw = db.from_arrow(pa.table({n: pa.array([], pa.string()) for n in names}))
    return typed(dataset, raw.mutate(month=ibis.literal(0, "int32")), vocabulary)


def _unreadable(error: duckdb.Error, files: list[SourceFile]) -> Exception:
    """The reader's message names the file, and may quote a row."""
    found, cure = "读不出来，多半是换行符前后不一致", "另存为 CSV UTF-8 再交"
    faults = [Fault(found, cure, f.label) for f in files if str(f.opened.rows) in str(error)]
    return DataError(faults) if faults else error


def _mangled(db: DuckDB, files: list[SourceFile]) -> list[Mangled]:
    """What is no row. Errors: `DataError` where a quote that nobody closed swallows the rows after it."""
    known = {str(f.opened.rows.absolute()): f for f in files}
    found = [Mangled(f.label, lost) for f in files for lost in f.opened.no_rows]
    faults = []
    for path, byte, kind, more_lines in db.take_rejects():
        source = known[path]
        line = line_of_byte(source.opened.rows, byte)
        if kind == UNPAIRED_QUOTE and more_lines:
            faults.append(
                Fault(f"第 {line} 行的引号不成对，后面的行也读不出来", "补上或去掉这个引号再交", source.label)
            )
        found.append(Mangled(source.label, NoRow(line, more_lines, _SAID.get(kind, "这一行读不出来"))))
    if faults:
        raise DataError(faults)
    return found


def faults_of_bits(dataset: Dataset) -> list[tuple[int, str, str]]:
    """Bit, column as delivered, and what is told about it."""
    columns = checked_columns(dataset)
    told = [(1 << place, column.header, cells.reason(column)) for place, column in enumerate(columns)]
    if dataset.date:
        told.append((late_bit(dataset), dataset.column(dataset.date).header, LATE))
    if dataset.key is Key.HOUSEHOLD:
        told += visits.faults_of_bits(late_bit(dataset) << 1)
    return told
