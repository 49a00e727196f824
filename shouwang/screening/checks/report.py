"""What the checks found, for people: a workbook per town, and one table of all rules by county.

The workbooks travel, so they name nobody: household ids, who of the household, the relation; no names, ids or phones.
"""

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from shouwang.areas import AreaCode, AreaTree
from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.run import Checked, Count, Step, lacking
from shouwang.terms.errors import UserError

TABLE = "规则与县.csv"
ELSEWHERE = "未知乡镇"
COLUMNS = (
    ("户编号", 18), ("村", 22), ("第几人", 8), ("与户主关系", 12), ("登记册行", 10), ("规则", 26), ("问题", 44),
    ("程度", 8), ("怎么办", 44), ("核实结果", 24),
)  # fmt: skip


Told = dict[str, tuple[str, str, str]]
"""Rule to its sentence, its severity and its cure."""


def write_report(checked: Checked, tree: AreaTree, folder: Path, step: Step = lambda *_: None) -> int:
    """Write the table and the workbooks into an empty folder. Answers how many workbooks."""
    write_table(checked, tree, folder / TABLE)
    told = {rule.code: (rule.sentence(checked.figures), rule.severity.zh, rule.cure_zh) for rule in RULES}
    towns = [(town, list(rows)) for town, rows in groupby(_rows(checked), key=lambda row: row["area_code"][:9])]
    for done, (town, rows) in enumerate(towns, start=1):
        step("工作簿", done, len(towns))
        _write_workbook(told, tree, rows, folder / f"{_file_name(tree, town)}.xlsx")
    return len(towns)


def _rows(checked: Checked) -> Iterator[dict[str, Any]]:
    for batch in checked.findings.to_batches(max_chunksize=50_000):
        yield from batch.to_pylist()


def _file_name(tree: AreaTree, town: str) -> str:
    name = area_name(tree, town)
    return f"{town}-{name.replace(' ', '-')}" if name else f"{town or '000000000'}-{ELSEWHERE}"


def area_name(tree: AreaTree, code: str) -> str:
    """The names from the county down; '' for a code this edition does not have."""
    try:
        return tree.path(AreaCode(code))
    except (UserError, ValueError):
        return ""


def _write_workbook(told: Told, tree: AreaTree, rows: list[dict[str, Any]], path: Path) -> None:
    villages = {code: area_name(tree, code).rpartition(" ")[2] for code in {row["area_code"] for row in rows}}
    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("问题")
        bold = book.add_format({"bold": True})
        for place, (header, width) in enumerate(COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, header, bold)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, start=1):
            sentence, severity, cure = told[row["rule"]]
            person = [row["member"] or "", row["relation"] or "", row["row"] or ""]
            cells = [row["household_id"], villages[row["area_code"]], *person, row["rule"], sentence, severity, cure]
            for place, cell in enumerate(cells):
                sheet.write(line, place, cell)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)


def write_table(checked: Checked, tree: AreaTree, path: Path) -> None:
    """Every rule by county: findings and how many could not be judged; a rule that was not run says what it lacks."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["规则", "问题", "程度", "县", "发现", "无法判断", "未运行的原因"])
        for rule in RULES:
            head = [rule.code, rule.sentence(checked.figures), rule.severity.zh]
            if rule.code in checked.not_run:
                writer.writerow([*head, "", "", "", f"缺少：{lacking(checked.not_run[rule.code])}"])
                continue
            for county, count in (checked.counts[rule.code] or {"": Count()}).items():
                where = area_name(tree, county) or ("未知" if county else "全部")
                writer.writerow([*head, where, count.findings, count.unknown, ""])
