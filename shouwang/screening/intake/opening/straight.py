"""Whether a CSV file can be read as it lies, by DuckDB: the usual case, told within a fraction of its reading time."""

import csv
import re
from itertools import islice
from pathlib import Path

from shouwang.screening.intake.opening.cleaning import clean
from shouwang.screening.intake.opening.contract import Form, Opened
from shouwang.screening.intake.opening.encodings import LONGEST_LINE
from shouwang.screening.intake.opening.layout import below_the_table, filled, find_header
from shouwang.screening.intake.opening.words import is_total

HEAD, TAIL, BLOCK = 1 << 16, 1 << 13, 1 << 24
LOOKED_AT = 200
_UNSEEN = rb"""
 \xef(?:\xbb\xbf|\xbc[\x90-\x99\xa1-\xba]|\xbd[\x81-\x9a]|\xbf[\xb9-\xbb])  # a mark within, full-width signs
|\xe2(?:\x80[\x80-\x8f\xa8-\xaf]|\x81[\x9f-\xaf]) |\xc2[\x80-\xa0\xad] |\xe1(?:\x9a\x80|\xa0\x8e) |\xe3\x80\x80
|(?:^|[,"])' |(?:^|,)"?= |(?:^|,)"[^"\n]*\n
"""
_DIRT = re.compile(_UNSEEN, re.VERBOSE | re.MULTILINE)
_SUSPECTS = [bytes([code]) for code in (0xEF, 0xE2, 0xC2, 0xE1, 0xE3, 0x27, 0x3D, 0x22)]
"""Bytes that everything in `_DIRT` begins with or holds: each is looked for at the speed of memory."""
_CONTROLS = [bytes([code]) for code in (*range(9), 9, 11, 12, *range(14, 32), 127)]


def read_straight(path: Path) -> Opened | None:
    """The file as DuckDB may read it; None where anything must be put right first.

    That is: UTF-8, commas, a header of one row in line 1, rows as wide as it, nothing below the table, lines ended in
    one way, and no cell with what nobody sees.
    """
    header = _header(path)
    if header is None or not _is_clean(path):
        return None
    columns = tuple(f"c{place}" for place in range(len(header)))
    return Opened(path, Form.TEXT, header, columns, header_line=1, rows=path, is_straight=True)


def _header(path: Path) -> tuple[str, ...] | None:
    rows = _rows(_head(path))
    if not rows:
        return None
    header = find_header([[clean(cell) for cell in row] for row in rows[:3]])
    if header is None or header.last or len(header.names) < 2 or list(header.names) != rows[0] or not all(header.names):
        return None
    if sum(len(row) == len(rows[0]) for row in rows) * 2 < len(rows):
        return None
    tail = [[clean(cell) for cell in row] for row in _rows(_tail(path))]
    below = below_the_table(tail)
    if below.signatures or below.notes or any(is_total(filled(row)[0]) for row in tail if filled(row)):
        return None
    return header.names


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    return head if len(head) < HEAD else head[: head.rfind(b"\n") + 1]


def _tail(path: Path) -> bytes:
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - TAIL))
        tail = stream.read()
    return tail if size <= TAIL else tail[tail.find(b"\n") + 1 :]


def _rows(part: bytes) -> list[list[str]]:
    """The rows of a part of the file; nothing where it is no UTF-8."""
    csv.field_size_limit(LONGEST_LINE)
    try:
        lines = part.decode("utf-8-sig").splitlines(keepends=True)
        return list(islice(csv.reader(lines), LOOKED_AT))
    except (UnicodeDecodeError, csv.Error):
        return []


def _is_clean(path: Path) -> bool:
    """True where no byte of the file must be changed."""
    ends = _LineEnds()
    with path.open("rb") as stream:
        start = stream.read(3)
        if start != b"\xef\xbb\xbf":
            stream.seek(0)
        while block := stream.read(BLOCK):
            block += stream.readline()
            if any(sign in block for sign in _CONTROLS) or not ends.are_one_way(block):
                return False
            if any(sign in block for sign in _SUSPECTS) and _DIRT.search(block):
                return False
    return True


class _LineEnds:
    """Whether all lines so far end in one way."""

    def __init__(self) -> None:
        self._ways: set[str] = set()

    def are_one_way(self, block: bytes) -> bool:
        if b"\r" in block:
            both, returns, feeds = block.count(b"\r\n"), block.count(b"\r"), block.count(b"\n")
            self._ways |= {way for way, n in (("crlf", both), ("cr", returns - both), ("lf", feeds - both)) if n}
        elif b"\n" in block:
            self._ways.add("lf")
        return len(self._ways) <= 1
