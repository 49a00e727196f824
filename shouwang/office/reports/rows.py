"""The tables of an overview as one table, for a file: which table, which line, 户, 人, money."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.office.reports.queries.cells import Cell
from shouwang.office.reports.queries.overview import LevelRow, Overview
from shouwang.office.warnings.queries.telling import named
from shouwang.terms.level import Level

COLUMNS = (
    gettext_lazy("表"),
    gettext_lazy("地区"),
    gettext_lazy("项目"),
    gettext_lazy("户"),
    gettext_lazy("人"),
    gettext_lazy("金额（元）"),
)
Row = list[str | int | None]


def rows_of(found: Overview) -> Iterator[Row]:
    """Every line of every table. Unknown: an empty cell, never 0."""
    area = found.area
    yield _row(_("登记册"), area, _("全部农户"), found.all)
    for line in [*found.levels, found.warned]:
        yield _row(_("疑似（筛查）"), area, _name(line), line.suspected)
    levels = [*found.levels[:5], found.warned]
    yield from (_row(_("已认定（县级）"), area, _name(line), line.confirmed) for line in levels)
    yield from ([_("较上月（已认定）"), area, _name(line), line.change, None, None] for line in levels)
    for kind in found.cross:
        for level, cell in enumerate(kind.cells, start=1):
            word = _("建档立卡") if kind.is_registered else _("一般农户")
            yield _row(
                _("类型与级别（已认定）"),
                area,
                f"{word} {named(kind.national_type) or _('无类型')} {Level(level).numeral}",
                cell,
            )
    for title, lines in (
        (_("在办步骤"), found.states),
        (_("超期"), found.late),
        (_("今天到期"), [(_("合计"), found.due_today)]),
        (_("本月"), found.month),
        (_("有帮扶措施"), [(_("有措施"), found.helped.part), (_("应有"), found.helped.whole)]),
        (_("消除"), [(_("已消除"), found.removal.part), (_("累计纳入"), found.removal.whole)]),
    ):
        for name, cell in lines:
            yield _row(title, area, name, cell)
    for row in [*found.money, found.money_in_all]:
        amount = None if row.amount_fen is None else _yuan(row.amount_fen)
        yield [*_row(_("资金（本年）"), area, row.name, row.cell)[:5], amount]
    for county in found.counties_late or ():
        yield _row(_("县级超期：审定"), county.area, county.name, county.decisions)
        yield _row(_("县级超期：定级别"), county.area, county.name, county.rechecks)
    for place in found.places:
        yield _row(_("下级：全部农户"), place.area, place.name, place.all)
        yield _row(_("下级：疑似Ⅰ–Ⅳ"), place.area, place.name, place.suspected)
        yield _row(_("下级：已认定"), place.area, place.name, place.confirmed)
        yield _row(_("下级：超期"), place.area, place.name, place.late)


def _row(table: str, area: str, name: str, cell: Cell | None) -> Row:
    if cell is None:
        return [table, area, name, None, None, None]
    return [table, area, name, cell.households_shown, cell.people_shown, None]


def _name(line: LevelRow) -> str:
    if line.level:
        return Level(line.level).numeral
    return {"unverified": _("待核实"), "unassessed": _("未评估")}.get(line.status, _("Ⅰ–Ⅳ合计"))


def _yuan(fen: int) -> str:
    """To the fen, as text: a spreadsheet's number would round."""
    return f"{fen // 100}.{fen % 100:02d}"
