"""XLSX and XLS: the one visible sheet that holds a table, read once."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from shouwang.screening.intake.opening.cell_text import cell_text, since_1900
from shouwang.screening.intake.opening.cleaning import clean
from shouwang.screening.intake.opening.contract import Form, Opened, Repair
from shouwang.screening.intake.opening.faults import no_header, refusal
from shouwang.screening.intake.opening.layout import DEEPEST, Header, find_header, title_of
from shouwang.screening.intake.opening.rows import CHUNK, Chunk, Found, write_rows
from shouwang.screening.intake.opening.sheets import Book, Sheet, new_book, old_book
from shouwang.screening.intake.opening.words import is_about_days

Head = list[list[str]]


def open_workbook(path: Path, form: Form, *, target: Path, name: str) -> Opened:
    """Read the sheet that holds the table into `target`. Errors: `DataError`; `name` is how messages call the file."""
    named = _rightly_named(path, form, target.parent)
    book = new_book(named, name) if form is Form.XLSX else old_book(named, name)
    sheet, head, header, repairs = _table(book, name)
    if sheet.unread:
        said = f"{len(sheet.unread)} 个单元格的公式没有结果或出错：打开后重新计算，选择性粘贴为数值"
        repairs.append(Repair("formula", said, len(sheet.unread)))
    days: list[int] = []
    if book.since_1904:
        days = [place for place, header_name in enumerate(header.names) if is_about_days(header_name)]
        repairs.append(Repair("days", "工作簿的日期从 1904 年算起，已照此读", 1))
    title = title_of(head, header)
    found = Found(path, form, header, header.last + 1, title, sheet.name, tuple(repairs))
    return write_rows(found, _chunks(sheet, header, days), target=target)


def _rightly_named(path: Path, form: Form, folder: Path) -> Path:
    """The file under a name that ends as its content is: calamine goes by it, and else hides a password."""
    if path.suffix.lower() == f".{form}":
        return path
    link = folder / f"book.{form}"
    link.symlink_to(path.resolve())
    return link


def _table(book: Book, name: str) -> tuple[Sheet, Head, Header, list[Repair]]:
    """The one visible sheet with a header, its first rows, and what was passed over."""
    tables, read = [], 0
    for sheet in book.sheets:
        read += 1
        head = _head(sheet)
        header = find_header(head, sheet.merged)
        if header:
            tables.append((sheet, head, header))
    ours = [table for table in tables if table[-1].known >= 2] or tables
    if len(ours) > 1:
        named = "、".join(f"“{sheet.name}”" for sheet, *_ in ours)
        raise refusal(f"有 {len(ours)} 个工作表都像数据：{named}", "每个文件只留一个工作表，分开交", name)
    if not ours:
        raise no_header(name) if read else _empty(book, name)
    repairs = []
    if book.hidden:
        repairs.append(Repair("sheet", f"跳过隐藏的工作表 {book.hidden} 个", book.hidden))
    if read > 1:
        repairs.append(Repair("sheet", f"{read} 个工作表中读了“{ours[0][0].name}”", read - 1))
    return *ours[0], repairs


def _empty(book: Book, name: str) -> Exception:
    hidden = "数据若在隐藏的工作表里，取消隐藏再交"
    cure = hidden if book.hidden else "重新导出再交；当月没有数据时也要留表头"
    return refusal("工作表是空的", cure, name)


def _head(sheet: Sheet) -> Head:
    return [[clean(cell_text(cell)) for cell in row] for row in sheet.rows(DEEPEST)]


def _chunks(sheet: Sheet, header: Header, days: Sequence[int]) -> Iterator[Chunk]:
    """The rows below the header; line 1 is the first row of the sheet. `days`: columns whose days count from 1904."""
    rows, first = islice(sheet.rows(), header.last + 1, None), header.last + 2
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), said in sheet.unread.items():
        by_row.setdefault(row + 1, []).append((column, said))
    while chunk := list(islice(rows, CHUNK)):
        for place in days:
            for cells in chunk:
                cells[place] = since_1900(cells[place])
        lines = list(range(first, first + len(chunk)))
        for line in by_row.keys() & set(lines) if by_row else ():
            for column, said in by_row[line]:
                if 0 <= column < len(header.names):
                    chunk[line - first][column] = said
        yield Chunk(lines, list(chunk))
        first += len(chunk)
