"""A village is found by name or code, of today or former; in doubt it is not found."""

from pathlib import Path

import pytest

from shouwang.areas import AreaCode, kunming
from shouwang.screening.intake.places import RENAMES, area_code, tree_of
from shouwang.terms.errors import DataError
from tests.support.city import City
from tests.support.screened import screened

VILLAGE = AreaCode("530103012201")


@pytest.mark.parametrize(
    ("county", "town", "village"),
    [
        ("盘龙区", "阿子营街道", "阿子营村委会"),
        ("盤龍區", "阿子營街道", "阿子營村委會"),
        ("嵩明县", "阿子营街道", "阿子营村委会"),
        ("嵩明縣", " 阿子营 街道\u200b", "阿子营村"),
        ("盘龙区", "阿子营街道", "530103012201"),
        ("", "", "５３０１０３０１２２０１"),
    ],
)
def test_village_found(county: str, town: str, village: str) -> None:
    assert area_code(kunming(), county, town, village) == VILLAGE


@pytest.mark.parametrize("village", ["530103012999", "12345", "无此村", ""])
def test_village_not_found(village: str) -> None:
    assert area_code(kunming(), "盘龙区", "阿子营街道", village) is None


def test_city_without_renames_has_the_tree_as_it_is(tmp_path: Path) -> None:
    assert tree_of(tmp_path, kunming()) is kunming()


def test_city_with_renames(tmp_path: Path) -> None:
    (tmp_path / "areas").mkdir()
    header = "former_code,county,town,village,until,successor,source\n"
    row = "530103012299,盘龙区,阿子营街道,老村村委会,2019,530103012201,政府文件\n"
    (tmp_path / RENAMES).write_text(header + row, encoding="utf-8-sig")
    tree = tree_of(tmp_path, kunming())
    assert area_code(tree, "盘龙区", "阿子营街道", "老村") == VILLAGE
    assert area_code(tree, "", "", "530103012299") == VILLAGE


def test_successor_that_is_no_area_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "areas").mkdir()
    header = "former_code,county,town,village,until,successor,source\n"
    (tmp_path / RENAMES).write_text(header + ",盘龙区,甲镇,乙村,2019,530103012999,文件\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        tree_of(tmp_path, kunming())
    assert str(caught.value) == "areas/renames.csv 第 2 行: successor 不在区划表里 → 写今天的区划代码"


def test_run_finds_a_village_by_the_former_name_its_city_wrote_down(tmp_path: Path) -> None:
    city = City()
    home = city.home(area_code=str(VILLAGE))
    renamed = {"县": "盘龙区", "乡镇": "阿子营街道", "行政村": "老村村委会"}
    city.row("water", "2020-06", None, **renamed, 水质达标="否", 取水半径米="300", 评价日期="2020-06-05")
    folder = city.write(tmp_path / "city")
    (folder / "areas").mkdir()
    header = "former_code,county,town,village,until,successor,source\n"
    row = "530103012299,盘龙区,阿子营街道,老村村委会,2019,530103012201,政府文件\n"
    (folder / RENAMES).write_text(header + row, encoding="utf-8")
    run = screened(folder, tmp_path / "run")
    assert run.facts[home.household_id]["water_safe"] is False
    assert run.manifest["inputs"][RENAMES.as_posix()]["rows"] == 1
