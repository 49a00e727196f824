"""A workbook of doubtful matches that a person has filled in → decisions kept in CITY."""

from collections import defaultdict
from datetime import date
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from shouwang.screening.linkage.decisions import Decision, Verdict, write_decisions
from shouwang.screening.linkage.doubtful import HEADS, SHEET
from shouwang.terms.errors import DataError, Fault, UserError

_NEEDED = ("序号", "决定", "经办人", "部门数据", "指纹", "人编号")


def settle(city: Path, workbook: Path, *, by: str, on: date) -> tuple[Path | None, dict[str, int]]:
    """Keep what was decided; rows left empty stay doubtful. Returns the file and how many of each verdict.

    Errors: `DataError` with every row that cannot be understood; then nothing is kept.
    """
    found = _read(workbook, by=by, on=on)
    counted = {verdict.value: sum(one.decision is verdict for one in found) for verdict in Verdict}
    return (write_decisions(city, found, on=on) if found else None), counted


def _read(workbook: Path, *, by: str, on: date) -> list[Decision]:
    rows = _rows(workbook)
    heads = [str(cell) for cell in rows[0]] if rows else []
    missing = [head for head in _NEEDED if head not in heads]
    if missing:
        raise UserError(
            f"{workbook.name} 不是存疑清单：缺少列 {'、'.join(missing)}", "用 CITY/matching 里的 doubtful.xlsx"
        )
    place = {head: heads.index(head) for head in HEADS if head in heads}
    faults: list[Fault] = []
    found: list[Decision] = []
    sames: dict[str, list[int]] = defaultdict(list)
    for line, row in enumerate(rows[1:], 2):
        cells = {head: str(row[n]).strip() if n < len(row) else "" for head, n in place.items()}
        if not cells["决定"]:
            continue
        if cells["决定"] not in set(Verdict):
            faults.append(Fault("决定不是“同一人、不是、待查”之一", "改为其中之一", f"{workbook.name} 第 {line} 行"))
            continue
        if not cells["指纹"] or not cells["人编号"]:
            faults.append(Fault("指纹或人编号是空的", "不要改动最右边的两列", f"{workbook.name} 第 {line} 行"))
            continue
        verdict = Verdict(cells["决定"])
        if verdict is Verdict.SAME:
            sames[cells["指纹"]].append(line)
        who = cells["经办人"] or by
        found.append(Decision(cells["部门数据"], cells["指纹"], cells["人编号"], verdict, who, on))
    faults += [
        Fault("同一条所交记录定为两个人", "只留一个“同一人”", f"{workbook.name} 第 {'、'.join(map(str, lines))} 行")
        for lines in sames.values()
        if len(lines) > 1
    ]
    if faults:
        raise DataError(sorted(faults))
    return found


def _rows(workbook: Path) -> list[list[object]]:
    try:
        with CalamineWorkbook.from_path(workbook) as book:
            if SHEET not in book.sheet_names:
                raise UserError(f"{workbook.name} 里没有“{SHEET}”这张表", "用 CITY/matching 里的 doubtful.xlsx")
            rows: list[list[object]] = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
            return rows
    except (CalamineError, OSError):
        raise UserError(f"打不开 {workbook.name}", "另存为 .xlsx 再试") from None
