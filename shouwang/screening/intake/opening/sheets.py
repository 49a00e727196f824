"""The sheets of a workbook, whichever way they are read."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as Type
from python_calamine import SheetVisibleEnum as Visible

from shouwang.screening.intake.opening import read_xls
from shouwang.screening.intake.opening.faults import refusal
from shouwang.screening.intake.opening.layout import Merged
from shouwang.screening.intake.opening.sheet_parts import BROKEN, Unread, counts_from_1904, unread_cells
from shouwang.terms.errors import DataError

AT_ONCE = 2_000_000
"""So many cells become Python's at once, which is faster; those of a larger sheet row by row."""
LONGEST = 300
"""Seconds after which an XLS file is given up."""
T = TypeVar("T")


class Sheet(Protocol):
    """A visible sheet. Rows begin with the first of the sheet, cells with the first column that holds anything."""

    @property
    def name(self) -> str: ...

    @property
    def merged(self) -> Sequence[Merged]: ...

    @property
    def unread(self) -> dict[tuple[int, int], str]:
        """Cells that would read as empty though they are not: (row, column) as in `rows` → what stands there."""

    def rows(self, most: int | None = None) -> Iterator[list[object]]:
        """All rows from the top of the sheet, or the first so many."""


@dataclass(frozen=True)
class Book:
    """The visible sheets of a workbook that hold anything, read one by one, and how many are hidden."""

    sheets: Iterator[Sheet]
    hidden: int
    since_1904: bool
    """Numbers that stand for days count from 1904-01-01; cells that Excel shows as days are right already."""


@dataclass(frozen=True)
class _New:
    """A sheet of an XLSX workbook, as calamine holds it."""

    sheet: CalamineSheet
    name: str
    merged: Sequence[Merged]
    unread: dict[tuple[int, int], str]

    def rows(self, most: int | None = None) -> Iterator[list[object]]:
        if most is None and self.sheet.total_height * self.sheet.width > AT_ONCE:
            return iter(self.sheet.iter_rows())
        top = self.sheet.start[0] if self.sheet.start else 0
        above: list[list[object]] = [[""] * self.sheet.width for _ in range(top)]
        return chain(above[:most], self.sheet.to_python(nrows=most if most is None else max(0, most - top)))


@dataclass(frozen=True)
class _Old:
    """A sheet of an XLS workbook, as another process read it."""

    name: str
    merged: Sequence[Merged]
    cells: list[list[object]]
    unread: dict[tuple[int, int], str] = field(default_factory=dict)

    def rows(self, most: int | None = None) -> Iterator[list[object]]:
        return iter(self.cells[:most])


def new_book(path: Path, name: str) -> Book:
    """An XLSX workbook. Errors: `DataError`; `name` is how messages call the file."""
    unread = unread_cells(path, name)
    book = told(lambda: CalamineWorkbook.from_path(path), name)
    shown = [m.name for m in book.sheets_metadata if m.typ is Type.WorkSheet and m.visible is Visible.Visible]
    hidden = len(book.sheets_metadata) - len(shown)
    return Book(_new_sheets(book, shown, unread, name), hidden, counts_from_1904(path))


def _new_sheets(book: CalamineWorkbook, shown: list[str], unread: dict[str, Unread], name: str) -> Iterator[Sheet]:
    with book:
        for title in shown:
            sheet = _read(book, title, name)
            if sheet.start:
                left = sheet.start[1]
                cells = unread[title].cells if title in unread else {}
                moved = {(row, column - left): said for (row, column), said in cells.items()}
                yield _New(sheet, title, _moved(sheet.merged_cell_ranges or [], left), moved)


def _read(book: CalamineWorkbook, title: str, name: str) -> CalamineSheet:
    return told(lambda: book.get_sheet_by_name(title), name)


def old_book(path: Path, name: str) -> Book:
    """An XLS workbook. Errors: `DataError`; `name` is how messages call the file."""
    command = [sys.executable, "-I", read_xls.__file__, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise refusal(BROKEN.found, BROKEN.cure, name) from None
    if done.returncode == read_xls.PASSWORD:
        raise locked(name)
    if done.returncode:
        raise refusal(BROKEN.found, BROKEN.cure, name)
    read = json.loads(done.stdout)
    found: list[dict[str, Any]] = read["sheets"]
    sheets = [
        _Old(sheet["name"], _moved(sheet["merged"] or [], sheet["start"][1]), sheet["rows"])
        for sheet in found
        if sheet["visible"] and sheet["start"]
    ]
    return Book(iter(sheets), sum(not sheet["visible"] for sheet in found), read["since_1904"])


def locked(name: str) -> DataError:
    """A workbook nobody can read without its password."""
    return refusal("工作簿有打开密码", "去掉密码另存一份再交，密码不要随文件发送", name)


def _moved(merged: Sequence[Any], left: int) -> list[Merged]:
    return [((top, first - left), (bottom, last - left)) for (top, first), (bottom, last) in merged]


def told(read: Callable[[], T], name: str) -> T:
    """What calamine says of a workbook it cannot read, in our words; it may also panic, which is no `Exception`."""
    try:
        return read()
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, OSError, ValueError, IndexError):
        raise refusal(BROKEN.found, BROKEN.cure, name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refusal(BROKEN.found, BROKEN.cure, name) from None
