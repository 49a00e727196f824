"""Where exactly the rows lie that could not be used: file, line, column, reason; never the value."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from ibis import Table, Value

from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening.datasets import Dataset
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells
from shouwang.screening.intake.extracts import Typed, faults_of_bits, typed
from shouwang.screening.intake.identity import is_sound
from shouwang.screening.intake.left_over import whole
from shouwang.screening.intake.opening import LINE
from shouwang.screening.intake.raw_rows import month_number, raw_rows, wanted_columns
from shouwang.screening.intake.survey import SourceFile

BAD_ID = "证件号码缺失或校验不符，按姓名等比对也认不出是登记册里的谁"
WAITS = "像登记册里的人，等人确定：见 CITY/matching 里的 doubtful.xlsx"
DOUBTFUL = "doubtful"
PLACES = pa.schema([("file", pa.string()), ("line", pa.int64()), ("column", pa.string()), ("reason", pa.string())])
"""Where a row lies (lines from 1, the header is line 1) and what is wrong with it."""


FILE = "of_file"
Among = Callable[[Dataset, Table], Table]


@dataclass(frozen=True)
class Mark:
    """A condition on typed rows, and what is told where it holds."""

    holds: Callable[[Table], Value]
    column: str
    reason: str


def fault_marks(dataset: Dataset) -> list[Mark]:
    """One mark per kind of fault a row of this dataset can have."""
    return [Mark(partial(_has_bit, bit=bit), column, reason) for bit, column, reason in faults_of_bits(dataset)]


def unlinked_marks(dataset: Dataset, fates: Table) -> list[Mark]:
    """Rows that wait for a person, and rows whose id is no id and that are like nobody.

    `fates`: `written` and `band` of what linkage by likeness linked or found doubtful.
    """
    header = dataset.column("id_number").header
    told, doubtful = fates.select("written"), fates.filter(fates.band == DOUBTFUL).select("written")

    def is_bad(t: Table) -> Value:
        return (t.faults == 0) & ~is_sound(t.person_key).fill_null(False)

    def asked(t: Table) -> Value:
        return ibis.ifelse(is_bad(t), whole(t), ibis.null("string"))  # a long text, put together for few rows only

    return [  # all of them are `without_id`
        Mark(lambda t: is_bad(t) & asked(t).isin(doubtful.written), header, WAITS),
        Mark(lambda t: is_bad(t) & ~asked(t).isin(told.written), header, BAD_ID),
    ]


def without_id(dataset: Dataset, raw: Table) -> Table:
    """The rows as delivered whose id is no sound one."""
    keyed = raw.mutate(key=cells.value(dataset.column("id_number"), raw))  # by itself, or it is worked out many times
    return keyed.filter(~is_sound(keyed.key).fill_null(False)).drop("key")


def _has_bit(rows: Table, *, bit: int) -> Value:
    return (rows.faults & bit) != 0


def places(
    db: DuckDB, of: Typed, months: set[int], vocabulary: Vocabulary, marks: list[Mark], among: Among | None = None
) -> pa.Table:
    """Every place in the files of these months where a mark holds, in file and line order. Shape: `PLACES`.

    `among`: rows as delivered of which no mark holds elsewhere; where they are few, much less is looked at closely.
    """
    found = [PLACES.empty_table()]
    sources = [source for source in of.files if month_number(source.month) in months]
    for told, raw in _few(db, of, sources, among) if among and sources else _each(db, of, sources):
        found += _marked(db, typed(of.dataset, raw, vocabulary, LINE, FILE), told, marks)
        db.take_rejects()  # told already when the dataset was read
    return pa.concat_tables(found).sort_by([("file", "ascending"), ("line", "ascending"), ("column", "ascending")])


def _each(db: DuckDB, of: Typed, sources: list[SourceFile]) -> Iterator[tuple[list[SourceFile], Table]]:
    """The rows of one file after the other, with `line` and their file's place among those told."""
    for source in sources:
        raw = raw_rows(db, source, [m.lost for m in of.mangled if m.label == source.label])
        yield [source], raw.mutate(**{FILE: ibis.literal(0, "int32")})


def _few(db: DuckDB, of: Typed, sources: list[SourceFile], among: Among) -> Iterator[tuple[list[SourceFile], Table]]:
    """The rows asked for of all files together: of most rows nothing is looked at but the id."""
    wanted, paths = wanted_columns(sources), []
    for number, (_, raw) in enumerate(_each(db, of, sources)):
        path = of.path.with_name(f"{of.path.stem}.few-{number}")
        texts = {name: raw[name].cast("string") for name in wanted if name in raw.columns}
        rows = among(of.dataset, raw.select(LINE, "month", **texts))
        pq.write_table(db.fetch(rows.mutate(**{FILE: ibis.literal(number, "int32")})), path)
        db.take_rejects()
        paths.append(path)
    yield sources, db.read_parquets(paths)
    for path in paths:
        path.unlink()


def mangled_places(of: Typed) -> pa.Table:
    """The lines that were no rows at all. Shape: `PLACES`."""
    columns = [[m.label for m in of.mangled], [m.lost.line for m in of.mangled], [""] * len(of.mangled)]
    return pa.table([*columns, [m.lost.reason for m in of.mangled]], schema=PLACES)


def _marked(db: DuckDB, rows: Table, sources: list[SourceFile], marks: list[Mark]) -> list[pa.Table]:
    flags = {f"mark_{n}": mark.holds(rows).fill_null(False) for n, mark in enumerate(marks)}
    anywhere = rows.select(LINE, FILE, **flags).filter(lambda t: ibis.or_(*(t[name] for name in flags)))
    found = db.fetch(anywhere)
    labels = pa.array([source.label for source in sources])
    tables = []
    for n, mark in enumerate(marks):
        here = found.filter(found[f"mark_{n}"])
        told = [[word] * len(here) for word in (mark.column, mark.reason)]
        tables.append(pa.table([labels.take(here[FILE]), here[LINE], *told], schema=PLACES))
    return tables


def write_places(table: pa.Table, path: Path) -> None:
    """Write as CSV for people: UTF-8 with a mark, so that Excel reads it right."""
    with path.open("wb") as stream:
        stream.write("\ufeff".encode())
        pa_csv.write_csv(table, stream)
