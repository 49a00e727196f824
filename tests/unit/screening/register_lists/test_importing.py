"""What an import refuses, what it leaves behind, and that the screening can use it."""

import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shouwang.areas import kunming
from shouwang.screening.datasets.national_lists import ListKind
from shouwang.screening.register_lists import importing as module
from shouwang.screening.register_lists.importing import import_lists
from shouwang.screening.register_lists.publishing import READY, finish, publishing
from shouwang.terms.errors import DataError, UserError
from shouwang.terms.period import Month
from tests.support.city import City
from tests.support.national_lists import Lists, write_list
from tests.support.screened import screened
from tests.unit.screening.register_lists.conftest import JUNE, Import, cells_of, row


def left_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def refused(city: Path, *paths: Path, kind: ListKind | None = None) -> UserError | DataError:
    """The error of an import that is refused; nothing of it may be left."""
    before = left_in(city) if city.is_dir() else []
    with pytest.raises((UserError, DataError)) as caught:
        import_lists(city, paths, JUNE, kunming(), kind)
    assert (left_in(city) if city.is_dir() else []) == before
    return caught.value


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    picture = tmp_path / "名单.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    strange = write_list(tmp_path / "别的.csv", ["姓名", "电话"], [["甲", "1"]])
    both = write_list(tmp_path / "两可.csv", ["户编号", "人编号", "姓名"], [["a", "a-1", "甲"]])
    error = refused(tmp_path / "city", picture, strange, both)
    assert isinstance(error, DataError)
    assert [fault.where for fault in error.faults if fault.where == "名单.xlsx"] == ["名单.xlsx"]
    assert [str(fault) for fault in error.faults if fault.where != "名单.xlsx"] == [
        "两可.csv: 看不出是人口名单还是人员信息表 → 用 --kind names 或 --kind people 指明",
        "别的.csv: 缺少列 户编号 → 这不像全国名单：补上这一列，或交别的文件",
    ]


def test_kind_can_be_said(importing: Import, tmp_path: Path) -> None:
    cells = ["县", "乡", "行政村", "户编号", "人编号", "姓名"]
    path = write_list(tmp_path / "两可.csv", cells, [[row()[header] for header in cells]])
    assert [file.kind for file in importing(path, kind=ListKind.PEOPLE).told.files] == [ListKind.PEOPLE]


def test_file_missing(tmp_path: Path) -> None:
    assert str(refused(tmp_path / "city", tmp_path / "无.csv")) == "没有这个文件：无.csv → 检查路径"


def test_city_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "city").write_text("x")
    assert str(refused(tmp_path / "city")) == "city 不是文件夹 → 给出城市文件夹"


def test_household_sheet_alone_makes_no_register(tmp_path: Path) -> None:
    path = write_list(tmp_path / "户.csv", ["户编号", "耕地面积"], [["a", "1"]])
    found = "户.csv: 没有一行可以用的人员 → 登记册要有人口名单或人员信息表，户信息表只作补充"
    assert str(refused(tmp_path / "city", path)) == found


def test_list_of_another_city(tmp_path: Path) -> None:
    path = write_list(tmp_path / "名单.csv", *cells_of([row(县="赣县区", 乡="梅林镇", 行政村="桃源村")]))
    found = "名单.csv: 没有一户的县、乡、行政村在本市的区划表里 → 核对是不是本市的名单，地名写全称"
    assert str(refused(tmp_path / "city", path)) == found


def test_list_without_places(tmp_path: Path) -> None:
    path = write_list(tmp_path / "名单.csv", ["户编号", "人编号", "人数"], [["a", "a-1", "1"]])
    assert isinstance(refused(tmp_path / "city", path), DataError)


def test_register_is_superseded_and_both_are_kept(importing: Import) -> None:
    first = importing([row()])
    (first.folder / "measures.parquet").write_bytes(b"measures")
    second = importing([row(), row("b", "b-1")])
    third = importing([row("c", "c-1")])
    kept = first.city / "registry/.superseded"
    assert [one.told.superseded for one in (first, second, third)] == [
        "", "registry/.superseded/2020-06-1", "registry/.superseded/2020-06-2"
    ]  # fmt: skip
    tables = [kept / "2020-06-1", kept / "2020-06-2", third.folder]
    assert [pq.read_metadata(folder / "members.parquet").num_rows for folder in tables] == [1, 2, 1]
    assert (third.folder / "measures.parquet").read_bytes() == b"measures"


def test_manifest_tells_files_and_rows(importing: Import) -> None:
    result = importing([row(), row("", "b-1")])
    manifest = json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))
    sha256 = manifest["lists"][0].pop("sha256")
    assert len(sha256) == 64
    assert manifest == {
        "month": "2020-06", "as_of": "2020-06-30", "source": "shouwang import",
        "lists": [{"file": "1.csv", "kind": "names", "read": 2, "used": 1, "quarantined": 1}],
        "rows": {"households": 1, "members": 1, "incomes": 1}, "notes": 0, "superseded": "",
    }  # fmt: skip


def test_nobody_else_may_look_into_the_city(importing: Import) -> None:
    result = importing([row()])
    folders = [result.city, result.city / "registry", result.folder]
    assert [path.stat().st_mode & 0o077 for path in folders] == [0, 0, 0]


def test_import_that_fails_while_writing_leaves_the_former(
    importing: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = importing([row()])
    before = left_in(result.city)

    def broken(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(module, "_write_manifest", broken)
    with pytest.raises(OSError, match="disk"):
        importing([row(), row("b", "b-1")])
    assert left_in(result.city) == before


def test_import_stopped_between_renames_is_finished_by_the_next(importing: Import) -> None:
    result = importing([row()])
    registry = result.city / "registry"
    shutil.copytree(result.folder, registry / f"{READY}2020-06")
    (registry / f"{READY}2020-06" / "new").write_text("")
    finish(registry)
    assert sorted(path.name for path in registry.iterdir()) == [".superseded", "2020-06"]
    assert (result.folder / "new").is_file()
    shutil.copytree(result.folder, registry / f"{READY}2020-05")
    with publishing(result.city, Month(2020, 7)) as (folder, former):
        (folder / "households.parquet").write_bytes(b"")
    assert former == ""
    assert sorted(path.name for path in registry.iterdir()) == [".superseded", "2020-05", "2020-06", "2020-07"]


def test_imported_register_can_be_screened(tmp_path: Path) -> None:
    city = City()
    city.home()
    folder = city.write(tmp_path / "city")
    lists = Lists()
    for code, income in (("a", "3999.00"), ("b", "9000.00")):
        lists.household(code).change(人均纯收入=income, 工资性收入="")
    import_lists(folder, lists.write(tmp_path / "delivered"), JUNE, kunming())
    run = screened(folder, tmp_path / "run", as_of=date(2020, 6, 30))
    verdicts = pq.read_table(run.folder / "verdicts.parquet").to_pylist()
    assert [(v["household_id"], v["register"], v["members"], v["level"]) for v in verdicts] == [
        ("a", "exited", 3, 1),
        ("b", "exited", 3, None),
    ]
    facts = pq.read_table(run.folder / "facts.parquet").to_pylist()
    assert [(f["net_income"], f["transfer_income"], f["income_age_months"]) for f in facts] == [
        (1_199_700, None, 6),
        (2_700_000, None, 6),
    ]
