"""Workbooks of Excel, old and new: merged headers, hidden sheets, cells as text, numbers, dates, numbers of days."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import xlsxwriter
import xlwt

from shouwang.modelcity.damage.frames import Merge

MADE = datetime(2020, 7, 1)  # noqa: DTZ001  a fixed date inside spreadsheets, so that the same city has the same bytes
_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_DAY_0 = date(1899, 12, 30)
Cell = str | float | int | date
OTHER_SHEETS = (
    ("填表说明", ("填表说明", "1.本表由各单位按月填报。", "2.金额单位为元，日期填写到日。")),
    ("Sheet3", ()),
)


def stored_cell(text: str, stored: str) -> Cell:
    """The text as a number, a date or Excel's number of a day where the column is stored so and it is one."""
    if stored == "number" and _NUMBER.fullmatch(text):
        return float(text)
    if stored in ("date", "serial") and _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return day if stored == "date" else (day - _DAY_0).days
    return text


class Workbook:
    """The rows of one sheet, and what stands beside it in the book."""

    def __init__(self, stored: list[str]) -> None:
        self._stored = stored
        self.rows: list[list[Cell | None]] = []

    def write_rows(self, rows: list[list[str]]) -> None:
        """Titles, headers, totals: all as text."""
        self.rows += [[cell or None for cell in row] for row in rows]

    def write(self, cells: list[pa.StringArray], blank_after: list[bool]) -> list[int]:
        """Rows, some with a blank one behind them. Answers the line on which each stands."""
        columns = [
            [None if text is None else stored_cell(text, stored) for text in column.to_pylist()]
            for column, stored in zip(cells, self._stored, strict=True)
        ]
        lines = []
        for row, blank in zip(zip(*columns, strict=True), blank_after, strict=True):
            self.rows.append(list(row))
            lines.append(len(self.rows))
            if blank:
                self.rows.append([])
        return lines

    def save(self, path: Path, merges: list[Merge], *, others: bool, hidden: bool) -> None:
        """Write the book; `hidden`: with a sheet nobody sees that holds the first rows again."""
        sheets = [("Sheet1", self.rows, True)]
        if others:
            (said, lines), (empty, _) = OTHER_SHEETS
            sheets = [(said, [[line] for line in lines], True), ("明细", self.rows, True), (empty, [], True)]
        if hidden:
            sheets.append(("上月", self.rows[: len(self.rows) // 2], False))
        _SAVE[path.suffix](path, sheets, merges)


Sheets = list[tuple[str, list[list[Cell | None]], bool]]
_WITH_MERGES = ("Sheet1", "明细")


def _areas(name: str, merges: list[Merge]) -> list[Merge]:
    """The merged areas of a sheet; one cell is none."""
    return [area for area in merges if area[:2] != area[2:]] if name in _WITH_MERGES else []


def _save_xlsx(path: Path, sheets: Sheets, merges: list[Merge]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "tmpdir": str(path.parent)})
    book.set_properties({"created": MADE})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows, visible in sheets:
        sheet = book.add_worksheet(name)
        if not visible:
            sheet.hide()
        for top, left, bottom, right in _areas(name, merges):
            sheet.merge_range(top, left, bottom, right, "")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, cell)
    if sheets[0][0] != "Sheet1":
        book.worksheets()[1].activate()
    book.close()


def _save_xls(path: Path, sheets: Sheets, merges: list[Merge]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, rows, visible in sheets:
        sheet = book.add_sheet(name)
        sheet.visibility = 0 if visible else 1
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write(number, place, cell, day)
                elif cell is not None:
                    sheet.write(number, place, cell)
        for top, left, bottom, right in _areas(name, merges):
            sheet.merge(top, bottom, left, right)
    book.save(str(path))


_SAVE: dict[str, Callable[[Path, Sheets, list[Merge]], None]] = {".xlsx": _save_xlsx, ".xls": _save_xls}
