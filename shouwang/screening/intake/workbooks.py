"""XLSX sheets as text, so that a cell reads the same whichever format the file came in."""

import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

LINE = "line"
LARGEST_EXACT = 2**53
"""Excel keeps no whole number beyond this; an id typed as a number has lost its last digits and is no id any more."""


class WorkbookFault(ValueError):  # noqa: N818  a fault of the data
    """A workbook that cannot be opened."""


def _rows(path: Path, limit: int | None = None) -> list[list[object]]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheet = book.get_sheet_by_index(0)
            rows: list[list[object]] = sheet.to_python(skip_empty_area=False, nrows=limit)
            return rows
    except (CalamineError, OSError, zipfile.BadZipFile, IndexError) as error:
        raise WorkbookFault("打不开") from error


def _text(cell: object) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) <= LARGEST_EXACT else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def first_row(path: Path) -> list[str]:
    """The first row as text. Errors: `WorkbookFault`."""
    rows = _rows(path, limit=1)
    return [_text(cell) or "" for cell in rows[0]] if rows else []


def read_sheet(path: Path, columns: tuple[str, ...]) -> pa.Table:
    """All rows below the first, as text, with their line in the sheet.

    Shape: the given columns in file order and `line`. Unknown: an empty cell. Wholly empty rows are left out.
    """
    width = len(columns)
    lines: list[int] = []
    cells: list[list[str | None]] = [[] for _ in columns]
    for line, row in enumerate(_rows(path)[1:], start=2):
        texts = [_text(cell) for cell in row[:width]]
        texts += [None] * (width - len(texts))
        if any(text is not None for text in texts):
            lines.append(line)
            for column, text in zip(cells, texts, strict=True):
                column.append(text)
    arrays = [pa.array(column, pa.string()) for column in cells]
    return pa.table([*arrays, pa.array(lines, pa.int64())], names=[*columns, LINE])
