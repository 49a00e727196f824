"""A county's file becomes part of the city's month: its people's rows are its own, nobody else's are touched."""

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter

from shouwang.areas import AreaCode
from shouwang.screening.receiving import ACCEPTED, KNOWN, REFUSED, store
from shouwang.screening.receiving.reply import ROWS
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month
from tests.support.city import City, Home, village_cells
from tests.support.screened import screened
from tests.unit.screening.receiving.conftest import Town
from tests.unit.screening.receiving.test_reply import sheets

OURS, THEIRS = "530113", "530128"
PLACED = "extracts/accidents/2020-06.csv"


class Counties(Town):
    """Ten homes in one county, ten in another; the city has handed in June for all of them."""

    def __init__(self, folder: Path) -> None:
        city = City(undelivered={("accidents", "2020-06"), ("water", "2020-06")})
        self.ours = [city.home(area_code="530113102001") for _ in range(10)]
        self.theirs = [city.home(area_code="530128102201") for _ in range(10)]
        self.homes = self.ours + self.theirs
        self.city = city.write(folder / "city")
        self.inbox = folder / "inbox"
        self.inbox.mkdir()

    def of(self, homes: list[Home], cost: str, **cells: str) -> list[dict[str, str]]:
        plain = {"事故日期": "2020-06-02", "自担费用": cost, "预计停工天数": "1"}
        return [{"姓名": h.head.name, "证件号码": h.head.id_number} | plain | cells for h in homes]

    def month(self, dataset: str = "accidents") -> list[dict[str, str]]:
        path = store.files_of(self.city / "extracts" / dataset, "2020-06")[0]
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


@pytest.fixture
def town(tmp_path: Path) -> Counties:
    made = Counties(tmp_path)
    made.hand_one(made.file("全市.csv", made.of(made.homes, "100.00")))
    return made


def test_county_stands_beside_the_others(town: Counties, tmp_path: Path) -> None:
    rows = [*town.of(town.ours[:3], "7000.00"), *town.of(town.theirs[:2], "9.00")]
    file = town.file("东川.csv", rows, 自担费用="自担费用")
    verdict = town.hand_one(file, area=OURS)
    assert (verdict.status, verdict.placed) == (ACCEPTED, PLACED)
    merged = verdict.merged
    assert merged is not None
    assert (merged.area, merged.taken, merged.elsewhere, merged.replaced, merged.kept, merged.lost) == (
        OURS,
        3,
        2,
        10,
        10,
        0,
    )
    told = [(row["证件号码"], row["自担费用"]) for row in town.month()]
    assert told == [(h.head.id_number, "100.00") for h in town.theirs] + [
        (h.head.id_number, "7000.00") for h in town.ours[:3]
    ]
    assert (town.city / verdict.kept / "delivered.csv").read_bytes() == file.read_bytes()
    town.hand_one(town.file("水.csv", [], dataset="water"), month=Month(2020, 6))
    facts = screened(town.city, tmp_path / "run").facts
    spent = [facts[home.household_id]["accident_spending"] for home in (town.ours[0], town.ours[5], town.theirs[0])]
    assert spent == [7000_00, 0, 100_00]


def test_newer_file_of_the_same_county_takes_the_place_of_its_own_rows(town: Counties) -> None:
    town.hand_one(town.file("a.csv", town.of(town.ours, "1.00")), area=OURS)
    town.hand_one(town.file("b.csv", town.of(town.theirs[:4], "2.00")), area=THEIRS)
    last = town.file("c.csv", town.of(town.ours[:6], "3.00"))
    verdict = town.hand_one(last, area=OURS)
    assert sorted(row["自担费用"] for row in town.month()) == ["2.00"] * 4 + ["3.00"] * 6
    assert verdict.warnings == ()
    assert town.hand_one(last, area=OURS).status == KNOWN
    assert [one.record["status"] for one in store.kept(town.city, "accidents", "2020-06")] == [
        *["superseded"] * 3,
        "accepted",
    ]


def test_city_takes_the_place_of_all_and_is_asked(town: Counties) -> None:
    town.hand_one(town.file("a.csv", town.of(town.ours[:6], "1.00")), area=OURS)
    verdict = town.hand_one(town.file("全市.csv", town.of(town.homes[:12], "5.00")))
    assert verdict.warnings == (
        "比它替换的那一份行数少（16 → 12），是否以这一份为准？",
        "这个月已并入 530113 交的 6 行，这一份会取代它们，是否已经包含？",
    )
    assert {row["自担费用"] for row in town.month()} == {"5.00"}


def test_people_nobody_knows_stay_and_are_not_said_twice(town: Counties) -> None:
    stranger = {"姓名": "某某", "证件号码": "110101199003070011", "事故日期": "2020-06-02", "自担费用": "1.00"}
    stranger["预计停工天数"] = "1"
    other = stranger | {"自担费用": "2.00"}
    town.hand_one(town.file("b.csv", [*town.of(town.homes, "100.00"), stranger, other]))
    verdict = town.hand_one(town.file("a.csv", [*town.of(town.ours, "3.00"), stranger]), area=OURS)
    assert verdict.merged is not None
    assert (verdict.merged.taken, verdict.merged.replaced, verdict.merged.kept) == (11, 11, 11)
    assert sorted(row["自担费用"] for row in town.month() if row["姓名"] == "某某") == ["1.00", "2.00"]


def test_county_alone_is_no_month_of_the_city(tmp_path: Path) -> None:
    town = Counties(tmp_path)
    verdict = town.hand_one(town.file("a.csv", town.of(town.ours, "1.00")), area=OURS)
    assert verdict.status == REFUSED
    assert [fault.found for fault in verdict.faults] == ["2020-06 还没有全市的文件，只有一县的不能当作全市的"]
    assert store.files_of(town.city / "extracts" / "accidents", "2020-06") == []
    assert town.hand_one(town.file("全市.csv", town.of(town.homes, "1.00"))).status == ACCEPTED


def test_file_of_another_county_is_refused(town: Counties) -> None:
    before = town.month()
    verdict = town.hand_one(town.file("a.csv", town.of(town.theirs, "1.00")), area=OURS)
    assert (verdict.status, [fault.found for fault in verdict.faults]) == (REFUSED, ["没有一行是 530113 的人"])
    assert town.month() == before


def test_villages_are_those_of_the_county(town: Counties) -> None:
    ours, theirs = (village_cells(AreaCode(home.area_code)) for home in (town.ours[0], town.theirs[0]))
    cells = {"水质达标": "是", "取水半径米": "300", "评价日期": "2020-06-02"}
    far = cells | {"取水半径米": "900"}
    town.hand_one(town.file("全市.csv", [ours | cells, theirs | cells], dataset="water"), month=Month(2020, 6))
    verdict = town.hand_one(
        town.file("a.csv", [ours | far, theirs | far], dataset="water"), month=Month(2020, 6), area=OURS
    )
    assert verdict.merged is not None
    assert (verdict.merged.taken, verdict.merged.elsewhere, verdict.merged.kept) == (1, 1, 1)
    assert [(row["县"], row["取水半径米"]) for row in town.month("water")] == [
        (theirs["县"], "300"),
        (ours["县"], "900"),
    ]


def test_killed_before_the_month_is_in_its_place_is_made_good(town: Counties, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    file = town.file("a.csv", town.of(town.ours, "3.00"))
    with monkeypatch.context() as patch:
        patch.setattr(store, "_copy", killed)
        with pytest.raises(KeyboardInterrupt):
            town.hand_one(file, area=OURS)
    assert {row["自担费用"] for row in town.month()} == {"100.00"}
    assert town.hand_one(file, area=OURS).status == KNOWN
    assert sorted(row["自担费用"] for row in town.month()) == ["100.00"] * 10 + ["3.00"] * 10
    record = json.loads(next((town.city / "deliveries/accidents/2020-06").glob("2-*/delivery.json")).read_text())
    assert (record["placed"], record["merged"]["kept"]) == (PLACED, 10)


def test_without_a_register_nothing_is_said_of_anybodys_county(town: Counties) -> None:
    for path in sorted((town.city / "registry").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    with pytest.raises(UserError):
        town.hand_one(town.file("a.csv", town.of(town.ours, "3.00")), area=OURS)
    assert {row["自担费用"] for row in town.month()} == {"100.00"}


def test_reply_holds_the_countys_rows_and_not_the_citys(town: Counties) -> None:
    wrong = town.of(town.homes, "100.00") + town.of(town.theirs[:1], "城里写的")
    town.hand_one(town.file("全市.csv", wrong))
    verdict = town.hand_one(
        town.file("a.csv", town.of(town.ours, "1.00") + town.of(town.ours[:1], "县里写的")), area=OURS
    )
    assert verdict.reply is not None
    assert [row[4] for row in sheets(verdict.reply)[ROWS][1:]] == ["县里写的"]
    assert verdict.merged is not None
    assert (verdict.merged.taken, verdict.merged.kept) == (11, 11)


def test_workbook_with_another_unit_and_lines_that_are_no_rows(town: Counties) -> None:
    """What file and header say of a cell goes with it; what is no row cannot come along."""
    whole = town.file("全市.csv", town.of(town.homes, "100.00"))
    whole.write_bytes(whole.read_bytes() + "少,了\r\n".encode())
    town.hand_one(whole)
    path = town.inbox / "东川.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["备注", "姓名", "证件号码", "事故日期", "自担费用（千元）", "预计停工天数"])
        head = town.ours[0].head
        sheet.write_row(1, 0, ["见附件", head.name, head.id_number, "2020-06-02", "7", "1"])
    verdict = town.hand_one(path, area=OURS, month=Month(2020, 6))
    assert verdict.merged is not None
    assert (verdict.merged.taken, verdict.merged.kept, verdict.merged.lost) == (1, 10, 1)
    last = town.month()[-1]
    assert (last["自担费用"], last["备注"], last["事故日期"]) == ("7千元", "见附件", "2020-06-02")


def test_what_is_found_on_visits_is_not_handed_in_by_a_county(town: Counties) -> None:
    columns = "household_id,fact,value,as_of,recorded_on,source"
    path = town.inbox / "visits.csv"
    home = town.ours[0].household_id
    path.write_text(f"{columns}\n{home},water_safe,yes,2020-06-02,2020-06-02,走访\n", encoding="utf-8")
    verdict = town.hand_one(path, area=OURS, month=Month(2020, 6))
    assert (verdict.status, [fault.found for fault in verdict.faults]) == (REFUSED, ["入户核实不由县里交"])


def test_county_to_which_nothing_happened(town: Counties) -> None:
    verdict = town.hand_one(town.file("a.csv", []), area=OURS, month=Month(2020, 6))
    assert verdict.merged is not None
    assert (verdict.status, verdict.merged.taken, verdict.merged.replaced, len(town.month())) == (ACCEPTED, 0, 10, 10)
