"""The command: what it prints, where it writes, and how it leaves."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shouwang.cli.check import free_folder
from tests.support.national_lists import Lists, write_list
from tests.unit.cli.conftest import Screened, Shouwang


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    lists = Lists()
    lists.household("sound")
    lists.household("bad").change(2, 与户主关系="之女").change(耕地面积="很多")
    return lists.write(tmp_path_factory.mktemp("lists"))


@pytest.fixture
def city(tmp_path: Path, files: list[Path], shouwang: Shouwang) -> Path:
    assert shouwang("import", tmp_path / "city", *files, "--month", "2020-06").code == 0
    return tmp_path / "city"


def test_check_prints_rules_by_county_and_what_it_could_not_do(city: Path, shouwang: Shouwang) -> None:
    told = shouwang("check", city, "--out", city.parent / "out")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines()[0].startswith("登记册 2020-06，2 户 6 人；名单：人口名单、人员信息表、户信息表；")
    rows = [" ".join(line.split()) for line in told.out.splitlines()]
    assert "错误 与户主关系和性别不符 1 1" in rows
    assert "人均耕地超过 50 亩 1 户" in rows
    assert "帮扶措施表（registry/<年-月>/measure 帮扶措施、帮扶措施的状态 5" in rows
    assert "1 处问题，1 本乡镇工作簿：" in told.out
    assert len(list((city.parent / "out").glob("*.xlsx"))) == 1


def test_check_without_findings(city: Path, shouwang: Shouwang) -> None:
    register = city / "registry/2020-06"
    for name in ("households", "members", "incomes"):
        table = pq.read_table(register / f"{name}.parquet")
        pq.write_table(table.slice(0, 0), register / f"{name}.parquet")
    told = shouwang("check", city)
    assert told.code == 0
    assert "没有发现问题；规则与县的总表：" in told.out
    assert [path.name for path in (city / "checks/2020-06-30").iterdir()] == ["规则与县.csv"]


def test_check_of_a_day_twice_keeps_both(city: Path, shouwang: Shouwang) -> None:
    assert [shouwang("check", city, "--as-of", "2020-06-30").code for _ in range(2)] == [0, 0]
    assert sorted(path.name for path in (city / "checks").iterdir()) == ["2020-06-30", "2020-06-30-2"]
    assert free_folder(city, "2020-06-30").name == "2020-06-30-3"
    assert (city / "checks").stat().st_mode & 0o077 == 0


def test_check_with_a_run_of_another_day(screened: Screened, tmp_path: Path, shouwang: Shouwang) -> None:
    told = shouwang("check", screened.city, "--run", screened.may, "--out", tmp_path / "out")
    assert (told.code, told.err) == (0, "注意：may 截至 2020-05-31，核对截至 2020-06-30\n")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--as-of", "30.6.2020"], 2, "--as-of 的值 '30.6.2020' 不是日期 → 写作 2020-06-30\n"),
        (["--as-of", "2020-05-31"], 2, "截至 2020-05-31 还没有登记册（最早的是 2020-06） → 换一个更晚的 --as-of\n"),
        (["--run", "nowhere"], 2, "nowhere 不是一次完整的筛查结果 → 给出 shouwang screen 写成的文件夹\n"),
        (["--out", "taken"], 2, "taken 已经存在 → 换一个 --out,或先移走旧的结果\n"),
    ],
)
def test_check_asked_wrongly(
    city: Path, shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(city.parent)
    Path("taken").write_text("x")
    told = shouwang("check", "city", *arguments)
    assert (told.code, told.out, told.err) == (code, "", said)


def test_check_of_data_that_cannot_be_read(city: Path, shouwang: Shouwang) -> None:
    (city / "registry/2020-06/members.parquet").write_bytes(b"x")
    told = shouwang("check", city)
    assert (told.code, told.out) == (3, "")
    assert told.err == "registry/2020-06/members.parquet: 不是可以打开的 Parquet 文件 → 重新导出\n"


def test_import_and_export_say_what_they_did(tmp_path: Path, files: list[Path], shouwang: Shouwang) -> None:
    odd = write_list(
        tmp_path / "多.csv", ["户编号", "人编号", "人数", "备注"], [["a", "a-1", "1", "x"], ["", "b-1", "1", ""]]
    )
    told = shouwang("import", tmp_path / "city", *files, odd, "--month", "2020-06", "--kind", "names")
    assert told.code == 3
    assert told.err == "户.csv: 缺少列 人编号 → 这不像全国名单：补上这一列，或交别的文件\n"
    told = shouwang("import", tmp_path / "city", *files, odd, "--month", "2020-06")
    assert (told.code, told.err) == (0, "")
    assert "多.csv 人口名单 2 1 1 备注" in [" ".join(line.split()) for line in told.out.splitlines()]
    assert "登记册" in told.out
    again = shouwang("import", tmp_path / "city", *files, "--month", "2020-06")
    assert "原来的登记册留在" in again.out
    out = tmp_path / "out.csv"
    told = shouwang("export", tmp_path / "city", "--month", "2020-06", "--kind", "homes", "--out", out)
    assert (told.code, told.out.replace("\n", ""), told.err) == (0, f"{out}：2 行", "")


def test_import_of_a_month_that_is_none(tmp_path: Path, shouwang: Shouwang) -> None:
    told = shouwang("import", tmp_path / "city", tmp_path / "x.csv", "--month", "2020年6月")
    assert (told.code, told.err) == (2, "--month 的值 '2020年6月' 不是月份 → 写作 2020-06\n")
