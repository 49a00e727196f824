"""What is handed out: a workbook per town that names nobody, and one table of all rules."""

import csv
from pathlib import Path

from python_calamine import CalamineWorkbook

from shouwang.areas import kunming
from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.report import COLUMNS, TABLE, write_report
from tests.support.city import rural_villages, village_cells
from tests.support.national_lists import PHONE, Lists
from tests.unit.screening.checks.conftest import checked, imported
from tests.unit.screening.checks.test_from_files import homes_of, register


def sheet(path: Path) -> list[list[object]]:
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["问题"]
    rows: list[list[object]] = book.get_sheet_by_index(0).to_python()
    return rows


def test_workbook_of_a_town_says_where_who_what_and_how_to_cure(tmp_path: Path) -> None:
    lists = Lists()
    far = next(n for n, v in enumerate(rural_villages()) if v.code.town != rural_villages()[0].code.town)
    lists.household("a").change(2, 与户主关系="之女")
    lists.household("b").change(住房面积="0")
    lists.household("c", village=far).change(帮扶责任人="", 帮扶责任人证件号码="")
    result = checked(imported(tmp_path / "city", lists))
    folder = tmp_path / "out"
    folder.mkdir()
    assert write_report(result, kunming(), folder) == 2
    near, other = rural_villages()[0], rural_villages()[far]
    names = {area: village_cells(area.code) for area in (near, other)}
    path = folder / f"{near.code.digits[:9]}-{names[near]['县']}-{names[near]['乡镇']}.xlsx"
    assert sheet(path) == [
        [header for header, _ in COLUMNS],
        ["a", names[near]["行政村"], 3.0, "之女", 3.0, "relation-sex", "与户主关系和性别不符", "错误",
         "核对性别和关系，改正录错的一处", ""],
        ["b", names[near]["行政村"], "", "", "", "housing-area-zero", "住房面积没有填或为 0", "提醒",
         "入户丈量后补上；确无住房的，核实住房安全", ""],
    ]  # fmt: skip
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [TABLE, path.name, f"{other.code.digits[:9]}-{names[other]['县']}-{names[other]['乡镇']}.xlsx"]
    )


def test_nothing_that_travels_names_anybody(tmp_path: Path) -> None:
    lists = Lists()
    home = lists.household("a")
    home.change(民族="", 姓名="赵钱孙")
    home.change_cells({"户/人联系电话": "12345"})
    secrets = {"赵钱孙", "12345", PHONE, *(p.names["证件号码"] for p in home.people)}
    folder = tmp_path / "out"
    folder.mkdir()
    write_report(checked(imported(tmp_path / "city", lists)), kunming(), folder)
    texts = [str(cell) for path in folder.glob("*.xlsx") for row in sheet(path) for cell in row]
    texts.append((folder / TABLE).read_text(encoding="utf-8-sig"))
    assert [secret for secret in secrets if any(secret in text for text in texts)] == []


def test_place_nobody_knows_has_its_own_workbook(tmp_path: Path) -> None:
    homes = homes_of(a=None, b="999999999999", c="530113")
    folder = tmp_path / "out"
    folder.mkdir()
    assert write_report(checked(register(tmp_path / "city", homes, [])), kunming(), folder) == 3
    assert sorted(path.name for path in folder.glob("*.xlsx")) == [
        "000000000-未知乡镇.xlsx",
        "530113-东川区.xlsx",
        "999999999-未知乡镇.xlsx",
    ]


def test_table_has_every_rule_with_its_counts_or_what_it_lacks(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    homes = homes_of(a="530113101201", b="530128101201", c=None)
    write_report(checked(register(tmp_path / "city", homes, [])), kunming(), folder)
    with (folder / TABLE).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    by_rule = {code: [row[3:] for row in rows if row[0] == code] for code in (rule.code for rule in RULES)}
    places = ("东川区", "禄劝彝族苗族自治县", "未知")
    assert by_rule["empty-home"] == [[place, "1", "0", ""] for place in places]
    assert by_rule["id-missing"] == [["全部", "0", "0", ""]]
    assert by_rule["cause-twice"] == [["", "", "", "缺少：主要致贫原因、次要致贫原因"]]
    assert [code for code, lines in by_rule.items() if not lines] == []
