"""A list out of the register again: the same columns in the same order, every cell as it came."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import xlsxwriter

from shouwang.screening.datasets.national_lists import ListKind
from shouwang.screening.intake.folding import quoted
from shouwang.screening.intake.stored_lists import StoredList, stored_lists
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month

MOST_ROWS = 1_048_576
"""Rows of an Excel sheet, the header included."""
SUFFIXES = (".xlsx", ".csv")


def export_list(city: Path, month: Month, kind: ListKind, out: Path) -> int:
    """Write the list, rows that could not be used included. Answers how many rows.

    Errors: `UserError` where there is no such list, the name is of no format, or it does not fit into a sheet.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise UserError(f"{out.name} 不是 .xlsx 或 .csv", "换一个文件名")
    if out.exists():
        raise UserError(f"{out.name} 已经存在", "换一个文件名，或先移走旧的")
    stored = stored_lists(city / "registry" / str(month)).get(kind)
    if stored is None:
        raise UserError(f"{month} 的登记册里没有{kind.zh}", "只有用 shouwang import 导入过的名单才能导出")
    partial = out.with_name(f".{out.name}.partial")
    try:
        rows = (_write_sheet if out.suffix.lower() == ".xlsx" else _write_text)(stored, partial)
        partial.rename(out)
    finally:
        partial.unlink(missing_ok=True)
    return rows


def _cells(stored: StoredList) -> str:
    columns = ", ".join(f"c{n}" for n in range(len(stored.headers)))
    return f"select {columns} from read_parquet({quoted(str(stored.path))})"


def _rows(con: duckdb.DuckDBPyConnection, stored: StoredList) -> Iterator[tuple[str | None, ...]]:
    reader = con.execute(_cells(stored))
    while rows := reader.fetchmany(10_000):
        yield from rows


def _count(con: duckdb.DuckDBPyConnection, stored: StoredList) -> int:
    ((rows,),) = con.execute(f"select count(*) from ({_cells(stored)})").fetchall()
    return int(rows)


def _write_sheet(stored: StoredList, path: Path) -> int:
    """All cells as text, so that Excel changes neither an id nor a leading zero."""
    with closing(duckdb.connect()) as con:
        count = _count(con, stored)
        if count >= MOST_ROWS:
            raise UserError(f"{count:,} 行放不进一张工作表", "导出为 .csv")
        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
            sheet = book.add_worksheet(stored.kind.zh)
            for place, header in enumerate(stored.headers):
                sheet.write_string(0, place, header)
            for line, row in enumerate(_rows(con, stored), start=1):
                for place, cell in enumerate(row):
                    if cell:
                        sheet.write_string(line, place, cell)
    return count


def _write_text(stored: StoredList, path: Path) -> int:
    """UTF-8 with a mark, so that Excel reads it right."""
    with closing(duckdb.connect()) as con:
        count = _count(con, stored)
        header = ",".join(_csv(h) for h in stored.headers)
        body = path.with_name(f"{path.name}.body")
        try:
            con.execute(f"copy ({_cells(stored)}) to {quoted(str(body))} (format csv, header false)")
            with path.open("wb") as stream, body.open("rb") as rows:
                stream.write(f"\ufeff{header}\n".encode())
                while block := rows.read(1 << 20):
                    stream.write(block)
        finally:
            body.unlink(missing_ok=True)
    return count


def _csv(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n\r') else text
