"""A cell of a workbook reads as it would in a CSV file."""

from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter

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
