"""What calamine does not tell of an XLSX sheet: how far its cells reach, and which formulas hold no result.

calamine makes room for every cell between the first and the last, so that two cells in far corners would take all
memory and the process with it; and it reads a formula without a result, or with an error, as an empty cell.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from shouwang.screening.intake.opening.archive import DAMAGED, refuse_bomb
from shouwang.terms.errors import DataError, Fault

LARGEST_AREA = 50_000_000
"""Cells, blank ones included: a million rows of 47 columns."""
LARGEST_PART = 1 << 20
_CHUNK = 1 << 20
_SPACED = bytes.maketrans(b"\t\r\n", b"   ")
_FAR = re.compile(rb""" r\s*=\s*["'](?:[A-Za-z]{2}|[A-Za-z]?\d{7})""")
"""Begins with two plain characters, which `re` looks for four times as fast as for a class."""
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_KIND = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")
NO_RESULT = "#公式"
"""What stands in the cell of a formula nobody has reckoned: no empty cell, and no value of any kind."""
BROKEN = Fault("打不开：文件不完整或已损坏", "用 Excel 或 WPS 打开，另存为 .xlsx 再交")


@dataclass(frozen=True)
class Unread:
    """Cells that calamine reads as empty though they are not: (row, column) from 0 → what to say instead."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)


def unread_cells(path: Path, name: str) -> dict[str, Unread]:
    """Sheet name → its unread cells. Errors: `DataError` for a broken workbook, a bomb, cells too far apart."""
    try:
        with zipfile.ZipFile(path) as book:
            for member in book.infolist():
                refuse_bomb(member, name)
            parts = _parts(book)
            return {sheet: _scanned(book, part, name) for sheet, part in parts.items()}
    except (*DAMAGED, ElementTree.ParseError, KeyError):
        raise DataError([Fault(BROKEN.found, BROKEN.cure, name)]) from None


def counts_from_1904(path: Path) -> bool:
    """True where the numbers of days count from 1904, as a workbook begun on a Mac may. The file was read before."""
    with zipfile.ZipFile(path) as book:
        settings = [one for one in _xml(book, "xl/workbook.xml") if one.tag.rpartition("}")[2] == "workbookPr"]
    return any(one.get("date1904") in ("1", "true") for one in settings)


def _parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → where its cells lie in the zip; what is no sheet of cells is left out."""
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", "").replace("/xl/", "")))
        for relation in _xml(book, "xl/_rels/workbook.xml.rels")
    }
    names = set(book.namelist())
    found = {}
    for element in _xml(book, "xl/workbook.xml").iter():
        if element.tag.endswith("}sheet") or element.tag == "sheet":
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
            part = targets.get(relation, "")
            if part in names:
                found[element.get("name", "")] = part
    return found


def _xml(book: zipfile.ZipFile, part: str) -> ElementTree.Element:
    with book.open(part) as stream:
        return ElementTree.fromstring(stream.read(LARGEST_PART))


def _scanned(book: zipfile.ZipFile, part: str, name: str) -> Unread:
    unread: dict[tuple[int, int], str] = {}
    last_row = last_column = 0
    with book.open(part) as stream:
        for piece in _pieces(iter(lambda: stream.read(_CHUNK), b"")):
            if _FAR.search(piece.translate(_SPACED)):
                row, column = _furthest(piece)
                last_row, last_column = max(last_row, row), max(last_column, column)
                if last_row * last_column > LARGEST_AREA:
                    found = f"工作表伸到第 {last_row} 行、第 {last_column} 列，其中几乎都是空的"
                    raise DataError([Fault(found, "把有数据的部分复制到新的工作簿再交", name)])
            if b'"e"' in piece or b"<f" in piece or b":f>" in piece:
                unread.update(_without_result(piece))
    return Unread(unread)


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, cut before a cell begins."""
    carried = b""
    for chunk in chunks:
        carried += chunk
        cut = carried.rfind(b"<c ")
        if cut <= 0:
            cut = max(0, carried.rfind(b"<"))
        yield carried[:cut]
        carried = carried[cut:]
    yield carried


def _furthest(piece: bytes) -> tuple[int, int]:
    row = column = 0
    for letters, digits in set(_PLACE.findall(piece)):
        row = max(row, int(digits[:12]))
        column = max(column, _column(letters))
    return row, max(column, 26)


def _column(letters: bytes) -> int:
    """From 1: A, B … Z, AA."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _without_result(piece: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, body in _CELL.findall(piece):
        kind = _KIND.search(attributes)
        result = _RESULT.search(body)
        place = _PLACE.search(attributes)
        if not place:
            continue
        at = (int(place.group(2)) - 1, _column(place.group(1)) - 1)
        if kind and kind.group(1) == b"e":
            yield at, result.group(1).decode("ascii", "replace") if result else NO_RESULT
        elif _FORMULA.search(body) and not result and not (kind and kind.group(1) == b"str"):
            yield at, NO_RESULT
