"""The workbook that goes back: the rows with faults as they were written, every bad cell marked and explained."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import xlsxwriter
from python_calamine import CalamineWorkbook

from shouwang.screening.intake import identity
from shouwang.screening.receiving.reply import NO_ROWS, ROWS, SUMMARY, WHERE, WHY
from shouwang.terms import id_number
from shouwang.terms.period import Month
from tests.support.city import HEADERS
from tests.unit.screening.receiving.conftest import Town

HEADER = ["姓名", "证件号码", "事故日期", "自担费用", "预计停工天数"]
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(path: Path) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_path(path) as book:
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def comments(path: Path) -> dict[str, str]:
    """Cell → comment, as Excel stores them."""
    with zipfile.ZipFile(path) as book:
        [name] = [name for name in book.namelist() if name.startswith("xl/comments")]
        root = ElementTree.fromstring(book.read(name))
    found = {}
    for comment in root.iter(f"{NAMESPACE}comment"):
        found[comment.attrib["ref"]] = "".join(text.text or "" for text in comment.iter(f"{NAMESPACE}t"))
    return found


def test_rows_with_faults_and_only_they_with_their_bad_cells_explained(town: Town) -> None:
    rows = town.accidents()
    rows[1]["事故日期"], rows[1]["自担费用"] = "18/06/2020", "（5.00）"
    rows[3]["证件号码"] = "5.30128E+17"
    rows[5]["事故日期"] = "2020-07-01"
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.reply is not None
    told = sheets(verdict.reply)
    assert list(told) == [SUMMARY, ROWS]
    head, *body = told[ROWS]
    assert head == [WHERE, *HEADER, WHY]
    assert [row[:6] for row in body] == [
        [float(line), *(rows[line - 2][name] for name in HEADER)] for line in (3, 5, 7)
    ]
    day, yuan = "应为日期，写作 2020-06-18", "应为以元计的金额，至多两位小数，如 1234.50"
    assert comments(verdict.reply) == {
        "D2": f"分不清日和月的先后，{day}",
        "E2": f"是负数，{yuan}",
        "C3": identity.LOST,
        "D4": "日期晚于本文件的月份",
    }
    assert body[0][6] == f"事故日期：分不清日和月的先后，{day}；自担费用：是负数，{yuan}"


def test_summary_tells_the_sum_and_every_kind_of_fault(town: Town) -> None:
    rows = town.accidents()
    rows[0]["预计停工天数"] = "几天"
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.reply is not None
    said = [[cell for cell in row if cell] for row in sheets(verdict.reply)[SUMMARY]]
    assert said[0] == ["公安局 交通与意外事故 2020-06 的回复"]
    assert said[2] == ["行数", "读入 30 = 可用 29 + 不能用 1"]
    assert ["有错", "“预计停工天数”1 行应为不小于 0 的整数（第 2 行）"] in said


def test_wrong_id_one_slip_from_one_person_is_told_without_that_persons_number(town: Town) -> None:
    rows = town.accidents()
    right = rows[0]["证件号码"]
    wrong = right[:2] + right[3] + right[2] + right[4:]
    assert id_number.repairs(wrong) & {home.head.id_number for home in town.homes} == {right}
    rows[0]["证件号码"] = wrong
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.reply is not None
    assert comments(verdict.reply) == {"C2": "证件号码校验位不符；与登记册中一人的号码只差第 3、4 位，请核对证件"}
    assert right not in str(sheets(verdict.reply))


def test_lines_that_are_no_rows_have_a_sheet_of_their_own(town: Town) -> None:
    file = town.file("a.csv", town.accidents())
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[4] = lines[4].rsplit(",", 2)[0]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    verdict = town.hand_one(file)
    assert verdict.reply is not None
    assert verdict.counts is not None
    assert (verdict.counts.read, verdict.counts.quarantined) == (30, 1)
    assert sheets(verdict.reply)[NO_ROWS] == [[WHERE, WHY], ["5", "列数不足"]]


def test_workbook_with_title_keeps_the_lines_of_the_sheet_and_no_cell_becomes_a_formula(town: Town) -> None:
    path = town.inbox / "book.xlsx"
    rows = town.accidents()
    rows[2]["姓名"], rows[2]["自担费用"] = "=1+1", "免"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("六月")
        sheet.write(0, 0, "2020年6月事故明细")
        for line, row in enumerate([dict(zip(HEADER, HEADER, strict=True)), *rows], start=2):
            for place, name in enumerate(HEADERS["accidents"].split(",")):
                sheet.write_string(line, place, row[name])
    verdict = town.hand_one(path, month=Month(2020, 6))
    assert verdict.reply is not None
    assert (verdict.sheet, verdict.placed) == ("六月", "extracts/accidents/2020-06.xlsx")
    [_, row] = sheets(verdict.reply)[ROWS]
    assert row[:5] == [6.0, "=1+1", rows[2]["证件号码"], "2020-06-02", "免"]
    with zipfile.ZipFile(verdict.reply) as made:
        assert b"<f>" not in b"".join(made.read(name) for name in made.namelist() if name.startswith("xl/worksheets/"))
