"""Lists that leave the office as a file: who took them and when stands in it, and the number of the event they left."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.terms.errors import UserError

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes a text that begins so for a formula; some take the wide signs too."""
Cell = str | int | float | Decimal | None
"""A `Decimal` is an amount of 元, written as a number with two decimals."""
MOST_ROWS = 1_048_576 - 3
"""Lines of a sheet, without the mark, the headings and the totals."""


def exported(
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
    kind: str,
    by: Actor,
    as_: str = XLSX,
    totals: Sequence[Cell] = (),
) -> HttpResponse:
    """The list as a file to keep, marked; leaves an event. `totals` is a last line below it. Unknown: an empty cell.

    Errors: `UserError` where a workbook cannot hold so many rows.
    """
    told = [list(row) for row in rows]
    if as_ != CSV and len(told) > MOST_ROWS:
        raise UserError(_("行数太多，一张表放不下"), _("导出 CSV，或先筛选"))
    event = record(
        Verb.EXPORTED, by=by, subject=(kind, ""), area_code=by.area_code, after={"rows": len(told), "as": as_}
    )
    when = timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M")
    mark = _("导出人 %(who)s（账号 %(account)s），%(when)s，留痕号 %(event)s；仅限工作使用，不得外传") % {
        "who": by.name,
        "account": by.user_id,
        "when": when,
        "event": event.pk,
    }
    lines = [*told, list(totals)] if totals else told
    content = _csv(columns, lines, mark) if as_ == CSV else _xlsx(columns, lines, mark, title)
    kind_of_file = "text/csv; charset=utf-8" if as_ == CSV else XLSX_TYPE
    name = quote(f"{title}-{event.pk}.{CSV if as_ == CSV else XLSX}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind_of_file, headers=headers)


def _csv(columns: Sequence[str], rows: list[list[Cell]], mark: str) -> bytes:
    """The mark stands in a column of its own, so that a cut-out piece bears it too."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*columns, _("水印")])
    writer.writerows([*map(_harmless, row), mark] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _xlsx(columns: Sequence[str], rows: list[list[Cell]], mark: str, title: str) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "comments": mark})
        sheet = book.add_worksheet()
        sheet.set_footer(f"&L{mark.replace('&', '&&')}&R&P/&N")
        sheet.freeze_panes(2, 0)
        sheet.write_string(0, 0, mark, book.add_format({"font_color": "#a4262c"}))
        money = book.add_format({"num_format": "#,##0.00"})
        bold, wrapped = book.add_format({"bold": True, "bg_color": "#efefef"}), book.add_format({"text_wrap": True})
        for place, column in enumerate(columns):
            sheet.write_string(1, place, column, bold)
            sheet.set_column(place, place, 16)
        for line, row in enumerate(rows, start=2):
            for place, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(line, place, cell, money)
                elif cell is not None:
                    is_number = isinstance(cell, int | float)
                    sheet.write(
                        line, place, cell if is_number else str(cell), wrapped
                    )  # a word may wait for its language
    return out.getvalue()
