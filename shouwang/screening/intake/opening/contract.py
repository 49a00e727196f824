"""What any delivered file becomes: a table of text, and an account of what was done to it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LINE = "line"
"""The column that says on which row of the sheet, or line of the text, a person sees the row (from 1)."""


class Form(StrEnum):
    """What a file is, by its content; what its name says does not count."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    PARQUET = "parquet"


@dataclass(frozen=True)
class Repair:
    """One thing that was put right without losing anything."""

    code: str
    """encoding, separator, zip, sheet, title, header, columns, total, signature, cells, blank, formula, days."""
    said: str
    """In Chinese, for the liaison: 编码 GB18030 → UTF-8."""
    count: int
    """How many rows, columns or cells; 1 for a thing of the whole file."""


@dataclass(frozen=True)
class NoRow:
    """A stretch of the file that is no row: its first line, how many further lines, and why. It is quarantined."""

    line: int
    more_lines: int
    reason: str


@dataclass(frozen=True)
class Opened:
    """A delivered file, opened.

    Shape of `rows`: the file itself where `is_straight` (UTF-8, commas, header in line 1, clean cells: DuckDB reads
    it as it lies; or Parquet), else a Parquet file in the scratch folder: the text columns that `columns` names, and
    `line` (int64). Unknown: an empty cell is null. Cells there are free of what nobody sees: blanks at the ends,
    invisible signs, the apostrophe or ="…" that keeps Excel from reading a number; line breaks are gone, full-width
    digits and letters are half-width. They are otherwise as delivered: no date, amount or name is read.
    A file with any of that is never read straight, except for blanks at the ends of cells.
    """

    path: Path
    """As delivered; never changed."""
    form: Form
    headers: tuple[str, ...]
    """As delivered, cleaned; two rows and merged cells are joined: 住院_总费用. Columns that are blank are gone."""
    columns: tuple[str, ...]
    """The name in `rows` of each header's column; of a CSV file read straight, only their number and order count."""
    header_line: int
    """The last line of the header; 0 for Parquet, which has none."""
    rows: Path
    is_straight: bool
    sheet: str = ""
    """Name of the sheet; empty for text."""
    title: str = ""
    """What stands above the header, line by line: it may name the month, the area, the unit."""
    repairs: tuple[Repair, ...] = ()
    no_rows: tuple[NoRow, ...] = ()
    """What a person must put right; known here only where not `is_straight` (else DuckDB's reader tells)."""
