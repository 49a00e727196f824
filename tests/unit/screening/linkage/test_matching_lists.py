"""`shouwang match` on short Chinese lists: what is linked, what goes to a person, what stays alone."""

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from shouwang.cli.main import main
from tests.unit.screening.linkage.lists import matched, sound, write_list

ANN = {"姓名": "王小明", "身份证号": sound("53012819800101001")}
BEN = {"姓名": "李桂兰", "身份证号": sound("53012919750312002")}


def pair(tmp_path: Path, left: dict[str, str], right: dict[str, str]) -> list[str]:
    """Bands of the pairs of two lists of one row each."""
    one, other = write_list(tmp_path / "left.csv", [left]), write_list(tmp_path / "right.csv", [right])
    return [band for _, _, band in matched(one, other, tmp_path / "out")]


def test_the_same_person_in_both(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [BEN, ANN])
    right = write_list(tmp_path / "right.csv", [ANN, {"姓名": "赵六", "身份证号": sound("53012819990909003")}])
    assert matched(left, right, tmp_path / "out") == [(2, 1, "linked")]


@pytest.mark.parametrize(
    "changed",
    [
        {"身份证号": ANN["身份证号"][:16] + "7" + ANN["身份证号"][17]},
        {"身份证号": ANN["身份证号"][:8] + ANN["身份证号"][9:]},
        {"身份证号": ANN["身份证号"][:3] + "21" + ANN["身份证号"][5:]},
        {"身份证号": ANN["身份证号"][:15] + "000"},
        {"姓名": "王晓明"},
        {"姓名": "王 小 明"},
        {"姓名": "明小王"},
    ],
)
def test_one_slip_is_still_the_same_person(tmp_path: Path, changed: dict[str, str]) -> None:
    assert pair(tmp_path, ANN, ANN | changed) == ["linked"]


def test_a_namesake_with_an_id_of_his_own_is_another(tmp_path: Path) -> None:
    assert pair(tmp_path, ANN, {"姓名": "王小明", "身份证号": sound("53011119751224003")}) == []


def test_twins_are_two(tmp_path: Path) -> None:
    """Born the same day in one county; a character of the name and the last digits of the id differ."""
    left = write_list(tmp_path / "left.csv", [ANN])
    twins = [ANN, {"姓名": "王小亮", "身份证号": sound("53012819800101003")}]
    right = write_list(tmp_path / "right.csv", twins)
    assert matched(left, right, tmp_path / "out") == [(1, 1, "linked")]


def test_two_namesakes_alike_go_to_a_person(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [{"姓名": "王小明", "出生日期": "1980-01-01", "行政村": "茂山村"}])
    neighbours = [
        {"姓名": "王小明", "出生日期": "1980-01-01", "行政村": "茂山村", "联系电话": number}
        for number in ("13900000001", "13800000002")
    ]
    right = write_list(tmp_path / "right.csv", neighbours)
    bands = [band for *_, band in matched(left, right, tmp_path / "out")]
    assert bands in (["linked", "linked"], ["doubtful", "doubtful"])


def test_duplicates_within_one_list(tmp_path: Path) -> None:
    rows = [ANN, BEN, ANN | {"身份证号": ANN["身份证号"][:16] + "7" + ANN["身份证号"][17]}]
    path = write_list(tmp_path / "list.csv", rows)
    assert matched(path, path, tmp_path / "out") == [(1, 3, "linked")]
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["within_one_list"] is True
    assert not (tmp_path / "out" / "only_right.csv").exists()


def test_a_row_without_any_identity_stands_alone_and_says_why(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [ANN, {"姓名": "", "身份证号": ""}, BEN])
    right = write_list(tmp_path / "right.csv", [ANN])
    assert matched(left, right, tmp_path / "out") == [(1, 1, "linked")]
    with (tmp_path / "out" / "only_left.csv").open(encoding="utf-8") as stream:
        assert [tuple(row) for row in csv.reader(stream)][1:] == [
            ("2", "姓名、证件号码、出生日期和电话都空着，无从比较"),
            ("3", "没有相像的人"),
        ]


def test_columns_by_a_file_for_each_list(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [{"甲": ANN["姓名"], "乙": ANN["身份证号"]}])
    right = write_list(tmp_path / "right.csv", [{"姓": "王", "名": "小明", "号": ANN["身份证号"]}])
    columns = tmp_path / "columns.yaml"
    columns.write_text("left: {name: 甲, id_number: 乙}\nright: {name: [姓, 名], id_number: 号}\n", encoding="utf-8")
    assert matched(left, right, tmp_path / "out", "--columns", str(columns)) == [(1, 1, "linked")]


def test_all_faults_of_the_columns_file_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, right = write_list(tmp_path / "left.csv", [ANN]), write_list(tmp_path / "right.csv", [ANN])
    columns = tmp_path / "columns.yaml"
    columns.write_text("name: 名称\nshoe_size: 鞋码\n", encoding="utf-8")
    assert main(["match", str(left), str(right), "--out", str(tmp_path / "out"), "--columns", str(columns)]) == 2
    said = capsys.readouterr().err
    for fault in ("左表：没有列“名称”", "右表：没有列“名称”", "左表：没有“shoe_size”这一项"):
        assert fault in said
    assert not (tmp_path / "out").exists()


def test_headers_nobody_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, right = write_list(tmp_path / "left.csv", [{"a": "x", "b": "y"}]), write_list(tmp_path / "right.csv", [ANN])
    assert main(["match", str(left), str(right), "--out", str(tmp_path / "out")]) == 2
    assert "--columns" in capsys.readouterr().err


def test_the_workbook_for_people(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [ANN, BEN])
    right = write_list(tmp_path / "right.csv", [ANN | {"姓名": "王晓明"}])
    matched(left, right, tmp_path / "out")
    with CalamineWorkbook.from_path(tmp_path / "out" / "match.xlsx") as book:
        assert book.sheet_names == ["说明", "一致", "存疑", "只在左表", "只在右表"]
        linked = book.get_sheet_by_name("一致").to_python()
        alone = book.get_sheet_by_name("只在左表").to_python()
    assert linked[0] == ["左表行", "右表行", "可能性", "依据", "左：姓名", "左：身份证号", "右：姓名", "右：身份证号"]
    assert "证件号码相同" in linked[1][3]
    assert "姓名音同或形近" in linked[1][3]
    assert [row[:2] for row in alone[1:]] == [[2.0, "没有相像的人"]]


def test_the_same_lists_give_the_same_pairs(tmp_path: Path) -> None:
    rows = [{"姓名": f"王{a}{b}", "身份证号": f"5301281980{m:02d}{d:02d}00{d % 10}1"} for a in "明亮红" for b in "华英"
            for m in range(1, 6) for d in range(1, 6)]  # fmt: skip
    left, right = write_list(tmp_path / "left.csv", rows), write_list(tmp_path / "right.csv", rows[::-1])
    matched(left, right, tmp_path / "one")
    matched(left, right, tmp_path / "two")
    assert (tmp_path / "one" / "pairs.csv").read_bytes() == (tmp_path / "two" / "pairs.csv").read_bytes()


def test_lists_of_different_columns(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [{"姓名": "王小明", "电话": "13900000001", "住址": "禄劝县茂山镇甲村"}])
    right = write_list(tmp_path / "right.csv", [{"姓名": "王 小明", "手机号": "１３９０００００００１"}])
    assert matched(left, right, tmp_path / "out") == [(1, 1, "linked")]


def test_ids_alone_are_linked_where_they_are_equal(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [{"身份证号": ANN["身份证号"]}])
    right = write_list(tmp_path / "right.csv", [{"身份证号": BEN["身份证号"]}, {"身份证号": ANN["身份证号"]}])
    assert matched(left, right, tmp_path / "out") == [(1, 2, "linked")]


def test_an_empty_list(tmp_path: Path) -> None:
    left = write_list(tmp_path / "left.csv", [ANN])
    right = tmp_path / "right.csv"
    right.write_text("姓名,身份证号\n", encoding="utf-8")
    assert matched(left, right, tmp_path / "out") == []
