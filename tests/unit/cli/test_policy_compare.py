"""`shouwang policy compare`: what another policy would change."""

import csv
from pathlib import Path

import pytest

from tests.support.city import City
from tests.unit.cli.conftest import Screened, Shouwang


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One household between the lines of 2020 and 2022, one below both, one above both."""
    homes = City()
    for net in (6_500, 5_000, 40_000):
        homes.home(net=net, before=net)
    return homes.write(tmp_path_factory.mktemp("compared") / "city")


def test_compare_tells_who_enters_and_keeps_both_runs(shouwang: Shouwang, city: Path, tmp_path: Path) -> None:
    out = tmp_path / "compared"
    answer = shouwang("policy", "compare", "kunming-2020", "kunming-2022", city, "--out", out)
    assert answer.code == 0
    lines = [line.split() for line in answer.out.splitlines()]
    assert lines[0][:2] == ["截至", "2020-06-30，行：kunming-2020，列：kunming-2022（户）"]
    assert ["Ⅳ", "黄", "0", "0", "0", "1", "0", "0", "0"] in lines
    assert ["Ⅴ", "绿", "0", "0", "0", "1", "1", "0", "0"] in lines
    assert answer.out.splitlines()[-2:] == ["进入预警：1 户 1 人", "退出预警：0 户 0 人"]
    with (out / "movers.csv").open(encoding="utf-8-sig", newline="") as stream:
        (mover,) = csv.DictReader(stream)
    assert (mover["户编号"], mover["原"], mover["现"], mover["变化"]) == ("H000001", "5", "4", "进入预警")
    assert (out / "kunming-2020/verdicts.parquet").is_file()
    assert (out / "kunming-2022/verdicts.parquet").is_file()


def test_compare_without_a_folder_leaves_nothing_behind(shouwang: Shouwang, city: Path) -> None:
    before = sorted(path.name for path in city.iterdir())
    assert (
        shouwang("policy", "compare", "kunming-2022", "kunming-2020", city).out.splitlines()[-1]
        == "退出预警：1 户 1 人"
    )
    assert sorted(path.name for path in city.iterdir()) == before


@pytest.mark.parametrize("wrong", [("kunming-2020", "kunming-2020"), ("kunming-2020", "nowhere")])
def test_compare_of_one_policy_or_an_unknown_one_is_refused(
    shouwang: Shouwang, screened: Screened, wrong: tuple[str, str]
) -> None:
    answer = shouwang("policy", "compare", *wrong, screened.city)
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)


def test_compare_into_a_folder_that_is_there_is_refused(shouwang: Shouwang, city: Path, tmp_path: Path) -> None:
    answer = shouwang("policy", "compare", "kunming-2020", "kunming-2021", city, "--out", tmp_path)
    assert (answer.code, "已经存在" in answer.err) == (2, True)
