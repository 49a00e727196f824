"""Where the table lies in what people sent: what stands above it, its header of one row or more, what stands below."""

from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.screening.intake.opening.words import is_known_header, is_note, is_signature, is_total, is_value

DEEPEST = 60
"""A header further down than this is none; so many rows from the end are looked at for signatures and notes."""
LONGEST_HEADER = 40
JOINT = "_"
"""Between the words of two header rows: 住院_总费用."""

Row = Sequence[str]
Merged = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged area, as (row, column) from 0."""


@dataclass(frozen=True)
class Header:
    """Rows `first` to `last` (from 0) of the file are its header; `names` has one word per column, empty for none."""

    first: int
    last: int
    names: tuple[str, ...]
    known: int
    """How many names are headers of some dataset."""

    @property
    def rows(self) -> int:
        return self.last - self.first + 1


def find_header(rows: Sequence[Row], merged: Sequence[Merged] = ()) -> Header | None:
    """The header among the first rows (cells cleaned); None where no row looks like one.

    A row of headers of ours wins wherever it stands; without any, the first row of words as wide as the table.
    """
    best = _best_row(rows)
    if best is None:
        return None
    first, last = best, best
    while first > 0 and best - first < 2 and _is_group_row(rows[first - 1], rows[first], merged, first - 1):
        first -= 1
    while last + 1 < len(rows) and last - best < 2 and _is_second_row(rows[last], rows[last + 1], first, merged):
        last += 1
    names = _joined(rows[first : last + 1], merged, first)
    return Header(first, last, names, sum(is_known_header(name.split(JOINT)[-1]) for name in names if name))


def title_of(rows: Sequence[Row], header: Header) -> str:
    """What stands above the header, a line for a row."""
    return "\n".join(" ".join(filled(row)) for row in rows[: header.first] if filled(row))


def filled(row: Row) -> list[str]:
    """The cells that hold something."""
    return [cell for cell in row if cell]


def _best_row(rows: Sequence[Row]) -> int | None:
    width = max((len(filled(row)) for row in rows), default=0)
    known: list[int] = []
    for place, row in enumerate(rows):
        known.append(sum(map(is_known_header, filled(row))))
        if known[-1] >= 2 and known[-1] * 2 >= len(filled(row)):
            return place  # most of its words are ours: no row below can be more of a header
    if known and max(known) >= min(2, width) > 0:
        return known.index(max(known))
    for place, row in enumerate(rows):
        words = filled(row)
        if words and (len(words) * 2 > width or known[place]) and (len(words) > 1 or known[place]):
            return place if _are_words(words) else None
    return None


def _are_words(cells: Sequence[str]) -> bool:
    return len(set(cells)) == len(cells) and all(
        len(cell) <= LONGEST_HEADER and not is_value(cell) and not is_total(cell) for cell in cells
    )


def _is_group_row(row: Row, below: Row, merged: Sequence[Merged], place: int) -> bool:
    """True for words over groups of columns; false for a title, which spans them all, and for notes."""
    words = filled(row)
    if not words or any(is_value(word) or any(sign in word for sign in ":：。；") for word in words):
        return False
    if any(len(word) > LONGEST_HEADER for word in words):
        return False
    widest = max((last - first + 1 for (top, first), (_, last) in merged if top == place), default=0)
    return len(words) >= 2 or 1 < widest < len(filled(below))


def _is_second_row(above: Row, row: Row, top: int, merged: Sequence[Merged]) -> bool:
    """True for words that stand under empty cells of the header: the columns of a group."""
    words = filled(row)
    if not words or any(is_value(word) or is_total(word) or len(word) > LONGEST_HEADER for word in words):
        return False
    if is_signature(words[0]) or is_note(words[0]):
        return False
    wide = max(len(above), len(row))
    over, under = (list(cells) + [""] * (wide - len(cells)) for cells in (above, row))
    both = sum(1 for a, b in zip(over, under, strict=True) if a and b)
    news = sum(1 for a, b in zip(over, under, strict=True) if b and not a)
    if not news or (len(words) == wide and not any(is_known_header(word) for word in words)):
        return False
    return both <= _groups(over) or any(is_known_header(word) for word in words)


def _groups(over: list[str]) -> int:
    """How many cells have empty ones to their right: they may be groups."""
    return sum(1 for a, b in zip(over, [*over[1:], ""], strict=True) if a and not b)


def _joined(rows: Sequence[Row], merged: Sequence[Merged], top: int) -> tuple[str, ...]:
    width = max(len(row) for row in rows)
    parts: list[list[str]] = [[] for _ in range(width)]
    for place, row in enumerate(rows):
        under = rows[place + 1] if place < len(rows) - 1 else []
        spread = _spread(row, under, merged, top + place) + [""] * (width - len(row))
        for column, cell in enumerate(spread):
            if cell and cell not in parts[column]:
                parts[column].append(cell)
    last = list(rows[-1]) + [""] * (width - len(rows[-1]))
    above = [list(row) + [""] * (width - len(row)) for row in rows[:-1]]
    return tuple(
        JOINT.join(words) if last[column] or any(row[column] for row in above) else ""
        for column, words in enumerate(parts)
    )


def _spread(row: Row, under: Row, merged: Sequence[Merged], place: int) -> list[str]:
    """A group's word over all its columns: as merged, else up to the next word, where words stand below."""
    spread = list(row)
    here = [(first, last) for (top, first), (_, last) in merged if top == place and last > first]
    if here:
        for first, last in here:
            spread[first : last + 1] = [spread[first]] * (min(last, len(row) - 1) - first + 1)
        return spread
    word = ""
    for column, cell in enumerate(spread):
        word = cell or word
        spread[column] = word if cell or (column < len(under) and under[column]) else ""
    return spread


@dataclass(frozen=True)
class Below:
    """What the last rows are: the first `rows` of them are data, the rest is told apart."""

    rows: int
    signatures: int
    notes: int


def below_the_table(rows: Sequence[Row]) -> Below:
    """Where the data ends and signatures and notes begin; blank rows and totals between them belong to neither."""
    end, signatures, notes = len(rows), 0, 0
    pending = 0
    for place in range(len(rows) - 1, -1, -1):
        words = filled(rows[place])
        if not words or is_total(words[0]):
            continue
        if is_signature(words[0]):
            end, signatures, notes, pending = place, signatures + 1, notes + pending, 0
        elif is_note(words[0]):
            end, notes, pending = place, notes + 1 + pending, 0
        elif len(words) == 1 and rows[place][0] and len(words[0]) > 3:
            pending += 1  # a further line of a note, if a note stands above it
        else:
            break
    return Below(end, signatures, notes)
