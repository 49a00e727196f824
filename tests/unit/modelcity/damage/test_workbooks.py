"""Workbooks hold cells in the way they are stored, merged headers and sheets beside the one that counts."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from shouwang.modelcity.damage.workbooks import Workbook, stored_cell

STORED = ["text", "number", "date", "serial"]
CELLS = [
    pa.array(["530128196504121234", None]),
    pa.array(["1234.50", "1,234.00"]),
    pa.array(["2020-06-18", "2020年6月18日"]),
    pa.array(["2020-06-18", "2020-13-45"]),
]


def book(path: Path, *, others: bool = False, hidden: bool = False, blank: bool = False) -> CalamineWorkbook:
    made = Workbook(STORED)
    made.write_rows([["标题", "", "", ""], ["人员", "", "金额", "日期"], ["号", "额", "", ""]])
    assert made.write(CELLS, [blank, False]) == [4, 6 if blank else 5]
    made.save(
        path, [(0, 0, 0, 3), (1, 0, 1, 1), (1, 2, 2, 2), (1, 3, 2, 3), (4, 0, 4, 0)], others=others, hidden=hidden
    )
    return CalamineWorkbook.from_path(path)


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_cells_are_text_numbers_dates_and_bare_numbers_of_days(tmp_path: Path, suffix: str) -> None:
    rows = book(tmp_path / f"f.{suffix}").get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[3] == ["530128196504121234", 1234.5, date(2020, 6, 18), 44000]
    assert rows[4] == ["", "1,234.00", "2020年6月18日", "2020-13-45"]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_titles_and_headers_are_merged(tmp_path: Path, suffix: str) -> None:
    sheet = book(tmp_path / f"f.{suffix}").get_sheet_by_index(0)
    areas = [((0, 0), (0, 3)), ((1, 0), (1, 1)), ((1, 2), (2, 2)), ((1, 3), (2, 3))]
    assert sorted(sheet.merged_cell_ranges) == areas
    assert sheet.to_python(skip_empty_area=False)[0] == ["标题", "", "", ""]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_other_sheets_stand_before_and_behind_and_one_is_hidden(tmp_path: Path, suffix: str) -> None:
    sheets = book(tmp_path / f"f.{suffix}", others=True, hidden=True).sheets_metadata
    assert [sheet.name for sheet in sheets] == ["填表说明", "明细", "Sheet3", "上月"]
    assert [sheet.visible is SheetVisibleEnum.Visible for sheet in sheets] == [True, True, True, False]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_hidden_sheet_has_the_header_and_rows_nobody_may_read(tmp_path: Path, suffix: str) -> None:
    made = book(tmp_path / f"f.{suffix}", hidden=True)
    assert made.get_sheet_by_name("上月").to_python(skip_empty_area=False)[1][:3] == ["人员", "", "金额"]


def test_blank_row_stands_between(tmp_path: Path) -> None:
    rows = book(tmp_path / "f.xlsx", blank=True).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[4] == ["", "", "", ""]
    assert rows[5][1] == "1,234.00"


@pytest.mark.parametrize(
    ("text", "stored", "cell"),
    [
        ("530128196504121234", "number", "530128196504121234"),  # an id as a number would lose its last digits
        ("12", "number", 12.0),
        ("12元", "number", "12元"),
        ("2020-06-18", "text", "2020-06-18"),
        ("########", "date", "########"),
    ],
)
def test_cell_that_is_no_number_or_date_stays_text(text: str, stored: str, cell: object) -> None:
    assert stored_cell(text, stored) == cell


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_same_rows_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name in ("a", "b"):
        book(tmp_path / f"{name}.{suffix}", others=True, hidden=True)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()
