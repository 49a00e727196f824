"""Small cities written by hand, file by file, from `datasets.md`: what a test does not say is a quiet month."""

import csv
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shouwang.areas import AreaCode, kunming
from shouwang.terms.period import Month, Period

HEADERS = {
    "medical_settlements": "姓名,证件号码,就诊类别,结算日期,总费用,基本医保支付,大病保险支付,医疗救助支付,个人自付",
    "insurance_claims": "姓名,证件号码,险种,赔付日期,赔付金额",
    "medical_insurance": "姓名,证件号码,参保类型,参保状态,参保年度",
    "serious_illness": "姓名,证件号码,病种,确诊日期,家庭医生签约",
    "school_roll": "姓名,证件号码,学校,学段,年级,就读状态,变动日期,变动原因",
    "school_fees": "姓名,证件号码,学段,缴费日期,应缴金额,资助金额",
    "disability_cards": "姓名,残疾证号,残疾类别,残疾等级,发证日期,业务",
    "social_assistance": "姓名,证件号码,救助类别,保障人口,月发放金额,起始月份",
    "employment": "姓名,证件号码,就业状态,就业地,月工资,失业起始日期,拒绝岗位次数,拒绝培训次数",
    "housing": "户主姓名,户主证件号码,房屋等级,鉴定日期",
    "water": "县,乡镇,行政村,水质达标,取水半径米,评价日期",
    "disaster_losses": "户主姓名,户主证件号码,灾种,发生日期,损失金额,已获赔付",
    "accidents": "姓名,证件号码,事故日期,自担费用,预计停工天数",
    "vital_events": "姓名,证件号码,事件,日期",
    "vehicles": "姓名,证件号码,车型,登记日期",
    "companies": "姓名,证件号码,企业名称,职务,成立日期",
    "real_estate": "姓名,证件号码,坐落,面积,用途",
    "public_payroll": "姓名,证件号码,单位,人员类别",
    "loans": "姓名,证件号码,品种,余额,到期日,逾期天数",
}  # fmt: skip
ROLLS = (
    "medical_insurance",
    "social_assistance",
    "employment",
    "vehicles",
    "companies",
    "real_estate",
    "public_payroll",
    "loans",
)
VISIT_COLUMNS = ("household_id", "fact", "value", "as_of", "recorded_on", "source")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FIRST, LAST = Month(2019, 6), Month(2020, 6)
ROLL_MONTHS = ("2020-05", "2020-06")
WATERED = 7
"""So many villages are lived in and have safe water."""


def id_number(number: int, born: date) -> str:
    """A sound id of nobody: a county + birth date + a number + check digit."""
    seventeen = f"{530113 + number // 1000}{born:%Y%m%d}{number % 1000:03d}"
    total = sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]


def rural_villages() -> list[Any]:
    return [a for a in kunming().villages() if a.is_rural]


@dataclass
class Person:
    name: str
    id_number: str
    born: date
    relation: str
    labour: str | None
    in_school: str | None
    person_id: str
    since: date | None = date(2014, 1, 1)
    until: date | None = None


@dataclass
class Home:
    household_id: str
    register: str | None
    area_code: str
    people: list[Person]
    incomes: list[dict[str, Any]]
    quiet: bool

    @property
    def head(self) -> Person:
        return self.people[0]


@dataclass
class City:
    """Homes and rows; `write` makes the folder. A quiet home is insured, housed, at school, at work and fed."""

    homes: list[Home] = field(default_factory=list)
    rows: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    visits: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    silent: dict[str, set[str]] = field(default_factory=dict)
    """Dataset → ids (or village codes) of whom a quiet home's row is left out."""
    undelivered: set[tuple[str, str]] = field(default_factory=set)
    """(dataset, month) of files that are not written."""
    strays: list[Person] = field(default_factory=list)
    """Members of a household that the register does not have."""
    people_made: int = 0

    def person(self, *, born: date = date(1980, 3, 1), relation: str = "户主", labour: str | None = "普通劳动力",
               in_school: str | None = None, name: str | None = None, since: date | None = date(2014, 1, 1),
               until: date | None = None) -> Person:  # fmt: skip
        self.people_made += 1
        n = self.people_made
        return Person(
            name or f"人{n}", id_number(n, born), born, relation, labour, in_school, f"P{n:06d}", since, until
        )

    def child(self, *, born: date = date(2010, 3, 1), **more: Any) -> Person:
        return self.person(born=born, **{"relation": "之子", "labour": "无劳动力", "in_school": "小学", **more})

    def home(self, *people: Person, register: str | None = "exited", net: int | None = 40_000,
             before: int | None = 40_000, quiet: bool = True, area_code: str | None = None,
             empty: bool = False) -> Home:  # fmt: skip
        """A home of the given people (else one worker; nobody where empty) with two yearly incomes in 元."""
        area = area_code or str(rural_villages()[len(self.homes) % WATERED].code)
        incomes = [
            income(net, date(2018, 10, 1), date(2019, 9, 30), date(2019, 10, 20)),
            income(before, date(2017, 10, 1), date(2018, 9, 30), date(2018, 10, 20)),
        ]
        members = [] if empty else list(people) or [self.person()]
        home = Home(f"H{len(self.homes) + 1:06d}", register, area, members, [i for i in incomes if i], quiet)
        self.homes.append(home)
        return home

    def row(self, dataset: str, month: str, who: Person | None = None, **cells: Any) -> None:
        """One department row; the id and name come from `who` unless given."""
        if who:
            heads = "户主" if dataset in ("housing", "disaster_losses") else ""
            number = "残疾证号" if dataset == "disability_cards" else f"{heads}证件号码"
            cells = {f"{heads}姓名": who.name, number: who.id_number} | cells
        self.rows.setdefault((dataset, month), []).append(cells)

    def roll(self, dataset: str, who: Person | None = None, **cells: Any) -> None:
        """One row in the rolls of both months."""
        for month in ROLL_MONTHS:
            self.row(dataset, month, who, **cells)

    def visit(self, home: Home, fact: str, value: str | None, as_of: date, recorded_on: date | None = None) -> None:
        recorded = recorded_on or as_of
        row = (home.household_id, fact, value, as_of, recorded, "入户")
        self.visits.setdefault(str(Month.of(recorded)), []).append(row)

    def leave_out(self, dataset: str, *whom: Person | str) -> None:
        """No quiet row of these people (or villages) in a dataset."""
        self.silent.setdefault(dataset, set()).update(w if isinstance(w, str) else w.id_number for w in whom)

    def write(self, folder: Path) -> Path:
        """Make CITY: registers of May and June 2020, thirteen months of events and states, two of rolls."""
        for month in ROLL_MONTHS:
            self.write_register(folder / "registry" / month)
        quiet = self._quiet_rows()
        for dataset, header in HEADERS.items():
            for month in months_of(dataset):
                if (dataset, month) not in self.undelivered:
                    rows = quiet.get((dataset, month), []) + self.rows.get((dataset, month), [])
                    write_csv(extract(folder, dataset, month), header.split(","), rows)
        for month in map(str, Period(FIRST, LAST).months):
            if ("visits", month) not in self.undelivered:
                write_visits(extract(folder, "visits", month), self.visits.get(month, []) + self._fed(month))
        return folder

    def _quiet_rows(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        quiet = City()
        for home in self.homes:
            for person in home.people:
                for dataset, cells in _quiet_cells(home, person):
                    if person.id_number not in self.silent.get(dataset, ()):
                        for month in ROLL_MONTHS if dataset in ROLLS else (str(FIRST),):
                            quiet.row(dataset, month, person, **cells)
        for area in rural_villages()[:WATERED]:
            if str(area.code) not in self.silent.get("water", ()):
                quiet.row("water", str(FIRST), **village_cells(area.code), 水质达标="是", 取水半径米="300",
                          评价日期="2019-05-01")  # fmt: skip
        return quiet.rows

    def _fed(self, month: str) -> list[tuple[Any, ...]]:
        silent, day = self.silent.get("visits", ()), date(2020, 3, 10)
        return [
            (h.household_id, "fed_and_clothed", "yes", day, day, "入户")
            for h in self.homes
            if h.quiet and h.household_id not in silent and month == "2020-03"
        ]

    def write_register(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        homes = [{"household_id": h.household_id, "area_code": h.area_code, "register": h.register, "exit_year": 2018,
                  "hukou": "农业", "head_person_id": h.head.person_id if h.people else None, "phone": None}
                 for h in self.homes]  # fmt: skip
        members = [(h.household_id, p) for h in self.homes for p in h.people] + [("nowhere", p) for p in self.strays]
        people = [{"person_id": p.person_id, "household_id": home, "name": p.name, "id_number": p.id_number,
                   "relation": p.relation, "sex": "男", "birth_date": p.born, "ethnic": "汉族", "education": None,
                   "in_school": p.in_school, "health": "健康", "labour": p.labour, "since": p.since, "until": p.until}
                  for home, p in members]  # fmt: skip
        incomes = [{"household_id": h.household_id, **i} for h in self.homes for i in h.incomes]
        for name, rows in (("households", homes), ("members", people), ("incomes", incomes)):
            pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMAS[name]), folder / f"{name}.parquet")
        (folder / "manifest.json").write_text("{}")


def months_of(dataset: str) -> list[str]:
    return list(ROLL_MONTHS) if dataset in ROLLS else [str(m) for m in Period(FIRST, LAST).months]


def extract(city: Path, dataset: str, month: str) -> Path:
    return city / "extracts" / dataset / f"{month}.{'parquet' if dataset == 'visits' else 'csv'}"


def village_cells(code: AreaCode) -> dict[str, str]:
    county, town, village = (kunming().get(c).name for c in (code.county, code.town, code))
    return {"县": county, "乡镇": town, "行政村": village}


def _quiet_cells(home: Home, person: Person) -> list[tuple[str, dict[str, str]]]:
    rows = [("medical_insurance", {"参保状态": "正常参保", "参保年度": "2020"})]
    if home.quiet and person.in_school:
        rows.append(("school_roll", {"学段": "小学", "就读状态": "在读", "变动日期": "2019-03-01"}))
    if home.quiet and person.labour in ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力"):
        rows.append(("employment", {"就业状态": "就业", "拒绝岗位次数": "0", "拒绝培训次数": "0"}))
    if home.quiet and person is home.head:
        rows.append(("housing", {"房屋等级": "A", "鉴定日期": "2019-05-01"}))
    return rows


TEXT, DAY, MONEY = pa.string(), pa.date32(), pa.decimal128(18, 2)
SCHEMAS = {
    "households": pa.schema(
        [("household_id", TEXT), ("area_code", TEXT), ("register", TEXT), ("exit_year", pa.int32()), ("hukou", TEXT),
         ("head_person_id", TEXT), ("phone", TEXT)]
    ),
    "members": pa.schema(
        [("person_id", TEXT), ("household_id", TEXT), ("name", TEXT), ("id_number", TEXT), ("relation", TEXT),
         ("sex", TEXT), ("birth_date", DAY), ("ethnic", TEXT), ("education", TEXT), ("in_school", TEXT),
         ("health", TEXT), ("labour", TEXT), ("since", DAY), ("until", DAY)]
    ),
    "incomes": pa.schema(
        [("household_id", TEXT), ("window_from", DAY), ("window_to", DAY), ("wage", MONEY), ("business", MONEY),
         ("property", MONEY), ("transfer", MONEY), ("business_cost", MONEY), ("collected_on", DAY), ("source", TEXT)]
    ),
}  # fmt: skip


def income(net: int | None, start: date, end: date, collected: date) -> dict[str, Any] | None:
    if net is None:
        return None
    window = {"window_from": start, "window_to": end, "collected_on": collected, "source": "入户"}
    rest = dict.fromkeys(("business", "property", "transfer", "business_cost"), Decimal(0))
    return window | rest | {"wage": Decimal(net)}


def write_csv(path: Path, header: list[str], rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="", extrasaction="raise")
        writer.writeheader()
        writer.writerows(rows)


def write_visits(path: Path, rows: list[tuple[Any, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    types = (TEXT, TEXT, TEXT, DAY, DAY, TEXT)
    columns = [pa.array([row[n] for row in rows], kind) for n, kind in enumerate(types)]
    pq.write_table(pa.table(columns, names=VISIT_COLUMNS), path)
