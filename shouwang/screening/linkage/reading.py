"""Two lists of people as files → tables of what is written, field by field."""

from dataclasses import dataclass

import duckdb

from shouwang.screening.intake.opening import Form, Opened
from shouwang.screening.linkage.headers import Columns
from shouwang.screening.linkage.people import TEXTS

CSV = "header = true, delim = ',', quote = '\"', escape = '\"', auto_detect = false"


@dataclass(frozen=True)
class ListFile:
    """A list as opened, and which column is what."""

    opened: Opened
    columns: Columns


def take_rows(con: duckdb.DuckDBPyConnection, opened: Opened, table: str) -> None:
    """Table: `row` (1 = the first data row) and the file's columns as text, `c0`, `c1` …"""
    select = f"select row_number() over () as row, * from ({_source(opened)})"
    con.execute(f"create or replace temp table {table} as {select}")


def _source(opened: Opened) -> str:
    """The file's columns as `c0`, `c1` … in the order of its headers."""
    path = str(opened.path if opened.is_straight else opened.rows).replace("'", "''")
    names = [f"c{place}" for place in range(len(opened.columns))]
    if opened.is_straight and opened.form is Form.TEXT:
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        return f"from read_csv('{path}', columns = {{{columns}}}, {CSV})"
    taken = ", ".join(f'"{column}"::varchar as {name}' for column, name in zip(opened.columns, names, strict=True))
    order = "" if opened.is_straight else " order by line"
    return f"select {taken} from read_parquet('{path}'){order}"


def take_fields(
    con: duckdb.DuckDBPyConnection, rows: str, out: str, *, columns: Columns, parts: dict[str, int]
) -> None:
    """Table `out`: `row` and every field as written; `parts`: into how many columns address and area are kept apart."""
    told = []
    for field, places in columns.places.items():
        cells = [f"nullif(trim(replace(c{place}, chr(10), ' ')), '')" for place in places]
        if field in TEXTS and parts[field] == len(cells):
            told += [f"{cell} as {field}_{number}" for number, cell in enumerate(cells, 1)]
        else:
            name = f"{field}_1" if field in TEXTS else field
            told.append(f"nullif(concat_ws(' ', {', '.join(cells)}), '') as {name}")
    con.execute(f"create or replace temp table {out} as select row, {', '.join(told)} from {rows}")


def parts_of(left: Columns, right: Columns) -> dict[str, int]:
    """Columns of address and area are compared one by one where both lists have as many, else as one text."""
    same = {}
    for field in TEXTS:
        counts = {len(side.places.get(field, ())) for side in (left, right)}
        same[field] = counts.pop() if len(counts) == 1 else 1
    return same
