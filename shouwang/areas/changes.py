"""Areas that were renamed, merged or moved: the former name or code, and the area of today that took its place.

A table has one row per former area: `former_code` (may be empty), `county`, `town`, `village` as they were written
then (empty below the level of the row), `until` (year, month or day), `successor` (a code of today), `source`.
"""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shouwang.areas.code import AreaCode
from shouwang.terms.errors import DataError, Fault, UserError

COLUMNS = ("former_code", "county", "town", "village", "until", "successor", "source")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True)
class Change:
    """One former area. Several changes of one name and different successors: a person decides, the name finds none."""

    names: tuple[str, ...]
    """County, town, village, as far as the area reaches down."""
    successor: AreaCode
    until: str
    """The last year, month or day on which the former name or code held, as the source says it."""
    source: str
    former_code: AreaCode | None = None


def read_changes(
    lines: Iterable[str], *, where: str, known: Callable[[AreaCode], bool] | None = None
) -> tuple[Change, ...]:
    """The rows of a table of changes. `known`: whether a code may be a successor.

    Errors: `DataError` with all faults of the table at once.
    """
    rows = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise DataError([Fault(f"缺少列 {'、'.join(missing)}", f"第一行写作 {','.join(COLUMNS)}", where)])
    faults: list[Fault] = []
    read = []
    for line, row in enumerate(rows, start=2):
        change = _change(row, Place(where, line, faults))
        read.append(change)
        if change and known is not None and not known(change.successor):
            Place(where, line, faults).fault("successor 不在区划表里", "写今天的区划代码")
    if faults:
        raise DataError(faults)
    return tuple(change for change in read if change)


@dataclass(frozen=True)
class Place:
    """A line of a table, and where its faults are gathered."""

    file: str
    line: int
    faults: list[Fault]

    def fault(self, found: str, cure: str) -> None:
        self.faults.append(Fault(found, cure, f"{self.file} 第 {self.line} 行"))


def _change(row: dict[str, str], place: Place) -> Change | None:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    names = tuple(cells[level] for level in ("county", "town", "village") if cells[level])
    if not names or any(cells[low] and not cells[high] for high, low in (("county", "town"), ("town", "village"))):
        place.fault("没有写全原来的县、乡镇、村", "从县写起，写到变更的那一级")
    if not _DATE.fullmatch(cells["until"]):
        place.fault("until 不是日期", "写作 2016、2016-11 或 2016-11-24")
    if not cells["source"]:
        place.fault("没有写 source", "写明批复的文号或其他依据")
    successor, former = _code(cells["successor"], place, "successor"), None
    if cells["former_code"]:
        former = _code(cells["former_code"], place, "former_code")
    return Change(names, successor, cells["until"], cells["source"], former) if successor else None


def _code(text: str, place: Place, column: str) -> AreaCode | None:
    try:
        return AreaCode(text)
    except UserError as error:
        place.fault(f"{column}：{error.found}", error.cure)
        return None
