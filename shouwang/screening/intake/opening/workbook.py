"""XLSX and XLS: the one visible sheet that holds a table, read once."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as Type
from python_calamine import SheetVisibleEnum as Visible

from shouwang.screening.intake.opening.cell_text import cell_text
from shouwang.screening.intake.opening.cleaning import clean
from shouwang.screening.intake.opening.contract import Form, Opened, Repair
from shouwang.screening.intake.opening.faults import no_header, refusal
from shouwang.screening.intake.opening.layout import DEEPEST, Header, find_header, title_of
from shouwang.screening.intake.opening.rows import CHUNK, Chunk, Found, write_rows
from shouwang.screening.intake.opening.sheet_parts import BROKEN, Unread, unread_cells

T = TypeVar("T")
Cells = Sequence[object]


def open_workbook(path: Path, form: Form, *, target: Path, name: str) -> Opened:
    """Read the sheet that holds the table into `target`. Errors: `DataError`; `name` is how messages call the file."""
    unread = unread_cells(path) if form is Form.XLSX else {}
    book = _told(lambda: CalamineWorkbook.from_path(path), name)
    try:
        sheet, header, repairs = _table(book, name)
        left_out = unread.get(sheet.name, Unread())
        if left_out.cells:
            said = f"{len(left_out.cells)} 个单元格的公式没有结果或出错：打开后重新计算，选择性粘贴为数值"
            repairs.append(Repair("formula", said, len(left_out.cells)))
        title = title_of(_head(sheet), header)
        found = Found(path, form, header, header.last + 1, title, sheet.name, tuple(repairs))
        return write_rows(found, _chunks(sheet, header, left_out), target=target)
    finally:
        book.close()


def _told(read: Callable[[], T], name: str) -> T:
    """What calamine says of a workbook it cannot read, in our words; it may also panic, which is no `Exception`."""
    try:
        return read()
    except PasswordError:
        raise refusal("工作簿有打开密码", "去掉密码另存一份再交，密码不要随文件发送", name) from None
    except (CalamineError, OSError, ValueError, IndexError):
        raise refusal(BROKEN.found, BROKEN.cure, name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise refusal(BROKEN.found, BROKEN.cure, name) from None


def _table(book: CalamineWorkbook, name: str) -> tuple[CalamineSheet, Header, list[Repair]]:
    """The one visible sheet with a header, and what was passed over."""
    sheets = book.sheets_metadata
    visible = [m.name for m in sheets if m.typ is Type.WorkSheet and m.visible is Visible.Visible]
    tables, filled = [], 0
    for title in visible:
        sheet = _told(lambda title=title: book.get_sheet_by_name(title), name)  # type: ignore[misc]
        filled += sheet.start is not None
        header = find_header(_head(sheet), _merged(sheet)) if sheet.start else None
        if header:
            tables.append((sheet, header))
    ours = [(sheet, header) for sheet, header in tables if header.known >= 2] or tables
    if len(ours) > 1:
        named = "、".join(f"“{sheet.name}”" for sheet, _ in ours)
        raise refusal(f"有 {len(ours)} 个工作表都像数据：{named}", "每个文件只留一个工作表，分开交", name)
    if not ours:
        hidden = len(sheets) > len(visible)
        raise no_header(name) if filled else refusal("工作表是空的", _empty_cure(hidden), name)
    repairs = []
    if len(sheets) > len(visible):
        said = f"跳过隐藏的工作表 {len(sheets) - len(visible)} 个"
        repairs.append(Repair("sheet", said, len(sheets) - len(visible)))
    if filled > 1:
        repairs.append(Repair("sheet", f"{filled} 个工作表中读了“{ours[0][0].name}”", filled - 1))
    return *ours[0], repairs


def _empty_cure(hidden: bool) -> str:
    return "数据若在隐藏的工作表里，取消隐藏再交" if hidden else "重新导出再交；当月没有数据时也要留表头"


def _head(sheet: CalamineSheet) -> list[list[str]]:
    return [[clean(cell_text(cell)) for cell in row] for row in islice(sheet.iter_rows(), DEEPEST)]


def _merged(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Merged areas, in columns counted from the first that holds anything."""
    left = (sheet.start or (0, 0))[1]
    return [((top, a - left), (bottom, b - left)) for (top, a), (bottom, b) in sheet.merged_cell_ranges or []]


def _chunks(sheet: CalamineSheet, header: Header, unread: Unread) -> Iterator[Chunk]:
    """The rows below the header; line 1 is the first row of the sheet."""
    rows, first = islice(sheet.iter_rows(), header.last + 1, None), header.last + 2
    left = (sheet.start or (0, 0))[1]
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), said in unread.cells.items():
        by_row.setdefault(row + 1, []).append((column - left, said))
    while chunk := list(islice(rows, CHUNK)):
        lines = list(range(first, first + len(chunk)))
        for line in by_row.keys() & set(lines) if by_row else ():
            for column, said in by_row[line]:
                if 0 <= column < len(header.names):
                    chunk[line - first][column] = said
        yield Chunk(lines, chunk)
        first += len(chunk)
