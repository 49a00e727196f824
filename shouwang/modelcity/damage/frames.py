"""What stands above and below the rows of a file, and which column stands where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from shouwang.modelcity import columns
from shouwang.modelcity.damage.column_kinds import Kind
from shouwang.modelcity.damage.habits import Habit, groups_of
from shouwang.modelcity.damage.spellings import words

Row = list[str]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""
NUMBER, REMARK = "序号", "备注"
_REMARKS = ("", "", "", "", "已核实", "户在人不在", "见纸质件")


@dataclass(frozen=True)
class Sheet:
    """Everything of a sheet but its rows of data."""

    above: list[Row]
    """Titles, notes and the header, each as wide as the table."""
    merges: list[Merge]
    below: list[Row]
    places: list[int]
    """Where each column of the data stands."""
    width: int
    stored: list[str]
    """How each place is stored in a workbook."""
    blank_rows: bool


def sheet(habit: Habit, dataset: str, month: str) -> Sheet:
    """The frame of a file, without its totals, which are not known yet."""
    frame = habit.frame
    first = 1 if frame.number_column else 0
    places, at = [], first
    for place in range(len(habit.columns)):
        at += 1 if place in frame.blank_columns else 0
        places.append(at)
        at += 1
    width = at + (1 if len(habit.columns) in frame.blank_columns else 0) + (1 if frame.remark_column else 0)
    stored = ["text"] * width
    for place, column in zip(places, habit.columns, strict=True):
        stored[place] = column.stored
    if frame.number_column:
        stored[0] = "number"
    above, merges = _above(habit, dataset, month, places=places, width=width)
    return Sheet(above, merges, [], places, width, stored, frame.blank_rows)


def _row(width: int, cells: dict[int, str]) -> Row:
    return [cells.get(place, "") for place in range(width)]


def _above(habit: Habit, dataset: str, month: str, *, places: list[int], width: int) -> tuple[list[Row], list[Merge]]:
    title, office = words("offices")[dataset]
    rows, merges = [], []
    if habit.frame.title:
        rows.append(_row(width, {0: f"昆明市{month_zh(month)}{title}"}))
        merges.append((0, 0, 0, width - 1))
    if habit.frame.note_above:
        rows.append(_row(width, {0: f"填报单位：{office}", width - 1: "单位：元"}))
    header, merged = _header(habit, dataset, places=places, width=width)
    merges += [(top + len(rows), left, bottom + len(rows), right) for top, left, bottom, right in merged]
    return [[spell(habit, cell) for cell in row] for row in [*rows, *header]], merges


def spell(habit: Habit, cell: str) -> str:
    """A word of the frame, in Traditional characters if the file is."""
    if not habit.traditional or not cell:
        return cell
    from shouwang.modelcity.damage.spelled import in_traditional

    return str(in_traditional(pa.array([cell.replace("\n", "")]))[0])


def _header(habit: Habit, dataset: str, *, places: list[int], width: int) -> tuple[list[Row], list[Merge]]:
    names = dict(zip(places, (column.header for column in habit.columns), strict=True))
    if habit.frame.number_column:
        names[0] = NUMBER
    if habit.frame.remark_column:
        names[width - 1] = REMARK
    if not habit.frame.two_row_header:
        return [_row(width, names)], []
    top, below, merges = dict(names), {}, []
    place_of = {column.name: place for place, column in zip(places, habit.columns, strict=True)}
    grouped: set[int] = set()
    for word, group in groups_of(dataset, list(place_of)).items():
        left, right = place_of[group[0]], place_of[group[-1]]
        if right - left != len(group) - 1:
            continue
        for place in range(left, right + 1):
            below[place] = names[place]
            top[place] = word if place == left else ""
        grouped |= set(range(left, right + 1))
        merges.append((0, left, 0, right))
    merges += [(0, place, 1, place) for place in names if place not in grouped]
    return [_row(width, top), _row(width, below)], merges


def totals(habit: Habit, sheet: Sheet, *, rows: int, sums: Sequence[int]) -> Row:
    """合计 and the sums of the amounts. Units: `sums` in fen, one for each column of the data."""
    cells = {0: "合计"}
    for place, column, fen in zip(sheet.places, habit.columns, sums, strict=True):
        if column.kind is Kind.MONEY and place > 0:
            cells[place] = f"{fen // 100:,}.{fen % 100:02d}"
    if len(cells) == 1 and sheet.width > 1:
        cells[1] = f"{rows}条"
    return _row(sheet.width, cells)


def below(habit: Habit, sheet: Sheet, month: str, *, rows: int, sums: Sequence[int]) -> list[Row]:
    """All that stands under the data."""
    out = []
    if habit.frame.totals:
        out.append(totals(habit, sheet, rows=rows, sums=sums))
    if habit.frame.signatures:
        out.append(
            _row(sheet.width, {0: "填表人：", sheet.width // 2: "审核人：", sheet.width - 1: "单位负责人：（签字）"})
        )
    if habit.frame.note_below:
        last = (np.datetime64(month, "M") + 1).astype("datetime64[D]") - 1
        out.append(_row(sheet.width, {0: f"注：本表数据截至{last.item():%Y年%m月%d日}。"}))
    return [[spell(habit, cell) for cell in row] for row in out]


def laid_out(cells: list[pa.StringArray], sheet: Sheet, habit: Habit, *, first: int) -> list[pa.StringArray]:
    """Every place of the sheet as a column: the data, its numbers, remarks and what is blank."""
    count = len(cells[0])
    blank = pa.nulls(count, pa.string())
    out = [blank] * sheet.width
    for place, column in zip(sheet.places, cells, strict=True):
        out[place] = column
    if habit.frame.number_column:
        out[0] = columns.numbers(np.arange(first, first + count)).cast(pa.string())
    if habit.frame.remark_column:
        out[-1] = columns.labels(_REMARKS, np.arange(first, first + count) % len(_REMARKS))
    return out


def month_zh(month: str) -> str:
    """2020-06 → 2020年6月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"
