"""Run by itself, with little memory: an XLS file → its sheets as JSON. A file that ends it ends nothing else.

calamine follows the chains of an XLS file without looking for rings, and believes the lengths it states: a few wrong
bytes take all memory, and with it the process. Imports nothing of ours, so that it starts at once.
"""

import datetime
import json
import re
import resource
import struct
import sys
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 2 << 30
PASSWORD, BROKEN = 3, 4
"""Exit codes."""
_GLOBALS = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")
"""The record that opens the part of a workbook which holds for all its sheets."""
_END, _DAYS = 0x0A, 0x22
_FARTHEST = 4096
"""Bytes: the record about days stands before fonts and formats, in sectors that follow each other."""


def plain(cell: object) -> object:
    """What JSON knows; dates as they are written."""
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return cell if isinstance(cell, str | float | int | bool) else str(cell)


def sheets_of(path: str) -> list[dict[str, object]]:
    """All sheets; the cells of hidden ones are left out."""
    found: list[dict[str, object]] = []
    with CalamineWorkbook.from_path(path) as book:
        for told in book.sheets_metadata:
            visible = told.typ is SheetTypeEnum.WorkSheet and told.visible is SheetVisibleEnum.Visible
            sheet = book.get_sheet_by_name(told.name) if visible else None
            rows = [[plain(cell) for cell in row] for row in sheet.iter_rows()] if sheet and sheet.start else []
            merged = sheet.merged_cell_ranges if sheet else []
            start = sheet.start if sheet else None
            found.append({"name": told.name, "visible": visible, "rows": rows, "merged": merged, "start": start})
    return found


def counts_from_1904(content: bytes) -> bool:
    """True where numbers of days count from 1904; calamine goes by it but does not tell."""
    return any(_says_1904(content[begin.start() :][:_FARTHEST]) for begin in _GLOBALS.finditer(content))


def _says_1904(records: bytes) -> bool:
    place = 0
    while place + 6 <= len(records):
        kind, length = struct.unpack_from("<HH", records, place)
        if kind in (_END, _DAYS):
            return kind == _DAYS and records[place + 4] == 1
        place += 4 + length
    return False


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        since_1904 = counts_from_1904(Path(sys.argv[1]).read_bytes())
        answer = {"since_1904": since_1904, "sheets": sheets_of(sys.argv[1])}
    except PasswordError:
        sys.exit(PASSWORD)
    except (CalamineError, OSError, ValueError, IndexError, MemoryError):
        sys.exit(BROKEN)
    json.dump(answer, sys.stdout)
