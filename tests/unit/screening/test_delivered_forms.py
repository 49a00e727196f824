"""A city whose files come in any form gives the same run; a file that is not what its place says stops it."""

import csv
import shutil
from collections.abc import Iterable
from itertools import cycle
from pathlib import Path

import pytest

from shouwang.terms.errors import DataError
from tests.fuzz.delivered import Dress, Table, write
from tests.support.city import City, extract, write_csv
from tests.support.screened import JUNE, screened
from tests.unit.screening.conftest import Plain
from tests.unit.screening.intake.test_understanding import of_another_city

BELOW = ("填表人：", "注：以上为当月数据。")
DRESSES = (
    Dress(encoding="gb18030", titles=("昆明市明细表", ""), total=True, below=BELOW),
    Dress(form="xlsx", titles=("昆明市明细表",), groups=True, other_sheets=True, below=BELOW, unseen=("blanks",)),
    Dress(form="xls", blank_columns=frozenset({1}), blank_rows=True, unseen=("zero width", "apostrophe")),
    Dress(form="txt", encoding="utf-16", separator="\t", line_end="\r\n", unseen=("full width", "no-break")),
    Dress(encoding="utf-8-sig", separator=";", quoted=True, zipped=True, unseen=("as text", "line break")),
    Dress(line_end="\r\n", quoted=True),
)


def rows_of(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = (tuple(row) for row in csv.reader(stream))
    return Table(header, tuple(rows))


def dressed(city: Path, dresses: Iterable[Dress]) -> Path:
    """Every CSV file of a city in other clothes."""
    for path, dress in zip(sorted(city.glob("extracts/*/*.csv")), dresses, strict=False):
        folder = path.with_suffix("")
        folder.mkdir()
        written = write(rows_of(path), dress, folder)
        path.unlink()
        written.rename(path.with_suffix(written.suffix))
        shutil.rmtree(folder)
    return city


def test_run_is_the_same_in_any_form(plain: Plain, tmp_path: Path) -> None:
    city = dressed(shutil.copytree(plain.city, tmp_path / "city"), cycle(DRESSES))
    assert {path.suffix for path in city.glob("extracts/*/*")} == {".csv", ".txt", ".xls", ".xlsx", ".zip", ".parquet"}
    run = screened(city, tmp_path / "run")
    assert run.manifest["output_digest"] == plain.run.manifest["output_digest"]
    assert run.summary["rows"] == plain.run.summary["rows"]
    assert sorted(p.name for p in city.iterdir()) == ["extracts", "registry"]


@pytest.mark.parametrize(("dress", "line"), [(DRESSES[0], 4), (DRESSES[1], 4), (DRESSES[2], 2), (DRESSES[3], 2)])
def test_quarantine_names_the_line_a_person_sees(tmp_path: Path, dress: Dress, line: int) -> None:
    """A bad amount in the first row below titles and header."""
    city = City()
    home = city.home()
    for amount in ("很多", "10"):
        city.row("accidents", "2020-06", home.head, 事故日期="2020-06-02", 自担费用=amount, 预计停工天数="1")
    folder = city.write(tmp_path / "city")
    path = extract(folder, "accidents", "2020-06")
    shutil.move(path, tmp_path / "2020-06.csv")
    written = write(rows_of(tmp_path / "2020-06.csv"), dress, tmp_path)
    shutil.move(written, path.with_suffix(written.suffix))
    told = screened(folder, tmp_path / "run").read_csv("quarantine/accidents.csv")
    assert [(row["line"], row["column"]) for row in told] == [(str(line), "自担费用")]


def refused(city: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        screened(city, city.parent / "run", as_of=JUNE)
    assert sorted(p.name for p in city.iterdir()) == ["extracts", "registry"]
    assert not (city.parent / "run").exists()
    return [str(fault) for fault in caught.value.faults]


@pytest.fixture
def city(plain: Plain, tmp_path: Path) -> Path:
    return shutil.copytree(plain.city, tmp_path / "city")


def accidents(*cells: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"姓名": "某", "证件号码": number, "事故日期": day, "自担费用": "1", "预计停工天数": "1"}
        for number, day in cells
    ]


HEADER = ["姓名", "证件号码", "事故日期", "自担费用", "预计停工天数"]


def test_two_months_in_one_file(city: Path) -> None:
    rows = accidents(*[("", "2020-06-02")] * 6, *[("", "2020-05-02")] * 4)
    write_csv(city / "extracts/accidents/2020-06.csv", HEADER, rows)
    told = "10 行中只有 6 行的日期在 2020-06 → 每个文件只交一个月，按月分开再交"
    assert refused(city) == [f"extracts/accidents/2020-06.csv: {told}"]


def test_file_of_another_city(city: Path) -> None:
    rows = accidents(*[(of_another_city(n), "2020-06-02") for n in range(20)])
    write_csv(city / "extracts/accidents/2020-06.csv", HEADER, rows)
    told = "像是别的城市的文件：20 个证件号码中只有 0 个是本市的 → 换成本市的文件"
    assert refused(city) == [f"extracts/accidents/2020-06.csv: {told}"]


def test_file_in_the_place_of_another_dataset(city: Path) -> None:
    shutil.copy(city / "extracts/accidents/2020-06.csv", city / "extracts/vehicles/2020-06.csv")
    told = "表头是交通与意外事故，不是机动车登记 → 放到 extracts/accidents/，或换成本数据集的文件"
    assert refused(city) == [f"extracts/vehicles/2020-06.csv: {told}"]


def test_broken_file_beside_sound_ones_is_told_with_their_faults(city: Path) -> None:
    """Nothing else is disturbed: rows of the others are still read and judged."""
    (city / "extracts/vehicles/2020-06.csv").unlink()
    (city / "extracts/vehicles/2020-06.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    write_csv(city / "extracts/accidents/2020-06.csv", HEADER, accidents(*[("", "2020-05-02")] * 3))
    assert refused(city) == [
        "extracts/accidents/2020-06.csv: 3 行中只有 0 行的日期在 2020-06 → 像是别的月份的文件：换成本月的，或改文件名",
        "extracts/vehicles/2020-06.xlsx: 内容是图片，不是表格 → 交表格文件，不交截图",
    ]
