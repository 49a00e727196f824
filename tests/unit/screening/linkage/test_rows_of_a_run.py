"""A run on rows whose id settles nothing: by likeness, to a person, by decision, or to nobody."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from shouwang.cli.main import main
from tests.support.city import City, Home, Person
from tests.support.screened import Run, screened
from tests.unit.screening.linkage.lists import sound

BORN = date(1980, 1, 1)
WAITS = "像登记册里的人，等人确定：见 CITY/matching 里的 doubtful.xlsx"


@dataclass
class Village:
    """Two homes of one county; 王小明 is the head of the first, his wife 李桂兰 lives with him."""

    city: City = field(default_factory=City)
    homes: list[Home] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.homes.append(self.city.home(self.person("王小明", 1), self.person("李桂兰", 2)))
        self.homes.append(self.city.home(self.person("赵文强", 3)))

    def person(self, name: str, number: int) -> Person:
        person = self.city.person(name=name, born=BORN)
        person.id_number = sound(f"5301281980010100{number}")
        return person

    def claim(self, name: str, number: str) -> None:
        """A row of 100 元 in the insurers' file of June."""
        cells = {"姓名": name, "证件号码": number, "赔付日期": "2020-06-10", "赔付金额": "100.00"}
        self.city.row("insurance_claims", "2020-06", **cells)


@pytest.fixture
def village() -> Village:
    return Village()


def run(village: Village, folder: Path, name: str = "run") -> Run:
    if not (folder / "city").exists():
        village.city.write(folder / "city")
    return screened(folder / "city", folder / name)


def told(run: Run) -> dict[str, int]:
    """What became of the rows left over; nothing else was left over in a village."""
    return {what: number for what, number in run.summary["by_likeness"].items() if number}


def claims(run: Run) -> list[int]:
    return [run.facts[home]["insurance_claims"] for home in sorted(run.facts)]


def test_a_wrong_digit_is_linked_by_likeness_and_keeps_its_waterfall(village: Village, tmp_path: Path) -> None:
    number = village.homes[0].head.id_number
    village.claim("王小明", number[:9] + str((int(number[9]) + 1) % 10) + number[10:])
    found = run(village, tmp_path)
    assert told(found) == {"linked_by_likeness": 1}
    assert claims(found) == [10_000, 0]
    assert found.summary["datasets"]["insurance_claims"]["linked"] == 1
    [match] = pq.read_table(tmp_path / "city" / "matching" / "2020-06-30" / "matches.parquet").to_pylist()
    levels = {step["field"]: step["level"] for step in match["waterfall"]}
    assert (match["band"], match["way"]) == ("linked", "likeness")
    assert (levels["姓名"], levels["证件号码"], levels["出生日期"]) == ("相同", "差一位", "无从比较")


def test_another_name_beside_a_wrong_digit_is_not_linked(village: Village, tmp_path: Path) -> None:
    number = village.homes[0].head.id_number
    village.claim("钱大有", number[:9] + str((int(number[9]) + 1) % 10) + number[10:])
    found = run(village, tmp_path)
    assert found.summary["by_likeness"]["linked_by_likeness"] == 0
    assert claims(found) == [0, 0]


def test_the_id_of_another_in_the_household(village: Village, tmp_path: Path) -> None:
    village.claim("李桂兰", village.homes[0].head.id_number)
    found = run(village, tmp_path)
    assert told(found) == {"of_household": 1}
    assert claims(found) == [10_000, 0]


def test_an_exact_id_under_a_name_nobody_bears_stays_with_the_id(village: Village, tmp_path: Path) -> None:
    village.claim("王晓明", village.homes[0].head.id_number)
    found = run(village, tmp_path)
    assert told(found) == {}
    assert claims(found) == [10_000, 0]


def test_a_name_alone_is_nobody(village: Village, tmp_path: Path) -> None:
    village.claim("王小明", "")
    found = run(village, tmp_path)
    assert told(found) == {"not_linked": 1}
    assert claims(found) == [0, 0]


def test_a_stranger_with_an_id_of_his_own_is_nobody(village: Village, tmp_path: Path) -> None:
    village.claim("王小明", sound("53012819830607017"))
    found = run(village, tmp_path)
    assert told(found) == {"not_linked": 1}
    assert list((tmp_path / "city").glob("matching/*")) == []


def test_an_older_card_by_the_lunar_calendar_is_linked(village: Village, tmp_path: Path) -> None:
    """1 January 1980 is the fourteenth of the eleventh month of 1979."""
    village.claim("王小明", sound("53012819791114001"))
    assert told(run(village, tmp_path)) == {"linked_by_likeness": 1}


@pytest.fixture
def doubtful(village: Village, tmp_path: Path) -> tuple[Village, Path]:
    """Of the id only the county is left, and two of the name live there."""
    village.homes.append(village.city.home(village.person("王小明", 4)))
    village.claim("王小明", "5.30128E+17")
    return village, tmp_path


def workbook(folder: Path) -> list[list[Any]]:
    with CalamineWorkbook.from_path(folder / "city" / "matching" / "2020-06-30" / "doubtful.xlsx") as book:
        rows: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        return rows


def fill(folder: Path, decisions: list[str]) -> Path:
    """The workbook of doubts with these decisions, row by row."""
    rows = workbook(folder)
    path = folder / "filled.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("存疑")
        for number, row in enumerate(rows):
            row[1] = decisions[number - 1] if number else row[1]
            sheet.write_row(number, 0, row)
    return path


def settle(folder: Path, decisions: list[str], day: str = "2020-07-02") -> int:
    path = fill(folder, decisions)
    return main(["settle", str(folder / "city"), str(path), "--by", "经办", "--on", day])


def test_two_namesakes_go_to_a_person_and_stay_unlinked(doubtful: tuple[Village, Path]) -> None:
    village, folder = doubtful
    found = run(village, folder)
    assert told(found) == {"doubtful": 1}
    assert [row["reason"] for row in found.read_csv("unlinked/insurance_claims.csv")] == [WAITS]
    heads, *rows = workbook(folder)
    cells = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [(row["所交姓名"], row["登记册姓名"], row["金额（元）"]) for row in cells] == [
        ("王小明", "王小明", 100.0)
    ] * 2
    assert {row["户编号"] for row in cells} == {"H000001", "H000003"}
    assert {row["部门数据"] for row in cells} == {"保险理赔"}


def test_a_decision_is_replayed(doubtful: tuple[Village, Path]) -> None:
    village, folder = doubtful
    run(village, folder)
    homes = [row[workbook(folder)[0].index("户编号")] for row in workbook(folder)[1:]]
    assert settle(folder, ["不是", "同一人"]) == 0
    again = run(village, folder, "again")
    assert told(again) == {"linked_by_decision": 1}
    assert again.facts[homes[1]]["insurance_claims"] == 10_000
    assert again.facts[homes[0]]["insurance_claims"] == 0


def test_who_is_not_meant_is_not_shown_again(doubtful: tuple[Village, Path]) -> None:
    village, folder = doubtful
    run(village, folder)
    assert settle(folder, ["不是", "待查"]) == 0
    run(village, folder, "again")
    assert len(workbook(folder)) == 2


def test_contradictory_decisions_go_back_to_a_person(doubtful: tuple[Village, Path]) -> None:
    village, folder = doubtful
    run(village, folder)
    assert settle(folder, ["同一人", ""]) == 0
    assert settle(folder, ["", "同一人"], "2020-07-03") == 0
    again = run(village, folder, "again")
    assert told(again) == {"doubtful": 1}
    assert {row[3] for row in workbook(folder)[1:]} == {"以前的决定互相矛盾，请重新确定"}


def test_two_people_for_one_row_are_refused_whole(
    doubtful: tuple[Village, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    village, folder = doubtful
    run(village, folder)
    assert settle(folder, ["同一人", "同一人"]) == 3
    assert "同一条所交记录定为两个人" in capsys.readouterr().err
    assert not (folder / "city" / "decisions").exists()


def test_a_word_that_is_no_decision(doubtful: tuple[Village, Path], capsys: pytest.CaptureFixture[str]) -> None:
    village, folder = doubtful
    run(village, folder)
    assert settle(folder, ["是", ""]) == 3
    assert "filled.xlsx 第 2 行" in capsys.readouterr().err


def test_decisions_that_cannot_be_read_stop_the_run(doubtful: tuple[Village, Path]) -> None:
    village, folder = doubtful
    village.city.write(folder / "city")
    (folder / "city" / "decisions").mkdir()
    (folder / "city" / "decisions" / "2020-07-02-1.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["screen", str(folder / "city"), "--as-of", "2020-06-30", "--out", str(folder / "run")]) == 3
    assert not (folder / "run").exists()
