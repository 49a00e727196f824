"""What a comparison of two lists leaves: pairs.csv, the rows that stand alone, a workbook for people, a summary."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from shouwang.screening.intake.folding import quoted
from shouwang.screening.linkage import waterfall
from shouwang.screening.linkage.bands import DOUBTFUL, LINKED, Band
from shouwang.screening.linkage.compare import Compared
from shouwang.screening.linkage.reading import ListFile

SHEET_ROWS = 50_000
"""Rows a sheet shows; the CSV files hold all of them."""
NOTHING_KNOWN = "姓名、证件号码、出生日期和电话都空着，无从比较"
NOBODY_ALIKE = "没有相像的人"
ONLY_DOUBTFUL = "只有存疑的对象，见“存疑”"
_IDENTITY = ("name", "id", "birth", "phone")


def write_report(found: Compared, left: ListFile, right: ListFile, out: Path) -> dict[str, Any]:
    """Write everything into `out`. Returns the summary."""
    _write_pairs(found, out / "pairs.csv")
    for side, name in (("l", "only_left.csv"), ("r", "only_right.csv")):
        _write_alone(found, side, out / name)
    told = summary(found, left, right)
    (out / "summary.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _write_workbook(found, left, right, told, out / "match.xlsx")
    return told


def _write_pairs(found: Compared, path: Path) -> None:
    found.con.execute(
        "copy (select row_l as left_row, row_r as right_row, round(probability, 6) as probability, band from pairs"
        f" order by all) to {quoted(str(path))} (header, delimiter ',')"
    )


def _write_alone(found: Compared, side: str, path: Path) -> None:
    if found.lists.is_one and side == "r":
        return
    found.con.execute(f"create or replace temp table alone_{side} as {_alone(found, side)}")
    found.con.execute(f"copy (from alone_{side} order by row) to {quoted(str(path))} (header, delimiter ',')")


def _alone(found: Compared, side: str) -> str:
    """Rows of one list that are linked to none of the other, and why."""
    table = found.lists.left if side == "l" else found.lists.right
    of_side = "select row_{} as row, band from pairs"
    pairs = of_side.format(side)
    if found.lists.is_one:
        pairs = f"{of_side.format('l')} union all {of_side.format('r')}"
    unknown = " and ".join(f"t.{column} is null" for column in _IDENTITY)
    return (
        f"with best as (select row, max(band = '{Band.LINKED}') as linked from ({pairs}) group by row)"
        f" select t.row, case when {unknown} then '{NOTHING_KNOWN}' when b.row is null then '{NOBODY_ALIKE}'"
        f" else '{ONLY_DOUBTFUL}' end as reason from {table} t left join best b using (row)"
        " where not coalesce(b.linked, false)"
    )


def summary(found: Compared, left: ListFile, right: ListFile) -> dict[str, Any]:
    """What was compared, by what, and how much of it was found."""
    counted = dict(found.con.execute("select band, count(*) from pairs group by band").fetchall())
    sides = {"left": ("l", left), "right": ("r", right)}
    if found.lists.is_one:
        sides.pop("right")
    return {
        "rows": {name: found.lists.rows(f"list_{side}") for name, (side, _) in sides.items()},
        "pairs": {band.value: counted.get(band.value, 0) for band in Band},
        "alone": {name: found.lists.rows(f"alone_{side}") for name, (side, _) in sides.items()},
        "columns": {name: _said_columns(file) for name, (_, file) in sides.items()},
        "compared": [c.zh for c in found.comparisons],
        "has_learnt": found.has_learnt,
        "bands": {"linked_from": LINKED, "doubtful_from": DOUBTFUL},
        "within_one_list": found.lists.is_one,
    }


def _said_columns(file: ListFile) -> dict[str, list[str]]:
    return {field: [file.opened.headers[n] for n in places] for field, places in file.columns.places.items()}


def _write_workbook(found: Compared, left: ListFile, right: ListFile, told: dict[str, Any], path: Path) -> None:
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        _fill(book.add_worksheet("说明"), bold, _explained(told))
        for title, band in (("一致", Band.LINKED), ("存疑", Band.DOUBTFUL)):
            _fill(book.add_worksheet(title), bold, _pair_rows(found, left, right, band))
        sheets = [("只在左表", "l", left), ("只在右表", "r", right)]
        for title, side, file in sheets[:1] if found.lists.is_one else sheets:
            _fill(book.add_worksheet(title), bold, _alone_rows(found, side, file))


def _fill(sheet: Worksheet, bold: object, rows: Iterator[list[Any]]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 30, 16)
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is not None:
                sheet.write(number, place, value, *([bold] if number == 0 else []))


def _explained(told: dict[str, Any]) -> Iterator[list[Any]]:
    yield ["项目", "数值"]
    yield ["左表行数", told["rows"]["left"]]
    if not told["within_one_list"]:
        yield ["右表行数", told["rows"]["right"]]
    yield ["一致（对）", told["pairs"]["linked"]]
    yield ["存疑（对），请人定", told["pairs"]["doubtful"]]
    yield ["比对的内容", "、".join(told["compared"])]
    yield ["一致：可能性不低于", LINKED]
    yield ["存疑：可能性不低于", DOUBTFUL]
    yield [
        "说明",
        f"每张表至多列 {SHEET_ROWS:,} 行，全部结果在 CSV 文件里；依据后的数字是比特：+10 约为一千倍的可能，−10 相反",
    ]


def _pair_rows(found: Compared, left: ListFile, right: ListFile, band: Band) -> Iterator[list[Any]]:
    """Both records side by side, and the words that led there; the most doubtful first."""
    wide = [_shown(left), _shown(right)]
    heads = [[f"{side}：{file.opened.headers[n]}" for n in places] for side, file, places in
             (("左", left, wide[0]), ("右", right, wide[1]))]  # fmt: skip
    yield ["左表行", "右表行", "可能性", "依据", *heads[0], *heads[1]]
    cells = [f"l.c{n} as l{n}" for n in wide[0]] + [f"r.c{n} as r{n}" for n in wide[1]]
    right_rows = "rows_l" if found.lists.is_one else "rows_r"
    answer = found.con.execute(
        f"select p.*, {', '.join(cells)} from pairs p join rows_l l on l.row = p.row_l join {right_rows} r"
        f" on r.row = p.row_r where band = '{band}' order by abs(probability - 0.5), row_l, row_r limit {SHEET_ROWS}"
    )
    names = [column[0] for column in answer.description]
    for row in answer.fetchall():
        pair = dict(zip(names, row, strict=True))
        words = waterfall.in_words(found.comparisons, pair)
        rival = "；另有相近的人" if pair["has_rival"] else ""
        shown = [pair[f"l{n}"] for n in wide[0]] + [pair[f"r{n}"] for n in wide[1]]
        yield [pair["row_l"], pair["row_r"], round(pair["probability"], 4), words + rival, *shown]


def _alone_rows(found: Compared, side: str, file: ListFile) -> Iterator[list[Any]]:
    places = _shown(file)
    yield ["行", "原因", *(file.opened.headers[n] for n in places)]
    cells = ", ".join(f"r.c{n}" for n in places)
    answer = found.con.execute(
        f"select a.row, a.reason, {cells} from alone_{side} a join rows_{side} r using (row)"
        f" order by 1 limit {SHEET_ROWS}"
    )
    yield from (list(row) for row in answer.fetchall())


def _shown(file: ListFile) -> list[int]:
    """The columns that were compared, in the order of the file."""
    return sorted({n for places in file.columns.places.values() for n in places})
