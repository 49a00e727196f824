"""Every row of every file is accounted for: read = linked + unlinked + set aside + quarantined, each told where."""

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from shouwang.screening.datasets import CATALOGUE, Key, Kind
from tests.support.city import HEADERS, City, rural_villages, village_cells
from tests.support.screened import Run, screened

GOOD = {
    "medical_settlements": {"结算日期": "2020-06-10", "个人自付": "100.00"},
    "insurance_claims": {"赔付日期": "2020-06-10", "赔付金额": "100.00"},
    "medical_insurance": {"参保状态": "正常参保", "参保年度": "2020"},
    "serious_illness": {"病种": "尿毒症", "确诊日期": "2020-06-10"},
    "school_roll": {"就读状态": "在读", "变动日期": "2020-06-10"},
    "school_fees": {"缴费日期": "2020-06-10", "应缴金额": "100.00", "资助金额": "20"},
    "disability_cards": {"残疾等级": "一级", "发证日期": "2020-06-10", "业务": "新办"},
    "social_assistance": {"救助类别": "低保"},
    "employment": {"就业状态": "就业", "拒绝岗位次数": "0", "拒绝培训次数": "0"},
    "housing": {"房屋等级": "B", "鉴定日期": "2020-06-10"},
    "disaster_losses": {"发生日期": "2020-06-10", "损失金额": "100.00", "已获赔付": "0"},
    "accidents": {"事故日期": "2020-06-10", "自担费用": "100.00", "预计停工天数": "3"},
    "vital_events": {"事件": "迁入", "日期": "2020-06-10"},
    "vehicles": {"车型": "轿车"},
    "companies": {},
    "real_estate": {},
    "public_payroll": {},
    "loans": {"逾期天数": "0"},
}
"""A usable row of every dataset about people; water and visits are written by hand."""
BAD = {
    "medical_settlements": ("个人自付", ["约一万二", "待定的数", "-1", "100000000.01", "0.005", ""]),
    "insurance_claims": ("赔付日期", ["2020-06-31", "10/6/2020", "六月十日左右", "43992", "1899-12-31", ""]),
    "medical_insurance": ("参保状态", ["也许", ""]),
    "serious_illness": ("病种", [""]),
    "school_roll": ("就读状态", ["待确认"]),
    "school_fees": ("应缴金额", ["免费"]),
    "disability_cards": ("残疾等级", ["五级", "0"]),
    "social_assistance": ("救助类别", ["其他"]),
    "employment": ("拒绝岗位次数", ["多次", "-1", "1.5", "100001"]),
    "housing": ("房屋等级", ["E"]),
    "disaster_losses": ("已获赔付", ["无"]),
    "accidents": ("预计停工天数", ["半年"]),
    "vital_events": ("事件", ["结婚"]),
    "loans": ("逾期天数", ["一"]),
}
"""A column and cells that cannot be used; every one makes a row of its own."""
DATED = {code: d.column(d.date).header for code, d in CATALOGUE.items() if d.date and d.key is Key.PERSON}
STATES = [code for code, d in CATALOGUE.items() if d.kind is Kind.STATE and d.key is Key.PERSON]


def city_of_all_kinds() -> City:
    """In every dataset about people: a member, a stranger, two whose id is no id, and whatever cannot be used."""
    city = City()
    head, stranger = city.home(quiet=False).head, city.person()
    city.leave_out("medical_insurance", head)
    city.leave_out("water", *(str(area.code) for area in rural_villages()))
    wrong = head.id_number[:17] + ("0" if head.id_number[17] != "0" else "1")
    for code, cells in GOOD.items():
        rows = [(head, {}), (stranger, {}), (stranger, {_id_header(code): wrong}), (stranger, {_id_header(code): ""})]
        column, bad = BAD.get(code, ("", []))
        rows += [(head, {column: cell}) for cell in bad]
        if code in DATED:
            rows.append((head, {DATED[code]: "2020-07-01"}))  # after the month of the file
        for who, other in rows:
            city.row(code, "2020-06", who, **{**cells, **other})
        if code in DATED:  # of an event: before the window; of a state: another is newer
            month = "2019-06" if code in STATES else "2019-07"
            city.row(code, month, head, **{**cells, DATED[code]: "2019-06-10"})
    _water(city)
    _visits(city)
    return city


def _id_header(code: str) -> str:
    return CATALOGUE[code].column("id_number").header


def _water(city: City) -> None:
    here = village_cells(rural_villages()[0].code)
    good = {"水质达标": "是", "取水半径米": "300", "评价日期": "2020-06-10"}
    city.row("water", "2019-06", **here, **{**good, "评价日期": "2019-06-10"})
    city.row("water", "2020-06", **here, **good)
    city.row("water", "2020-06", **{**here, "行政村": "蓬莱村"}, **good)
    city.row("water", "2020-06", **{**here, "行政村": ""}, **good)
    city.row("water", "2020-06", **here, **{**good, "水质达标": "还行"})


def _visits(city: City) -> None:
    home, june = city.homes[0], date(2020, 6, 10)
    city.visit(home, "net_income", "30000", date(2020, 5, 10), june)
    city.visit(home, "net_income", "31000", june)
    city.visit(home, "housing_grade", "A", date(2020, 6, 20), date(2020, 6, 21))
    for fact, value in (
        ("happiness", "yes"), ("net_income", "三万"), ("net_income", None), ("housing_grade", "E"),
        ("fed_and_clothed", "2"), ("support", "低保"), ("labour_units", "0.3"),
    ):  # fmt: skip
        city.visit(home, fact, value, june)
    city.visits["2020-06"] += [
        ("H999999", "net_income", "1", june, june, "入户"),
        (home.household_id, "water_safe", "yes", date(2020, 7, 1), date(2020, 7, 1), "入户"),
        (home.household_id, "water_safe", "yes", june, date(2020, 7, 2), "入户"),
        (home.household_id, "water_safe", "yes", None, june, "入户"),
    ]


EXPECTED = {  # read, linked, unlinked, set aside, quarantined
    "medical_settlements": (12, 1, 3, 1, 7),
    "insurance_claims": (12, 1, 3, 1, 7),
    "medical_insurance": (6, 1, 3, 0, 2),
    "serious_illness": (7, 1, 3, 1, 2),
    "school_roll": (7, 1, 3, 1, 2),
    "school_fees": (7, 1, 3, 1, 2),
    "disability_cards": (8, 1, 3, 1, 3),
    "social_assistance": (5, 1, 3, 0, 1),
    "employment": (8, 1, 3, 0, 4),
    "housing": (7, 1, 3, 1, 2),
    "water": (5, 1, 1, 1, 2),
    "disaster_losses": (7, 1, 3, 1, 2),
    "accidents": (7, 1, 3, 1, 2),
    "vital_events": (7, 1, 3, 1, 2),
    "vehicles": (4, 1, 3, 0, 0),
    "companies": (4, 1, 3, 0, 0),
    "real_estate": (4, 1, 3, 0, 0),
    "public_payroll": (4, 1, 3, 0, 0),
    "loans": (5, 1, 3, 0, 1),
    "visits": (14, 2, 1, 2, 9),
}


@pytest.fixture(scope="module")
def as_csv(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("csv")
    return screened(city_of_all_kinds().write(folder / "city"), folder / "run")


@pytest.fixture(scope="module")
def otherwise(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same rows in other clothes: workbooks, other headers, a byte order mark, Windows line ends."""
    folder = tmp_path_factory.mktemp("otherwise")
    city = city_of_all_kinds().write(folder / "city")
    for code in HEADERS:
        for number, path in enumerate(sorted((city / "extracts" / code).iterdir())):
            if number % 2:
                _as_workbook(path)
            else:
                _in_other_words(path, code)
    return screened(city, folder / "run")


def _as_workbook(path: Path) -> None:
    """Cells as Excel holds them: numbers are numbers, dates are dates; two empty rows below the header."""
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    book = xlsxwriter.Workbook(path.with_suffix(".xlsx"))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            at = (line + 2 if line else 0, place)
            if cell.removeprefix("-").replace(".", "", 1).isdecimal() and cell.isascii() and len(cell) < 10:
                sheet.write_number(*at, float(cell))
            elif _is_day(cell):
                sheet.write_datetime(*at, date.fromisoformat(cell), day)
            else:
                sheet.write_string(*at, cell)
    book.close()
    path.unlink()


def _is_day(cell: str) -> bool:
    try:
        return len(cell) == 10 and date.fromisoformat(cell).year > 1900
    except ValueError:
        return False


SYNONYMS = {
    "证件号码": "身份证号", "户主证件号码": "户主身份证号码", "残疾证号": "残疾人证号", "个人自付": " 个人自付（元）",
    "取水半径米": "取水半径(米)", "县": "县（市、区）", "行政村": "村委会", "赔付金额": "赔付金额(元)",
}  # fmt: skip


def _in_other_words(path: Path, code: str) -> None:
    text = path.read_text(encoding="utf-8")
    header, _, rows = text.partition("\n")
    header = ",".join(SYNONYMS.get(name, name) for name in reversed(header.strip().split(",")))
    lines = [",".join(reversed(line.split(","))) for line in rows.split("\n") if line.strip()]
    path.write_text("\r\n".join([header, *(line.replace("\r", "") for line in lines), ""]), "utf-8-sig", newline="")


@pytest.mark.parametrize("code", CATALOGUE)
def test_rows_of_a_dataset_add_up(as_csv: Run, code: str) -> None:
    told = as_csv.summary["datasets"][code]
    assert tuple(told[n] for n in ("read", "linked", "unlinked", "set_aside", "quarantined")) == EXPECTED[code]
    assert told["read"] == told["linked"] + told["unlinked"] + told["set_aside"] + told["quarantined"]


def test_rows_of_the_run_are_the_sum(as_csv: Run) -> None:
    sums = [sum(row[n] for row in EXPECTED.values()) for n in range(5)]
    rows = dict(zip(("read", "linked", "unlinked", "set_aside", "quarantined"), sums, strict=True))
    assert as_csv.summary["rows"] == rows
    assert as_csv.manifest["counts"]["rows"] == rows


@pytest.mark.parametrize("code", [c for c in GOOD if EXPECTED[c][4]])
def test_quarantined_rows_are_told_by_line_and_column(as_csv: Run, code: str) -> None:
    """The header, a member, a stranger and two bad ids stand above them; last is the row dated too late."""
    column, bad = BAD[code]
    expected = [("2020-06.csv", 6 + n, column) for n in range(len(bad))]
    if code in DATED:
        expected.append(("2020-06.csv", 6 + len(bad), DATED[code]))
    assert as_csv.places("quarantine", code) == expected


def test_quarantined_water_and_visits_are_told(as_csv: Run) -> None:
    assert as_csv.places("quarantine", "water") == [("2020-06.csv", 4, "行政村"), ("2020-06.csv", 5, "水质达标")]
    places = as_csv.places("quarantine", "visits")
    facts = [("fact", 5), *(("value", n) for n in (6, 7, 8, 9)), ("fact", 10), ("value", 11)]
    assert places == [("2020-06.parquet", line, column) for column, line in [*facts, ("as_of", 13), ("as_of", 15)]]


def test_quarantine_tells_why_and_never_the_value(as_csv: Run) -> None:
    told = as_csv.read_csv("quarantine/medical_settlements.csv")
    assert {row["reason"] for row in told} == {"应为以元计的金额，至多两位小数，如 1234.50", "日期晚于本文件的月份"}
    assert [row["file"] for row in told] == ["extracts/medical_settlements/2020-06.csv"] * 7
    for path in sorted((as_csv.folder / "quarantine").iterdir()):
        text = path.read_text(encoding="utf-8-sig")
        assert not any(cell in text for _, bad in BAD.values() for cell in bad if len(cell) > 3), path.name


def test_only_datasets_with_quarantined_rows_have_a_file(as_csv: Run) -> None:
    names = sorted(path.stem for path in (as_csv.folder / "quarantine").iterdir())
    assert names == sorted(c for c, row in EXPECTED.items() if row[4])


@pytest.mark.parametrize("code", GOOD)
def test_rows_whose_id_is_no_id_are_listed(as_csv: Run, code: str) -> None:
    """A stranger's sound id is nobody's here; one with a wrong check digit, or none, may be anybody's."""
    header = _id_header(code)
    assert as_csv.places("unlinked", code) == [("2020-06.csv", 4, header), ("2020-06.csv", 5, header)]


def test_no_personal_data_leaves_the_city(as_csv: Run) -> None:
    """Names and id numbers of members and strangers alike: RUN holds household ids only."""
    people = city_of_all_kinds().homes[0].people
    secrets = [text for person in people for text in (person.name, person.id_number, person.person_id)]
    for path in as_csv.folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(secret.encode() in content for secret in secrets), path.name


def test_other_clothes_same_digest(as_csv: Run, otherwise: Run) -> None:
    assert otherwise.manifest["output_digest"] == as_csv.manifest["output_digest"]
    assert otherwise.facts == as_csv.facts
    assert otherwise.summary["datasets"] == as_csv.summary["datasets"]


def test_other_clothes_same_lines(as_csv: Run, otherwise: Run) -> None:
    """In a workbook the rows stand two lines lower; the files are alternately one or the other."""
    lower = {"medical_settlements": 0, "accidents": 0, "loans": 2, "employment": 2}
    for code, lines in lower.items():
        moved = [(line + lines, column) for _, line, column in as_csv.places("quarantine", code)]
        assert [(line, column) for _, line, column in otherwise.places("quarantine", code)] == moved


def test_every_input_is_in_the_manifest(as_csv: Run) -> None:
    inputs = as_csv.manifest["inputs"]
    assert inputs["extracts/medical_settlements/2020-06.csv"]["rows"] == 11
    assert inputs["extracts/medical_settlements/2019-07.csv"]["rows"] == 1
    assert inputs["registry/2020-06/households.parquet"]["rows"] == 1
    assert "extracts/medical_settlements/2019-06.csv" not in inputs  # before the window: not read
    assert "extracts/loans/2020-05.csv" not in inputs  # a newer roll is there
    read = sum(one["rows"] for label, one in inputs.items() if label.startswith("extracts/"))
    assert read == as_csv.summary["rows"]["read"]
