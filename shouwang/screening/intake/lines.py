"""On which line of a CSV file things stand: the header is line 1, cells hold line breaks, blank lines are no rows."""

import csv
import mmap
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LONGEST_CELL = 1_000_000
_BLOCK = 1 << 20
_BLANK = re.compile(rb"\n\r?\n|\r\r")


def line_of_byte(path: Path, byte: int) -> int:
    """The first line at or after this byte (from 1) that is not blank; DuckDB may point at the line end before it."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        start = re.compile(rb"[\r\n]*").match(content, byte - 1)
        above = content[: start.end() if start else byte - 1]
    return 1 + (above.count(b"\n") or above.count(b"\r"))


def lines_in(path: Path) -> int:
    """How many lines a file has, whatever stands in them; the last may lack its end."""
    lines, last = 0, b"\n"
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            lines, last = lines + block.count(b"\n"), block[-1:]
    return lines + (last != b"\n")


def can_be_counted(path: Path, header: list[str]) -> bool:
    """True where rows follow a header of one line without blank lines between: a row's place tells its line."""
    if any("\n" in cell for cell in header):
        return False
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _BLANK.search(content) is None


def lines_of_rows(path: Path, mangled: set[int]) -> NDArray[np.int64]:
    """The first line of every row after the header that is neither blank nor mangled, row by row."""
    csv.field_size_limit(LONGEST_CELL)
    lines, above = [], 0
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader(stream)
        for row in reader:
            if row:
                lines.append(above + 1)
            above = reader.line_num
    return np.array([line for line in lines[1:] if line not in mangled], dtype=np.int64)
