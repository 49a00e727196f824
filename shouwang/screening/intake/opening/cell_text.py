"""Cells of a workbook as text, so that a cell reads the same whichever format the file came in."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

LARGEST_EXACT = 2**53
"""Excel keeps no whole number beyond this; an id typed as a number has lost its last digits and is no id any more."""
DAYS_TO_1904 = 1462
"""From Excel's day 0 of workbooks that count from 1900 to that of those that count from 1904."""
_DAY_NUMBERS = range(10_000, 100_000)
"""Where one stands for a day it has five digits: 1931-05-19 and later, counted from 1904."""


def since_1900(cell: object) -> object:
    """A cell of a column of days, counted from 1904, as it is counted elsewhere; what is no such number stays."""
    text = cell_text(cell)
    whole, _, part = text.partition(".")
    if isinstance(cell, bool) or not (whole.isdecimal() and int(whole) in _DAY_NUMBERS):
        return cell
    return f"{int(whole) + DAYS_TO_1904}{'.' if part else ''}{part}"


def cell_text(cell: object) -> str:
    """One cell; empty for nothing."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _number(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) <= LARGEST_EXACT else repr(number)


def column_text(cells: Sequence[object]) -> pa.Array:
    """A column; most are of one kind."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return pa.array(cells, pa.string())
    if kinds == {float}:
        return pa.array(map(_number, cells), pa.string())  # type: ignore[arg-type]
    return pa.array(map(cell_text, cells), pa.string())
