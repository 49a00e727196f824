"""Delivered files of national lists → tables of text in DuckDB, with the line of every row."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from shouwang.screening.datasets.national_lists import BY_NAME, ListKind, kind_of, understood
from shouwang.screening.intake.cell_sql import parquet
from shouwang.screening.intake.folding import quoted
from shouwang.screening.intake.lines import LONGEST_CELL, can_be_counted
from shouwang.screening.intake.opening import Form, NoRow, Opened, open_file
from shouwang.terms.errors import DataError, Fault, UserError

KEYS = {
    ListKind.NAMES: ("household_id", "person_id"),
    ListKind.PEOPLE: ("household_id", "person_id"),
    ListKind.HOMES: ("household_id",),
}
"""What tells the rows of a list apart; a list without one of them cannot be used."""


@dataclass(frozen=True)
class Delivered:
    """One file, read. Shape of `table`: `line` and text columns `c0`, `c1` … in the order of `headers`."""

    label: str
    kind: ListKind
    headers: tuple[str, ...]
    table: str
    of_workbook: bool
    no_rows: tuple[NoRow, ...]
    repairs: tuple[str, ...]
    sha256: str


def read_files(
    con: duckdb.DuckDBPyConnection, paths: Sequence[Path], kind: ListKind | None, scratch: Path
) -> list[Delivered]:
    """Open and read all files. Errors: `UserError` (no such file), `DataError` with all faults of all files."""
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise UserError(f"没有这个文件：{'、'.join(missing)}", "检查路径")
    found: list[Delivered] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            opened = open_file(path, scratch=scratch)
            found.append(_read(con, opened, _kind(opened, kind), f"file_{len(found)}"))
        except DataError as error:
            faults += error.faults
    if faults:
        raise DataError(sorted(faults))
    return found


def _kind(opened: Opened, wanted: ListKind | None) -> ListKind:
    """Errors: `DataError` where the headers are those of no list, of two, or lack what tells rows apart."""
    kind = wanted or kind_of(opened.headers)
    label = opened.path.name
    names = {column.name for column in understood(opened.headers) if column}
    if kind is None and "household_id" in names:
        raise DataError([Fault("看不出是人口名单还是人员信息表", "用 --kind names 或 --kind people 指明", label)])
    lacks = [BY_NAME[name].header for name in KEYS[kind or ListKind.HOMES] if name not in names]
    if lacks:
        raise DataError(
            [Fault(f"缺少列 {header}", "这不像全国名单：补上这一列，或交别的文件", label) for header in lacks]
        )
    return kind or ListKind.HOMES


def _read(con: duckdb.DuckDBPyConnection, opened: Opened, kind: ListKind, table: str) -> Delivered:
    no_rows = opened.no_rows
    if opened.form is Form.PARQUET or not opened.is_straight:
        _from_parquet(con, opened, table)
    else:
        no_rows = (*no_rows, *_from_text(con, opened, table))
    with opened.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Delivered(
        label=opened.path.name,
        kind=kind,
        headers=opened.headers,
        table=table,
        of_workbook=opened.form in (Form.XLSX, Form.XLS),
        no_rows=no_rows,
        repairs=tuple(repair.said for repair in opened.repairs),
        sha256=digest,
    )


def _from_parquet(con: duckdb.DuckDBPyConnection, opened: Opened, table: str) -> None:
    """A Parquet file that was delivered, or what the opener made of another."""
    cells = ", ".join(
        f'"{name.replace(chr(34), chr(34) * 2)}"::varchar as c{n}' for n, name in enumerate(opened.columns)
    )
    line = "file_row_number + 2" if opened.is_straight else "line"
    con.execute(
        f"create table {table} as select ({line})::bigint as line, {cells}"
        f" from {parquet(opened.rows, numbered=opened.is_straight)}"
    )


def _from_text(con: duckdb.DuckDBPyConnection, opened: Opened, table: str) -> list[NoRow]:
    """A clean CSV file at the speed of the engine; one with lines that are no rows, line by line."""
    names = {f"c{n}": "VARCHAR" for n in range(len(opened.headers))}
    if can_be_counted(opened.rows, list(opened.headers)):
        try:
            con.execute(
                f"create table {table} as select row_number() over () + 1 as line, *"
                f" from read_csv({quoted(str(opened.rows))}, columns = {names}, header = true, auto_detect = false,"
                f" delim = ',', quote = '\"', escape = '\"', max_line_size = {LONGEST_CELL})"
            )
            return []
        except duckdb.InvalidInputException:
            con.execute(f"drop table if exists {table}")
    return _line_by_line(con, opened, table)


def _line_by_line(con: duckdb.DuckDBPyConnection, opened: Opened, table: str) -> list[NoRow]:
    csv.field_size_limit(LONGEST_CELL)
    width, rows, no_rows, above = len(opened.headers), [], [], 0
    with opened.rows.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        for row in reader:
            line, above = above + 1, reader.line_num
            if line <= opened.header_line or not row:
                continue
            if len(row) == width:
                rows.append((line, row))
            else:
                no_rows.append(NoRow(line, above - line, "列数不足" if len(row) < width else "列数过多"))
    cells = {f"c{n}": pa.array([row[n] or None for _, row in rows], pa.string()) for n in range(width)}
    arrow = pa.table({"line": pa.array([line for line, _ in rows], pa.int64()), **cells})
    con.register("lines_read", arrow)
    con.execute(f"create table {table} as from lines_read")
    con.unregister("lines_read")
    return no_rows
