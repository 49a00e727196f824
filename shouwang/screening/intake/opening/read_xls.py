"""Run by itself, with little memory: an XLS file → its sheets as JSON. A file that ends it ends nothing else.

calamine follows the chains of an XLS file without looking for rings, and believes the lengths it states: a few wrong
bytes take all memory, and with it the process. Imports nothing of ours, so that it starts at once.
"""

import datetime
import json
import resource
import sys

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY = 2 << 30
PASSWORD, BROKEN = 3, 4
"""Exit codes."""


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


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        answer = sheets_of(sys.argv[1])
    except PasswordError:
        sys.exit(PASSWORD)
    except (CalamineError, OSError, ValueError, IndexError, MemoryError):
        sys.exit(BROKEN)
    json.dump(answer, sys.stdout)
