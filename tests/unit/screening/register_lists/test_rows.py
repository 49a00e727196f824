"""Every delivered row is used or quarantined, and comes out again as it came."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from shouwang.screening.datasets.national_lists import NAMES_HEADERS, PEOPLE_HEADERS, ListKind, kind_of
from shouwang.screening.intake.stored_lists import stored_lists
from shouwang.screening.register_lists import exporting
from shouwang.screening.register_lists.exporting import export_list
from shouwang.screening.register_lists.keeping import joined_headers
from shouwang.terms.errors import UserError
from tests.support.national_lists import write_list
from tests.unit.screening.register_lists.conftest import JUNE, Import, Result, cells_of, row

STRANGE = ["县", "户编号", "人编号", "姓名", "人数", "户类型", "备注", "备注", "序 号"]
CELLS = [
    ["盘龙区", "0012", "0012-1", "甲", "1", "脱贫户", "x,\"y\"", "007", "1"],
    ["盘龙区", "0012", "0012-2", "乙", "1.0", "", "=1+1", "5.30113E+17", "2"],
    ["", "", "0013-1", "", "", "", "", "", "3"],
    ["", "0014", "", "", "", "", "", "0", ""],
]  # fmt: skip


def counts(result: Result) -> list[tuple[str, int, int, int]]:
    return [(str(f.kind), f.read, f.used, f.quarantined) for f in result.told.files]


def exported(result: Result, out: Path, kind: ListKind = ListKind.NAMES) -> list[list[str]]:
    """Header and rows of an export."""
    export_list(result.city, JUNE, kind, out)
    if out.suffix == ".csv":
        import csv

        with out.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))
    rows: list[list[str]] = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    return rows


@pytest.mark.parametrize("out", ["out.csv", "out.xlsx"])
@pytest.mark.parametrize("delivered", ["list.csv", "list.xlsx"])
def test_every_cell_comes_out_as_it_came(importing: Import, tmp_path: Path, delivered: str, out: str) -> None:
    rows = [[*r, *cells_of([row()])[1][0][1:3]] for r in CELLS]
    headers = [*STRANGE, "乡", "行政村"]
    result = importing(write_list(tmp_path / delivered, headers, rows))
    assert exported(result, tmp_path / out) == [headers, *rows]
    assert counts(result) == [("names", 4, 2, 2)]


@pytest.mark.parametrize("headers", [NAMES_HEADERS, PEOPLE_HEADERS])
def test_national_headers_come_out_in_their_order(importing: Import, tmp_path: Path, headers: tuple[str, ...]) -> None:
    cells = row()
    path = write_list(tmp_path / "list.xlsx", headers, [[cells.get(header, "") for header in headers]])
    result = importing(path)
    kind = ListKind.NAMES if headers is NAMES_HEADERS else ListKind.PEOPLE
    assert exported(result, tmp_path / "out.xlsx", kind)[0] == list(headers)
    assert [file.kept_only for file in result.told.files] == [()]


def test_columns_not_understood_are_kept_and_told(importing: Import) -> None:
    (file,) = importing([row(备注="x", 打分="9")]).told.files
    assert file.kept_only == ("备注", "打分")


def test_rows_that_cannot_be_used_are_quarantined_with_their_place(importing: Import) -> None:
    result = importing(
        [row(), row("", "b-1"), row("c", ""), row("", ""), row(), row("d", "d-1"), row("d", "d-1", 姓名="乙")],
    )
    assert counts(result) == [("names", 7, 1, 6)]
    assert result.places("quarantine") == [
        ["1.csv", "3", "户编号", "没有户编号，不知道是哪一户"],
        ["1.csv", "4", "人编号", "没有人编号，不知道是谁"],
        ["1.csv", "5", "人编号", "没有人编号，不知道是谁"],
        ["1.csv", "5", "户编号", "没有户编号，不知道是哪一户"],
        ["1.csv", "6", "人编号", "与前面的一行完全相同"],
        ["1.csv", "7", "人编号", "同一人编号有几行，内容不同，须由人确定"],
        ["1.csv", "8", "人编号", "同一人编号有几行，内容不同，须由人确定"],
    ]
    assert [member["person_id"] for member in result.table("members")] == ["a-1"]


def test_household_sheet_with_two_rows_of_a_household(importing: Import) -> None:
    result = importing([row()], [{"户编号": "a", "耕地面积": "1"}, {"户编号": "a", "耕地面积": "2"}])
    assert counts(result) == [("names", 1, 1, 0), ("homes", 2, 0, 2)]
    assert result.places("quarantine") == [
        ["2.csv", line, "户编号", "同一户编号有几行，内容不同，须由人确定"] for line in ("2", "3")
    ]


def test_same_person_in_two_files_of_a_kind_counts_once(importing: Import) -> None:
    result = importing([row()], [row(), row("b", "b-1")])
    assert counts(result) == [("names", 1, 1, 0), ("names", 2, 1, 1)]
    assert result.places("quarantine") == [["2.csv", "2", "人编号", "与前面的一行完全相同"]]


def test_files_of_a_kind_with_other_columns_are_kept_side_by_side(importing: Import, tmp_path: Path) -> None:
    result = importing([row("a", "a-1", 备注="x")], [row("b", "b-1", 打分="9")])
    header, first, second = exported(result, tmp_path / "out.csv")
    assert header[-2:] == ["备注", "打分"]
    assert (first[-2:], second[-2:]) == (["x", ""], ["", "9"])


def test_headers_of_several_files_join_in_order_and_a_double_stays_double() -> None:
    assert joined_headers([["a", "b", "b"], ["b", "c", "a"]]) == ("a", "b", "b", "c")


def test_line_with_a_cell_too_many_or_too_few_is_no_row(importing: Import, tmp_path: Path) -> None:
    headers, rows = cells_of([row(), row("b", "b-1"), row("c", "c-1")])
    path = write_list(tmp_path / "list.csv", headers, [rows[0], [*rows[1], "x"], rows[2][:-1], rows[2]])
    result = importing(path)
    assert counts(result) == [("names", 4, 2, 2)]
    assert [place[:3] for place in result.places("quarantine")] == [["list.csv", "3", ""], ["list.csv", "4", ""]]
    assert [home["household_id"] for home in result.table("households")] == ["a", "c"]


def test_blank_lines_do_not_move_the_places(importing: Import, tmp_path: Path) -> None:
    headers, rows = cells_of([row(), row("", "b-1")])
    path = tmp_path / "list.csv"
    path.write_text("\n".join([",".join(headers), ",".join(rows[0]), "", ",".join(rows[1]), ""]), encoding="utf-8")
    assert [place[:2] for place in importing(path).places("quarantine")] == [["list.csv", "4"]]


def test_parquet_list(importing: Import, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([row(), row("", "b-1")]), tmp_path / "list.parquet")
    result = importing(tmp_path / "list.parquet")
    assert counts(result) == [("names", 2, 1, 1)]
    assert [place[:2] for place in result.places("quarantine")] == [["list.parquet", "3"]]


def test_title_rows_above_the_header_are_no_rows_and_lines_stay_true(importing: Import, tmp_path: Path) -> None:
    headers, rows = cells_of([row(), row("", "b-1")])
    path = write_list(tmp_path / "list.xlsx", ["已脱贫人口名单"] + [""] * (len(headers) - 1), [list(headers), *rows])
    result = importing(path)
    assert counts(result) == [("names", 2, 1, 1)]
    assert [place[:2] for place in result.places("quarantine")] == [["list.xlsx", "4"]]
    assert len(result.told.files[0].repairs) >= 1


def test_stored_list_tells_headers_and_place_of_every_row(importing: Import) -> None:
    result = importing([row(备注="x"), row("", "b-1")])
    stored = stored_lists(result.folder)[ListKind.NAMES]
    assert stored.headers == (*row(), "备注")
    kept = pq.read_table(stored.path, columns=["file", "line", "used", "household_id", "person_id"]).to_pylist()
    assert kept == [
        {"file": "1.csv", "line": 2, "used": True, "household_id": "a", "person_id": "a-1"},
        {"file": "1.csv", "line": 3, "used": False, "household_id": None, "person_id": "b-1"},
    ]


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (NAMES_HEADERS, ListKind.NAMES),
        (PEOPLE_HEADERS, ListKind.PEOPLE),
        (["户编号", "耕地面积"], ListKind.HOMES),
        (["户编号", "人编号", "姓名"], None),
        (["姓名", "证件号码"], None),
    ],
)
def test_kind_is_recognised_by_headers(headers: list[str], kind: ListKind | None) -> None:
    assert kind_of(headers) == kind


def test_list_counts_of_the_headers() -> None:
    assert (len(NAMES_HEADERS), len(PEOPLE_HEADERS)) == (29, 47)


@pytest.mark.parametrize(
    ("out", "kind", "said"),
    [
        ("x.pdf", "names", "x.pdf 不是 .xlsx 或 .csv → 换一个文件名"),
        ("taken.csv", "names", "taken.csv 已经存在 → 换一个文件名，或先移走旧的"),
        ("x.csv", "homes", "2020-06 的登记册里没有户信息表 → 只有用 shouwang import 导入过的名单才能导出"),
    ],
)
def test_export_asked_wrongly(importing: Import, tmp_path: Path, out: str, kind: str, said: str) -> None:
    result = importing([row()])
    (tmp_path / "taken.csv").write_text("")
    with pytest.raises(UserError) as caught:
        export_list(result.city, JUNE, ListKind(kind), tmp_path / out)
    assert str(caught.value) == said


def test_list_too_long_for_a_sheet(importing: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = importing([row(), row("b", "b-1")])
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    with pytest.raises(UserError) as caught:
        export_list(result.city, JUNE, ListKind.NAMES, tmp_path / "out.xlsx")
    assert str(caught.value) == "2 行放不进一张工作表 → 导出为 .csv"
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []
