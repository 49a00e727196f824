"""What stands between the cells of a text."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from shouwang.screening.intake.opening.contract import NoRow
from shouwang.screening.intake.opening.encodings import LONGEST_LINE
from shouwang.screening.intake.opening.words import is_known_header

SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线", "，": "全角逗号", "；": "全角分号"}
UNPAIRED_QUOTE = "引号不成对"


def separator_of(lines: Sequence[str]) -> str:
    """The sign that makes a known header, or else the most cells, of these lines; a comma where none makes two."""

    def merit(sign: str) -> tuple[int, int]:
        rows = [row for row in islice(readable_rows(iter(lines), sign), 60) if len(row) > 1]
        if not rows:
            return 0, 0
        known = max(sum(is_known_header(cell) for cell in row) for row in rows)
        (width, times), *_ = Counter(map(len, rows)).most_common(1)
        return known, width * times

    return max(SEPARATORS, key=merit)


def readable_rows(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    """Rows as they come; what cannot be read is left out."""
    reader = csv.reader(lines, delimiter=separator)
    csv.field_size_limit(LONGEST_LINE)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue


@dataclass(frozen=True)
class Line:
    """A row of a text and the line it begins on."""

    number: int
    cells: list[str]


def rows_of(lines: Iterator[str], separator: str, *, no_rows: list[NoRow]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they begin on; blank lines are none. A quote that is not paired is named in `no_rows`."""
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    above = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            no_rows.append(NoRow(above + 1, reader.line_num - above - 1, UNPAIRED_QUOTE))
            row = []
        if row:
            yield above + 1, row
        above = reader.line_num
