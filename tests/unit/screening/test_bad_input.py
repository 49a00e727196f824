"""What stops a run: one clear message with its cure, the right family of errors, and nothing half-written."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from shouwang.areas import kunming
from shouwang.screening.run import Request, screen
from shouwang.screening.run.screen import settings_of
from shouwang.terms.errors import DataError, ProgrammingError, UserError
from tests.support.city import City
from tests.support.rights import folders_above
from tests.support.screened import JUNE, POLICY, screened
from tests.unit.screening.conftest import Plain


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = City()
    for home in (city.home(), city.home()):
        city.row("accidents", "2020-05", home.head, 事故日期="2020-05-02", 自担费用="10", 预计停工天数="1")
    return city.write(tmp_path_factory.mktemp("sound") / "city")


@pytest.fixture
def city(sound: Path, tmp_path: Path) -> Path:
    """A sound city of one's own, to be broken."""
    return shutil.copytree(sound, tmp_path / "city")


def refused(city: Path, *, as_of: date = JUNE, previous: Path | None = None) -> UserError | DataError:
    """The error of a run that is refused; nothing of it may be left anywhere."""
    out = city.parent / "run"
    with pytest.raises((UserError, DataError)) as caught:
        screened(city, out, as_of=as_of, previous=previous)
    assert leftovers(city.parent) == [], "something half-written is left"
    assert not out.exists()
    return caught.value


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob(".*") if ".partial-" in p.name or p.name.startswith(".scratch-"))


def test_city_missing(tmp_path: Path) -> None:
    assert str(refused(tmp_path / "昆明")) == "没有这个文件夹：昆明 → 检查路径，或先用 shouwang city 造一个"


def test_city_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "city").write_text("x")
    assert str(refused(tmp_path / "city")) == "没有这个文件夹：city → 检查路径，或先用 shouwang city 造一个"


def test_city_empty(tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    found = "city 里没有登记册 → 需要 registry/<年-月>/,内有 households、members、incomes"
    assert str(refused(tmp_path / "city")) == found


def test_extracts_missing(city: Path) -> None:
    shutil.rmtree(city / "extracts")
    assert str(refused(city)) == "city 里没有部门数据 → 需要 extracts/<数据集>/<年-月>.csv 或 .xlsx"


def test_as_of_before_the_data(city: Path) -> None:
    error = refused(city, as_of=date(2020, 5, 30))
    assert isinstance(error, UserError)
    assert str(error) == "截至 2020-05-30 还没有登记册（最早的是 2020-05） → 换一个更晚的 --as-of"


def test_previous_is_no_run(city: Path) -> None:
    assert str(refused(city, previous=city)) == "city 不是一次完整的筛查结果 → 给出 shouwang screen 写成的文件夹"


def test_files_that_cannot_be_read_are_all_told_at_once(city: Path) -> None:
    extracts = city / "extracts"
    (extracts / "lottery").mkdir()
    (extracts / ".cache").mkdir()  # hidden folders are nobody's
    (extracts / "loans/六月.csv").write_text("x")
    (extracts / "loans/2020-06.doc").write_text("x")
    shutil.copy(extracts / "loans/2020-06.csv", extracts / "loans/2020-06.CSV")
    (extracts / "housing/2020-06.csv").write_text("户主姓名,户主证件号码,房屋等级,房屋等级\n", encoding="utf-8")
    (extracts / "accidents/2020-05.csv").write_text(
        "姓名,证件号码,事故日期,自担的费用,预计停工天数\n", encoding="utf-8"
    )
    (extracts / "accidents/2020-06.csv").write_bytes("姓名,证件号码".encode("gb18030"))
    (extracts / "vehicles/2020-06.csv").write_text("")
    (extracts / "companies/2020-06.csv").write_text("\n姓名,证件号码\n", encoding="utf-8")
    (extracts / "real_estate/2020-06.csv").write_text("张某,530113198003010011\n", encoding="utf-8")
    (extracts / "water/2020-01.csv").unlink()
    (extracts / "water/2020-01.xlsx").write_text("no workbook")
    (extracts / "water/2020-02.csv").unlink()
    _empty_workbook(extracts / "water/2020-02.xlsx")
    (city / "registry/2020-06/incomes.parquet").unlink()
    error = refused(city)
    assert isinstance(error, DataError)
    assert sorted(f"{f.where}: {f.found}" for f in error.faults) == [
        "extracts/accidents/2020-05.csv: 缺少列“自担费用”",
        "extracts/accidents/2020-06.csv: 缺少列“事故日期”",
        "extracts/accidents/2020-06.csv: 缺少列“自担费用”",
        "extracts/accidents/2020-06.csv: 缺少列“预计停工天数”",
        "extracts/housing/2020-06.csv: 列“房屋等级”出现两次",
        "extracts/housing/2020-06.csv: 缺少列“鉴定日期”",
        "extracts/loans/2020-06.csv: 2020-06 已有 2020-06.CSV",
        "extracts/loans/2020-06.doc: 文件名看不懂",
        "extracts/loans/六月.csv: 文件名看不懂",
        "extracts/lottery: 没有声明过的数据集",
        "extracts/real_estate/2020-06.csv: 没有表头",
        "extracts/vehicles/2020-06.csv: 是空文件",
        "extracts/water/2020-01.xlsx: 没有表头",
        "extracts/water/2020-02.xlsx: 工作表是空的",
        "registry/2020-06: 缺少 incomes.parquet",
    ]
    assert all(fault.cure for fault in error.faults)
    assert "张某" not in str(error)
    missing = {f.where[-11:]: f.cure for f in error.faults if "自担费用" in f.found}
    assert missing == {
        "2020-05.csv": "“自担的费用”若就是这一列，改写表头，或由人确认后记入对应表",
        "2020-06.csv": "加上这一列（现有：姓名、证件号码）",
    }


def _empty_workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    book.add_worksheet()
    book.close()


def test_faults_within_files_are_told_at_once(city: Path) -> None:
    """A file of another month, a quote nobody closed; line ends of two kinds are no fault."""
    extracts = city / "extracts"
    header, *rows = (extracts / "accidents/2020-05.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (extracts / "accidents/2020-06.csv").write_text(header + "".join(rows * 2), encoding="utf-8")
    header, *rows = (extracts / "medical_insurance/2020-06.csv").read_text(encoding="utf-8").splitlines()
    (extracts / "medical_insurance/2020-06.csv").write_text("\n".join([header, f'"{rows[0]}', *rows]), encoding="utf-8")
    header, *rows = (extracts / "employment/2020-06.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join([header, *rows]) + "\r\n" + "\r\n".join([*rows, ""])
    (extracts / "employment/2020-06.csv").write_text(text, encoding="utf-8", newline="")
    error = refused(city)
    assert isinstance(error, DataError)
    assert sorted(f"{fault.where}: {fault.found}" for fault in error.faults) == [
        "extracts/accidents/2020-06.csv: 4 行中只有 0 行的日期在 2020-06",
        "extracts/medical_insurance/2020-06.csv: 第 2 行的引号不成对，后面的行也读不出来",
    ]
    assert {fault.cure for fault in error.faults} == {
        "像是别的月份的文件：换成本月的，或改文件名", "补上或去掉这个引号再交",
    }  # fmt: skip


def test_register_without_columns_or_unreadable_is_told_at_once(city: Path) -> None:
    folder = city / "registry/2020-06"
    members = pq.read_table(folder / "members.parquet")
    pq.write_table(members.drop_columns(["birth_date", "labour"]), folder / "members.parquet")
    (folder / "incomes.parquet").write_text("no parquet")
    error = refused(city)
    assert isinstance(error, DataError)
    assert [str(fault) for fault in error.faults] == [
        "registry/2020-06/incomes.parquet: 不是可以打开的 Parquet 文件 → 重新导出登记册",
        "registry/2020-06/members.parquet: 缺少列 birth_date → 补上这一列",
        "registry/2020-06/members.parquet: 缺少列 labour → 补上这一列",
    ]


def test_household_twice_in_the_register(city: Path) -> None:
    path = city / "registry/2020-06/households.parquet"
    homes = pq.read_table(path)
    nameless = homes.slice(0, 1).set_column(0, "household_id", pa.array([None], pa.string()))
    pq.write_table(pa.concat_tables([homes, homes.slice(0, 1), nameless]), path)
    assert str(refused(city)) == "registry/2020-06/households.parquet: 2 行的户编号为空或重复 → 每户只留一行"


@pytest.mark.parametrize("missing", ["unable_days", "income_tolerance"])
def test_policy_without_a_figure(city: Path, missing: str) -> None:
    parameters = {name: p for name, p in POLICY.parameters.items() if name != missing}
    told = f"政策 kunming-2020 缺少参数 {missing} → 在 parameters/ 里补上"
    with pytest.raises(ProgrammingError) as caught:
        screen(Request(city, JUNE, city.parent / "run", replace(POLICY, parameters=parameters), kunming()))
    assert str(caught.value) == told
    assert leftovers(city.parent) == []


def test_policy_with_a_figure_that_is_not_whole() -> None:
    half = replace(POLICY.parameters["unable_days"], value=POLICY.parameters["income_tolerance"].number / 7)
    policy = replace(POLICY, parameters={**POLICY.parameters, "unable_days": half})
    with pytest.raises(ProgrammingError, match=r"kunming-2020 的参数 unable_days 不是整数"):
        settings_of(policy)


@pytest.mark.parametrize("what", ["a run", "a file", "a folder that is not empty"])
def test_run_folder_taken(plain: Plain, tmp_path: Path, what: str) -> None:
    out = tmp_path / "run"
    if what == "a run":
        out = plain.run.folder
    elif what == "a file":
        out.write_text("kept")
    else:
        out.mkdir()
        (out / "note").write_text("kept")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UserError) as caught:
        screened(plain.city, out)
    assert str(caught.value) == "run 已经存在 → 换一个 --out,或先移走旧的结果"
    assert sorted(tmp_path.rglob("*")) == before


def test_run_folder_without_parent(city: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        screened(city, tmp_path / "nowhere" / "run")
    assert str(caught.value) == f"{tmp_path}/nowhere 不存在 → 先建好上级文件夹"


@pytest.fixture
def shut(tmp_path_factory: pytest.TempPathFactory, sound: Path) -> Iterator[Callable[[str, int], Path]]:
    """A city of which one folder has other rights."""
    closed: list[tuple[Path, int]] = []

    def close(folder: str, mode: int) -> Path:
        place = shutil.copytree(sound, tmp_path_factory.mktemp("shut") / "city")
        for above in folders_above(place):
            closed.append((above, above.stat().st_mode))
            above.chmod(0o777)
        (place / folder).chmod(mode)
        return place

    yield close
    for folder, mode in closed:
        folder.chmod(mode)


@contextmanager
def nobody_special() -> Iterator[None]:
    """Root may read everything; for a while this process is somebody else."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("folder", [".", "extracts", "registry", "extracts/loans"])
def test_city_unreadable(shut: Callable[[str, int], Path], folder: str) -> None:
    city = shut(folder, 0o000)
    try:
        with nobody_special():
            error = refused_unswept(city)
    finally:
        (city / folder).chmod(0o755)
    assert str(error) == "不能读取 city → 给予读权限，或复制一份再用"


def test_city_not_writable(shut: Callable[[str, int], Path]) -> None:
    city = shut(".", 0o555)
    with nobody_special():
        error = refused_unswept(city)
    assert str(error) == "不能写入 city → 筛查在其中放临时文件：给予写权限，或复制一份再用"


def test_run_folder_not_writable(shut: Callable[[str, int], Path], tmp_path: Path) -> None:
    city = shut(".", 0o777)
    city.parent.chmod(0o555)
    with nobody_special():
        error = refused_unswept(city)
    assert str(error) == f"不能写入 {city.parent.name} → 给予写权限，或换一个 --out"
    assert leftovers(city) == []


def refused_unswept(city: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        screened(city, city.parent / "run")
    return caught.value
