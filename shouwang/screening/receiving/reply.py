"""The workbook that goes back to the department: its own rows with faults, the bad cells marked and explained.

It names people, so it stays inside CITY, and only its owner may read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.opening import LINE
from shouwang.screening.intake.raw_rows import raw_rows
from shouwang.screening.receiving.checking import TOLD, Checked
from shouwang.screening.receiving.hints import hints
from shouwang.screening.receiving.people import People
from shouwang.screening.receiving.verdict import ACCEPTED, Verdict

REPLY = "reply.xlsx"
MOST_ROWS = 10_000
"""More rows than this nobody corrects by hand; the first sheet says how many there are."""
SUMMARY, ROWS, NO_ROWS = "说明", "需要更正的行", "读不出来的行"
WHY, WHERE = "哪里有错", "原文件行号"


@dataclass(frozen=True)
class _Formats:
    title: Any
    head: Any
    bad: Any
    wrapped: Any


def write_reply(path: Path, db: DuckDB, checked: Checked, verdict: Verdict, *, people: People | None) -> None:
    """Write it. Cells are written as text: nothing a department wrote can become a formula."""
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(path, options) as book:
        formats = _Formats(
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "bg_color": "#DDE7EE", "border": 1, "text_wrap": True}),
            book.add_format({"bg_color": "#FFD9D9", "border": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        _summary(book.add_worksheet(SUMMARY), verdict, formats)
        if checked.bad is not None:
            _rows(book.add_worksheet(ROWS), _bad_rows(db, checked, people), checked, formats)
        if checked.no_rows:
            _no_rows(book.add_worksheet(NO_ROWS), checked, formats)
    path.chmod(0o600)


def _summary(sheet: Any, verdict: Verdict, formats: _Formats) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    lines = iter(range(10_000))
    counts = verdict.counts
    sheet.write_string(next(lines), 0, f"{verdict.office} {verdict.zh} {verdict.month} 的回复", formats.title)
    for name, said in (
        (
            "结果",
            "已收下，有错的行请更正后把整份文件再交一次" if verdict.status == ACCEPTED else "整份退回，请更正后再交",
        ),
        ("行数", f"读入 {counts.read:,} = 可用 {counts.used:,} + 不能用 {counts.quarantined:,}" if counts else ""),
        *(("退回原因", f"{fault.found}。{fault.cure}") for fault in verdict.faults),
        *(("请核对", warning) for warning in verdict.warnings),
        *(("有错", fault.said) for fault in verdict.cell_faults),
        ("说明", f"“{ROWS}”里是原文件中有错的行，红色的格子有错，批注写明原因；最多列出 {MOST_ROWS:,} 行"),
    ):
        line = next(lines)
        sheet.write_string(line, 0, name, formats.wrapped)
        sheet.write_string(line, 1, said, formats.wrapped)


def _bad_rows(db: DuckDB, checked: Checked, people: People | None) -> Iterator[dict[str, Any]]:
    assert checked.bad is not None
    raw = raw_rows(db, checked.source, checked.no_rows)
    told = db.keep(checked.bad.order_by(LINE).limit(MOST_ROWS), "told_rows")
    joined = told.inner_join(raw.select(LINE, *checked.source.columns), LINE).order_by(LINE)
    said = hints(db, checked, told, people)
    for batch in db.batches(joined):
        for row in batch.to_pylist():
            yield row | {"hint": said.get(row[LINE], "")}


def _rows(sheet: Any, rows: Iterator[dict[str, Any]], checked: Checked, formats: _Formats) -> None:
    columns, told = checked.source.columns, checked.told_columns
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, len(columns), 20)
    sheet.set_column(len(columns) + 1, len(columns) + 1, 60)
    for place, header in enumerate((WHERE, *checked.source.opened.headers, WHY)):
        sheet.write_string(0, place, header, formats.head)
    for line, row in enumerate(rows, start=1):
        sheet.write_number(line, 0, row[LINE])
        why = []
        for place, name in enumerate(columns, start=1):
            reason = row.get(TOLD + name)
            sheet.write_string(line, place, row[name] or "", formats.bad if reason else None)
            if reason:
                reason += row["hint"] if name == "id_number" else ""
                sheet.write_comment(line, place, reason, {"author": "守望"})
                why.append(f"{told[TOLD + name]}：{reason}")
        sheet.write_string(line, len(columns) + 1, "；".join(why), formats.wrapped)


def _no_rows(sheet: Any, checked: Checked, formats: _Formats) -> None:
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, WHERE, formats.head)
    sheet.write_string(0, 1, WHY, formats.head)
    for line, lost in enumerate(checked.no_rows[:MOST_ROWS], start=1):
        last = f"–{lost.line + lost.more_lines}" if lost.more_lines else ""
        sheet.write_string(line, 0, f"{lost.line}{last}")
        sheet.write_string(line, 1, lost.reason)
