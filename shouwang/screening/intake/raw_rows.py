"""Delivered rows as text, by our names of the columns: one table for the bulk, or with lines for a closer look."""

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce

import ibis
import numpy as np
import pyarrow as pa
from ibis import Table, Value
from numpy.typing import NDArray

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells
from shouwang.screening.intake.headers import columns_to_find
from shouwang.screening.intake.lines import can_be_counted, lines_in, lines_of_rows
from shouwang.screening.intake.opening import LINE, Form, NoRow
from shouwang.screening.intake.survey import SourceFile
from shouwang.terms.period import Month

CSV_OPTIONS = {
    "header": True, "auto_detect": False, "delim": ",", "quote": '"', "escape": '"',
    "filename": True, "store_rejects": True, "rejects_limit": 0, "max_line_size": 1_000_000,
}  # fmt: skip


MOST_SHIFTS = 20
"""Up to so many lines that are no rows are stepped over as rows are numbered; beyond, the file is read once more."""


def month_number(month: Month) -> int:
    """202006: a month as a table holds it."""
    return month.year * 100 + month.month


def raw_tables(db: DuckDB, files: Sequence[SourceFile]) -> list[Table]:
    """The declared columns of the files and those of `PERSON_COLUMNS` that one of them has, as text, plus `month`.

    Few tables, for each is planned by itself.
    """
    typed_already: dict[bool, list[SourceFile]] = defaultdict(list)
    for source in files:
        typed_already[source.opened.form is Form.PARQUET].append(source)
    return [_together(db, sources) for sources in typed_already.values()]


def raw_rows(db: DuckDB, source: SourceFile, mangled: Sequence[NoRow] = ()) -> Table:
    """All rows of one file: its columns as `source.columns` names them (text; null where empty), `line` and `month`.

    A column nobody reads is named `_<place>_<header>`. `mangled`: of a CSV file read straight, the stretches that are
    no rows, as reading it told.
    """
    if not _is_csv(source):
        if source.opened.form is Form.PARQUET:
            table = db.read_parquet(source.opened.rows, numbered=True)
            table = table.mutate(line=table.file_row_number + 2)
        else:
            table = db.read_parquet(source.opened.rows)
        return _as_meant(_named(table, source).mutate(month=_month(source)), source)
    raw = db.read_csv([source.opened.rows], dict.fromkeys(source.columns, "VARCHAR"), CSV_OPTIONS)
    return _as_meant(_numbered(db, raw, source, mangled).mutate(month=_month(source)), source)


def _is_csv(source: SourceFile) -> bool:
    return source.opened.is_straight and source.opened.form is Form.TEXT


def _together(db: DuckDB, sources: list[SourceFile]) -> Table:
    """Files with the same columns are read as one, and the others put below them."""
    same: dict[tuple[object, ...], list[SourceFile]] = defaultdict(list)
    for source in sources:
        layout = source.columns, source.opened.columns, source.units
        same[_is_csv(source), _of_workbook(source), *layout].append(source)
    wanted = wanted_columns(sources)
    tables = [_as_meant(_only(_read(db, alike), wanted), alike[0]) for alike in same.values()]
    return ibis.union(*tables) if len(tables) > 1 else tables[0]


def wanted_columns(sources: list[SourceFile]) -> list[str]:
    """The declared columns, and what else any of the files says of a person."""
    written = {name for source in sources for name in source.columns}
    return [column.name for column in columns_to_find(sources[0].dataset) if column.name in written]


def _only(table: Table, wanted: list[str]) -> Table:
    """Unknown: a column that this file does not have."""
    nothing = ibis.null("string")
    return table.select(
        **{name: table[name] if name in table.columns else nothing for name in wanted}, month=table.month
    )


def _read(db: DuckDB, sources: list[SourceFile]) -> Table:
    first, paths = sources[0], [source.opened.rows.absolute() for source in sources]  # so the engine names files
    if _is_csv(first):
        table = db.read_csv(paths, dict.fromkeys(first.columns, "VARCHAR"), CSV_OPTIONS)
    else:
        table = _named(db.read_parquets(paths), first)
    months = [(str(path), month_number(source.month)) for path, source in zip(paths, sources, strict=True)]
    month = table.filename.cases(*months) if len(sources) > 1 else _month(first)
    return table.mutate(month=month.cast("int32"))


def _month(source: SourceFile) -> Value:
    return ibis.literal(month_number(source.month), "int32")


def _named(table: Table, source: SourceFile) -> Table:
    """Columns by our names; what follows them keeps its own."""
    pairs = zip(source.columns, source.opened.columns, strict=True)
    return table.rename({ours: theirs for ours, theirs in pairs if ours != theirs})


def _as_meant(table: Table, source: SourceFile) -> Table:
    return cells.as_meant(source.dataset, table, units=dict(source.units), of_workbook=_of_workbook(source))


def _of_workbook(source: SourceFile) -> bool:
    return source.opened.form in (Form.XLSX, Form.XLS)


def _numbered(db: DuckDB, raw: Table, source: SourceFile, mangled: Sequence[NoRow]) -> Table:
    """CSV rows with `line`, the one an editor shows: cells may hold line breaks, and some lines are no rows."""
    counted = raw.mutate(place=ibis.row_number())
    if not mangled and lines_in(source.opened.rows) == 1 + db.fetch(raw.count().as_table()).column(0)[0].as_py():
        return counted.mutate(line=(counted.place + 2).cast("int64"))  # so no cell holds a break, and no line is blank
    no_rows = sorted(lost.line + n for lost in mangled for n in range(lost.more_lines + 1))
    if len(no_rows) > MOST_SHIFTS or not can_be_counted(source.opened.rows, list(source.opened.headers)):
        lines = lines_of_rows(source.opened.rows, {lost.line for lost in mangled})
        return _joined(db, counted, lines)
    breaks = reduce(lambda a, b: a + b, (_breaks(raw[c]) for c in source.columns))
    counted = counted.mutate(breaks=breaks)
    before = counted.breaks.sum().over(ibis.window(order_by="place", preceding=None, following=0)) - counted.breaks
    line = counted.place + 2 + before
    shifts = [ibis.ifelse(line >= lost - above, 1, 0) for above, lost in enumerate(no_rows)]
    return counted.mutate(line=reduce(lambda a, b: a + b, shifts, line).cast("int64"))


def _joined(db: DuckDB, counted: Table, lines: NDArray[np.int64]) -> Table:
    places = pa.table({"place": pa.array(np.arange(len(lines))), LINE: pa.array(lines)})
    return counted.join(db.from_arrow(places), "place")


def _breaks(text: Value) -> Value:
    """Line breaks inside a quoted cell: each moves the rows below it by one line."""
    return (text.length() - text.replace("\n", "").length()).fill_null(0)
