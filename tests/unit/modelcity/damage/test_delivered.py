"""A file as delivered: everything around the rows is there, and every row is where the truth says."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from shouwang.modelcity.damage.column_kinds import kind
from shouwang.modelcity.damage.delivered import AsAgreed, Handled, Written
from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.habits import Column, FileForm, Frame, Habit

COUNT = 400
TABLE = pa.table(
    {
        "姓名": ["王伟", "普文华", "李玉兰", "张军"] * (COUNT // 4),
        "证件号码": [f"5301281965{n % 12 + 1:02d}1212{n % 10}X" for n in range(COUNT)],
        "就诊类别": ["住院", "门诊", "门特", "门诊"] * (COUNT // 4),
        "结算日期": pa.array([date(2020, 6, 1) + timedelta(days=n % 30) for n in range(COUNT)]),
        **{
            name: pa.array([Decimal(n * 37 + 5) / 100 for n in range(COUNT)], pa.decimal128(18, 2))
            for name in ("总费用", "基本医保支付", "大病保险支付", "医疗救助支付", "个人自付")
        },
    }
)
HEADERS = TABLE.column_names


def habit(form: FileForm = FileForm("csv"), frame: Frame = Frame(), *, cells: float = 0.0, **columns: Any) -> Habit:  # noqa: B008
    written = tuple(
        replace(Column(field.name, kind(field, HEADERS), field.name), **columns.get(field.name, {}))
        for field in TABLE.schema
    )
    return Habit(form, frame, written, traditional=False, cells=cells)


def delivered(folder: Path, way: Habit, *, lossy: float = 0.0) -> tuple[Path, Written]:
    (folder / "medical_settlements").mkdir(exist_ok=True)
    draws = Draws(5, "file")
    file = Handled(folder, way, dataset="medical_settlements", month="2020-06", draws=draws, lossy=lossy)
    file.add(TABLE.slice(0, 0))
    written = file.add(TABLE)
    path = file.close()
    file.abandon()
    return path, written


def text_rows(path: Path, encoding: str = "utf-8", separator: str = ",") -> list[list[str]]:
    text = path.read_bytes().decode(encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_file_without_habits_is_the_table(tmp_path: Path) -> None:
    path, written = delivered(tmp_path, habit())
    rows = text_rows(path)
    assert rows[0] == HEADERS
    assert rows[1:] == [["" if v is None else str(v) for v in row.values()] for row in TABLE.to_pylist()]
    assert written.lines.tolist() == list(range(2, COUNT + 2))


def test_title_note_totals_signatures_and_notes_stand_around(tmp_path: Path) -> None:
    frame = Frame(title=True, note_above=True, totals=True, signatures=True, note_below=True)
    path, written = delivered(tmp_path, habit(frame=frame))
    rows = text_rows(path)
    total = sum(TABLE["个人自付"].to_pylist())
    assert rows[0][0] == "昆明市2020年6月医疗费用结算情况表"
    assert [cell for cell in rows[1] if cell] == ["填报单位：医疗保障局", "单位：元"]
    assert rows[2] == HEADERS
    assert rows[-3][0] == "合计"
    assert rows[-3][-1] == f"{total:,}"
    assert [cell for cell in rows[-2] if cell] == ["填表人：", "审核人：", "单位负责人：（签字）"]
    assert rows[-1][0] == "注：本表数据截至2020年06月30日。"
    assert written.lines[0] == 4


def test_two_rows_of_header_and_their_merges(tmp_path: Path) -> None:
    path, written = delivered(tmp_path, habit(FileForm("xlsx"), Frame(two_row_header=True)))
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    assert rows[0] == ["人员信息", "", "就诊类别", "结算日期", "费用情况", "", "", "", ""]
    assert rows[1] == ["姓名", "证件号码", "", "", *HEADERS[4:]]
    assert sorted(sheet.merged_cell_ranges) == [
        ((0, 0), (0, 1)), ((0, 2), (1, 2)), ((0, 3), (1, 3)), ((0, 4), (0, 8))
    ]  # fmt: skip
    assert written.lines[0] == 3


def test_numbers_remarks_and_blank_columns_stand_beside(tmp_path: Path) -> None:
    frame = Frame(number_column=True, remark_column=True, blank_columns=(2, 9))
    path, _ = delivered(tmp_path, habit(frame=frame))
    rows = text_rows(path)
    assert rows[0] == ["序号", *HEADERS[:2], "", *HEADERS[2:], "", "备注"]
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, COUNT + 1)]
    assert {row[3] + row[-2] for row in rows} == {""}


def test_blank_rows_stand_between_and_lines_are_right(tmp_path: Path) -> None:
    path, written = delivered(tmp_path, habit(frame=Frame(blank_rows=True, title=True)))
    rows = text_rows(path)
    blank = [row for row in rows if not any(row)]
    assert blank
    assert [rows[line - 1][1] for line in written.lines] == TABLE["证件号码"].to_pylist()


@pytest.mark.parametrize("form", [FileForm("csv", encoding="gb18030"), FileForm("xlsx")])
def test_strays_leave_most_cells_and_lines_are_right(tmp_path: Path, form: FileForm) -> None:
    path, written = delivered(tmp_path, habit(form, Frame(blank_rows=True), cells=1.0))
    if form.is_workbook:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
        found = [str(rows[line - 1][1]) for line in written.lines]
    else:
        lines = path.read_bytes().decode("gb18030").split("\n")
        found = [lines[line - 1] for line in written.lines]
    plain = TABLE["证件号码"].to_pylist()
    same = sum(number in text for number, text in zip(plain, found, strict=True))
    assert 0.85 * COUNT < same < COUNT
    assert same + sum(number not in text for number, text in zip(plain, found, strict=True)) == COUNT


def test_traditional_file_has_traditional_words(tmp_path: Path) -> None:
    way = replace(habit(frame=Frame(title=True)), traditional=True)
    path, _ = delivered(tmp_path, way)
    rows = text_rows(path)
    assert rows[0][0] == "昆明市2020年6月醫療費用結算情況表"
    assert rows[1][:4] == ["姓名", "證件號碼", "就診類別", "結算日期"]
    assert rows[2][0] == "王偉"
    assert rows[3][2] == "門診"


def test_columns_are_written_in_their_form_throughout(tmp_path: Path) -> None:
    way = habit(
        FileForm("txt", separator="\t"),
        结算日期={"form": "2020年6月18日"},
        个人自付={"form": "￥1,234.00"},
        总费用={"header": "总费用（万元）", "unit": "万元"},
    )
    path, _ = delivered(tmp_path, way)
    rows = text_rows(path, separator="\t")
    assert rows[0][4] == "总费用（万元）"
    assert rows[1][3] == "2020年6月1日"
    assert rows[400][4] == "0.014768"
    assert rows[400][-1] == "￥147.68"


def test_labels_are_mixed(tmp_path: Path) -> None:
    path, _ = delivered(tmp_path, habit(就诊类别={"form": "mixed"}))
    assert {row[2] for row in text_rows(path)[1:]} == {"住院", "普通住院", "门诊", "普通门诊", "门特", "门诊特殊病"}


def test_workbook_stores_numbers_dates_and_numbers_of_days(tmp_path: Path) -> None:
    stored = {"结算日期": {"stored": "serial"}, "个人自付": {"stored": "number"}}
    path, _ = delivered(tmp_path, habit(FileForm("xls"), **stored))
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert rows[1][3] == 43983
    assert rows[1][-1] == 0.05
    assert rows[1][1] == TABLE["证件号码"][0].as_py()


def test_zip_holds_the_file_under_the_name_people_call_it(tmp_path: Path) -> None:
    path, _ = delivered(tmp_path, habit(FileForm("csv", encoding="utf-16", zipped=True)))
    assert path.name == "2020-06.zip"
    assert [p.name for p in path.parent.iterdir()] == ["2020-06.zip"]
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == ["2020年6月医疗费用结算情况表.csv"]
        assert packed.read(packed.namelist()[0]).decode("utf-16").startswith("姓名,证件号码")


def test_destroyed_cells_are_told_and_no_other_is_changed(tmp_path: Path) -> None:
    clean = text_rows(delivered(tmp_path, habit())[0])
    path, written = delivered(tmp_path, habit(), lossy=100.0)
    rows = text_rows(path)
    differs = {
        (n, HEADERS[place])
        for n, (a, b) in enumerate(zip(clean[1:], rows[1:], strict=True))
        for place in range(len(HEADERS))
        if a[place] != b[place]
    }
    assert differs == set(zip(written.destroyed.row.tolist(), written.destroyed.header, strict=True))
    assert 20 < len(differs) < 60
    assert set(written.destroyed.kind) == {"destroyed_date", "destroyed_money", "destroyed_label"}


def test_file_nobody_touched_is_as_agreed(tmp_path: Path) -> None:
    (tmp_path / "medical_settlements").mkdir()
    file = AsAgreed(tmp_path, "medical_settlements", "2020-06")
    assert file.add(TABLE).lines.tolist() == list(range(2, COUNT + 2))
    path = file.close()
    file.abandon()
    assert path.name == "2020-06.csv"
    assert text_rows(path)[0] == HEADERS


def test_handled_file_that_is_let_go_of_is_closed(tmp_path: Path) -> None:
    (tmp_path / "medical_settlements").mkdir()
    for form in (FileForm("csv"), FileForm("xlsx")):
        draws = Draws(5, "file")
        Handled(tmp_path, habit(form), dataset="medical_settlements", month="2020-06", draws=draws, lossy=0).abandon()
    assert [path.name for path in (tmp_path / "medical_settlements").iterdir()] == ["2020-06.csv"]
