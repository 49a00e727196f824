"""A cell of a workbook reads as it would in a CSV file."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter
import xlwt

from shouwang.screening.intake.opening import open_file

CELLS = [
    ("text", "文字", "文字"),
    ("an empty text", "", None),
    ("nothing", None, None),
    ("a whole number", 12, "12"),
    ("an amount", 12.5, "12.5"),
    ("an amount that was reckoned", 0.1 + 0.2, "0.3"),
    ("yes", True, "是"),
    ("no", False, "否"),
    ("a day", date(2020, 6, 18), "2020-06-18"),
    ("the first moment of a day", datetime(2020, 6, 18), "2020-06-18"),  # noqa: DTZ001  Excel knows no zones
    ("a moment", datetime(2020, 6, 18, 9, 30), "2020-06-18T09:30:00"),  # noqa: DTZ001  Excel knows no zones
    ("an id typed as a number: its last digits are lost", 530113198003010472, "5.301131980030105e+17"),
    ("the largest number Excel keeps whole", 2**53, "9007199254740992"),
]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        sheet.write_row(line, 0, row)
    book.close()
    return path


@pytest.mark.parametrize(("name", "cell", "text"), CELLS, ids=[name for name, _, _ in CELLS])
def test_cell(tmp_path: Path, name: str, cell: object, text: str | None) -> None:
    opened = open_file(workbook(tmp_path / "book.xlsx", [["甲", "乙"], ["always", cell]]), scratch=tmp_path)
    assert opened.headers == ("甲", "乙")
    assert pq.read_table(opened.rows).to_pylist() == [{"c0": "always", "c1": text, "line": 2}]


def test_rows_short_wide_and_empty(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", [["甲", "乙"], ["short"], [], [None, "", "beyond"], ["x", "y", "beyond"]])
    opened = open_file(path, scratch=tmp_path)
    rows = [tuple(row.values()) for row in pq.read_table(opened.rows).to_pylist()]
    assert rows == [("short", None, None, 2), (None, None, "beyond", 4), ("x", "y", "beyond", 5)]
    assert opened.headers == ("甲", "乙", "")
    assert [(repair.code, repair.count) for repair in opened.repairs] == [("blank", 1)]


DATED = ("姓名", "赔付日期", "赔付金额")
JUNE = datetime(2020, 6, 18)  # noqa: DTZ001  Excel knows no zones
NUMBERS = {False: 44000, True: 42538}
"""What Excel keeps for 2020-06-18, counted from 1900 and from 1904."""


def dated_book(path: Path, *, since_1904: bool) -> Path:
    """One day as a cell that is shown as a day, as a bare number, and as a bare number with a time; an amount alike."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd", "date_1904": since_1904})
    sheet = book.add_worksheet()
    number = NUMBERS[since_1904]
    for line, row in enumerate([DATED, ("a", JUNE, 42538), ("b", number, 7), ("c", number + 0.5, 7), ("d", 12, 7)]):
        sheet.write_row(line, 0, row)
    book.close()
    return path


def old_dated_book(path: Path, *, since_1904: bool) -> Path:
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    sheet, shown = book.add_sheet("数据"), xlwt.easyxf(num_format_str="yyyy-mm-dd")
    number = NUMBERS[since_1904]
    for line, row in enumerate([DATED, ("a", JUNE, 42538), ("b", number, 7), ("c", number + 0.5, 7), ("d", 12, 7)]):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell, *[shown] * isinstance(cell, datetime))
    book.save(str(path))
    return path


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize(("make", "name"), [(dated_book, "book.xlsx"), (old_dated_book, "book.xls")])
def test_days_count_from_1904_where_the_workbook_says_so(
    tmp_path: Path, make: Callable[..., Path], name: str, *, since_1904: bool
) -> None:
    opened = open_file(make(tmp_path / name, since_1904=since_1904), scratch=tmp_path)
    found = pq.read_table(opened.rows)
    assert found["c1"].to_pylist() == ["2020-06-18", "44000", "44000.5", "12"]
    assert found["c2"].to_pylist() == ["42538", "7", "7", "7"]
    told = [repair.said for repair in opened.repairs if repair.code == "days"]
    assert told == ["工作簿的日期从 1904 年算起，已照此读"] * since_1904


@pytest.mark.parametrize(("said", "is_so"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_1904_as_it_is_written(tmp_path: Path, said: str, *, is_so: bool) -> None:
    path = dated_book(tmp_path / "made.xlsx", since_1904=True)
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        for part in made.namelist():
            book.writestr(part, made.read(part).replace(b'date1904="1"', f'date1904="{said}"'.encode()))
    opened = open_file(tmp_path / "book.xlsx", scratch=tmp_path)
    days = ["2020-06-18", "44000"] if is_so else ["2016-06-17", "42538"]
    assert pq.read_table(opened.rows)["c1"].to_pylist()[:2] == days
