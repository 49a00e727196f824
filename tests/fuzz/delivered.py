"""Small tables, and the clothes they are sent in: what hypothesis draws, and how it is written."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter
import xlwt
from hypothesis import strategies as st

HEADERS = ("姓名", "证件号码", "险种", "赔付日期", "赔付金额", "备注", "学校", "Ward No.")
HAN = st.text("张王李赵一二丽·阿依古戶証囍𠮷", min_size=1, max_size=4)
CELLS = st.one_of(
    st.just(""),
    HAN,
    st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
    st.dates().map(str),
    st.decimals(0, 10**8, places=2).map(str),
    st.sampled_from(["有,逗号", '有"引号"', "分号；与;", "竖|线", "a b", "省级", "12%", "是", "-", "3/4"]),
)


@dataclass(frozen=True)
class Table:
    """Headers and rows of text; the first cell of a row is never empty."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Dress:
    """How a table is written; nothing of it may change a cell."""

    form: str = "csv"
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\n"
    quoted: bool = False
    zipped: bool = False
    titles: tuple[str, ...] = ()
    groups: bool = False
    total: bool = False
    below: tuple[str, ...] = ()
    blank_columns: frozenset[int] = frozenset()
    blank_rows: bool = False
    other_sheets: bool = False
    unseen: tuple[str, ...] = field(default=("plain",))
    """What is put around cells, in turn."""


UNSEEN: dict[str, Callable[[str], str]] = {
    "plain": lambda cell: cell,
    "zero width": lambda cell: f"\u200b{cell}\u200d",
    "byte order mark": lambda cell: f"\ufeff{cell}",
    "blanks": lambda cell: f"  {cell}\u3000",
    "no-break": lambda cell: f"\u00a0{cell}",
    "apostrophe": lambda cell: f"'{cell}" if cell else cell,
    "as text": lambda cell: f'="{cell}"' if cell and '"' not in cell else cell,
    "line break": lambda cell: f"{cell}\n",
    "full width": lambda cell: cell.translate({ord("0") + n: ord("０") + n for n in range(10)}),
}
TITLES = st.sampled_from(["昆明市2020年6月保险理赔明细表", "填报单位：某局", "（内部资料，注意保存）", ""])
BELOW = st.sampled_from(
    ["填表人：", "审核人：", "单位负责人（签字）：", "填报日期：2020年7月3日", "注：以上为当月数据。"]
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """One to eight columns of ours, up to twelve rows."""
    width = draw(st.integers(2, len(HEADERS)))
    rows = draw(st.lists(st.tuples(HAN, *[CELLS] * (width - 1)), max_size=12))
    return Table(HEADERS[:width], tuple(row for row in rows if any(row[1:])))


@st.composite
def dresses(draw: st.DrawFn, forms: tuple[str, ...] = ("csv", "txt", "xlsx", "xls")) -> Dress:
    """Any clothes."""
    unseen = st.lists(st.sampled_from(sorted(UNSEEN)), min_size=1, max_size=3)
    return Dress(
        form=draw(st.sampled_from(forms)),
        encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])),
        separator=draw(st.sampled_from([",", "\t", ";", "|"])),
        line_end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        quoted=draw(st.booleans()),
        zipped=draw(st.booleans()),
        titles=tuple(draw(st.lists(TITLES, max_size=3))),
        groups=draw(st.booleans()),
        total=draw(st.booleans()),
        below=tuple(draw(st.lists(BELOW, max_size=3))),
        blank_columns=draw(st.frozensets(st.integers(0, 3), max_size=2)),
        blank_rows=draw(st.booleans()),
        other_sheets=draw(st.booleans()),
        unseen=tuple(draw(unseen)),
    )


def dressed_rows(table: Table, dress: Dress) -> list[list[str]]:
    """All rows of the file, above, within and below the table."""
    body = [[UNSEEN[dress.unseen[n % len(dress.unseen)]](cell) for n, cell in enumerate(row)] for row in table.rows]
    header = [*table.headers]
    rows: list[list[str]] = [[title, *[""] * (len(header) - 1)] for title in dress.titles]
    if dress.groups and len(header) > 2:
        rows.append(["基本信息", "", "业务信息", *[""] * (len(header) - 3)])
    rows.append(header)
    for row in body:
        rows.append(row)
        if dress.blank_rows:
            rows.append([""] * len(header))
    if dress.total:
        rows.append(["合计", *[""] * (len(header) - 2), "100.00"])
    rows += [[words, *[""] * (len(header) - 1)] for words in dress.below]
    return [_with_blanks(row, sorted(dress.blank_columns)) for row in rows]


def _with_blanks(row: list[str], places: list[int]) -> list[str]:
    wide = list(row)
    for place in places:
        wide.insert(min(place + 1, len(wide)), "")
    return wide


def write(table: Table, dress: Dress, folder: Path) -> Path:
    """Write the table in its clothes; the file's name gives the form away only where it is not zipped."""
    rows = dressed_rows(table, dress)
    path = folder / f"file.{dress.form}"
    if dress.form == "xlsx":
        _write_xlsx(path, rows, dress)
    elif dress.form == "xls":
        _write_xls(path, rows, dress)
    else:
        path.write_bytes(text_of(rows, dress).encode(dress.encoding))
    if not dress.zipped:
        return path
    with zipfile.ZipFile(folder / "file.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(path, path.name)
    return folder / "file.zip"


def text_of(rows: list[list[str]], dress: Dress) -> str:
    """The rows as a text."""
    stream = io.StringIO(newline="")
    breaks = "line break" in dress.unseen  # Python quotes a line break only where lines end with it
    quoting = csv.QUOTE_ALL if dress.quoted or breaks else csv.QUOTE_MINIMAL
    csv.writer(stream, delimiter=dress.separator, lineterminator=dress.line_end, quoting=quoting).writerows(rows)
    return stream.getvalue()


def _write_xlsx(path: Path, rows: list[list[str]], dress: Dress) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    if dress.other_sheets:
        book.add_worksheet("空表")
    sheet = book.add_worksheet("数据")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(line, column, cell)
    if dress.other_sheets:
        hidden = book.add_worksheet("旧数据")
        hidden.write_row(0, 0, ["姓名", "证件号码"])
        hidden.hide()
    book.close()


def _write_xls(path: Path, rows: list[list[str]], dress: Dress) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("数据")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                sheet.write(line, column, cell)
    if dress.other_sheets:
        hidden = book.add_sheet("旧数据")
        hidden.write(0, 0, "姓名")
        hidden.write(0, 1, "证件号码")
        hidden.visibility = 1
    book.save(str(path))
