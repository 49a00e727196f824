"""People, labour, incomes, spending and accidents → facts. One row of the table is one home; money in fen."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.city import City, Home, income
from tests.support.reference import disagreements
from tests.support.screened import Case, Table, screen_cases

Rows = Callable[[City, Home], object]
ABLE, WEAK, UNABLE = "普通劳动力", "弱劳动力或半劳动力", "丧失劳动力"
START, END = "2019-07-01", "2020-06-30"


def no_rows(city: City, home: Home) -> None:
    """Nothing is said of the home but what is said of every quiet one."""


def people(name: str, *members: dict[str, Any], rows: Rows = no_rows, empty: bool = False, **facts: Any) -> Case:
    """A home of these members; a plain dict is one able head."""

    def build(city: City) -> Home:
        home = city.home(*(city.person(**member) for member in members), empty=empty)
        rows(city, home)
        return home

    return Case(name, build, facts)


def figures(name: str, *incomes: dict[str, Any] | None, **facts: Any) -> Case:
    def build(city: City) -> Home:
        home = city.home(net=None, before=None)
        home.incomes = [one for one in incomes if one]
        return home

    return Case(name, build, facts)


def year_to(end: str, net: int, *, collected: str = "2020-01-10", **more: int | None) -> dict[str, Any]:
    one = income(net, date(2017, 1, 1), date.fromisoformat(end), date.fromisoformat(collected))
    assert one
    return one | {name: None if fen is None else Decimal(fen) for name, fen in more.items()}


def spent(name: str, *rows: tuple[str, str, dict[str, str]], **facts: Any) -> Case:
    """Rows of (dataset, month, cells) about the head."""
    return people(name, {}, rows=lambda c, h: [c.row(d, m, h.head, **cells) for d, m, cells in rows], **facts)


def paid(day: str, amount: str = "100.00", month: str | None = None) -> tuple[str, str, dict[str, str]]:
    return ("medical_settlements", month or day[:7], {"结算日期": day, "个人自付": amount})


def fee(day: str, due: str, aid: str) -> tuple[str, str, dict[str, str]]:
    return ("school_fees", day[:7], {"缴费日期": day, "应缴金额": due, "资助金额": aid})


def lost(day: str, loss: str, compensated: str) -> tuple[str, str, dict[str, str]]:
    return ("disaster_losses", day[:7], {"发生日期": day, "损失金额": loss, "已获赔付": compensated})


def fell(day: str, days_off: int, cost: str = "0", *, month: str | None = None) -> tuple[str, str, dict[str, str]]:
    return ("accidents", month or day[:7], {"事故日期": day, "自担费用": cost, "预计停工天数": str(days_off)})


def about(member: int, *rows: tuple[str, str, dict[str, str]]) -> Rows:
    return lambda c, h: [c.row(dataset, month, h.people[member], **cells) for dataset, month, cells in rows]


def fell_together(city: City, home: Home) -> None:
    for member in range(len(home.people)):
        about(member, fell("2020-03-01", 30))(city, home)


FULL_WIDTH = str.maketrans("0123456789x", "０１２３４５６７８９ｘ")


def event(what: str, day: str, *, of: int = 0, month: str | None = None) -> Rows:
    """A vital event of one member."""
    return lambda c, h: c.row("vital_events", month or day[:7], h.people[of], 事件=what, 日期=day)


def written(write: Callable[[str], str]) -> Rows:
    """A settlement under the head's id, written in another way."""

    def row(city: City, home: Home) -> None:
        number = write(home.head.id_number)
        city.row("medical_settlements", "2020-06", home.head, 证件号码=number, 结算日期=END, 个人自付="7")

    return row


PEOPLE = [
    people("one able head", {}, members=1, labour_units=2, has_head=True, register="exited"),
    people("a weak worker is half a one", {"labour": WEAK}, labour_units=1),
    people("able and weak", {}, {"labour": WEAK, "relation": "配偶"}, members=2, labour_units=3),
    people("unable", {"labour": UNABLE}, labour_units=0),
    people("of one the labour is unknown", {}, {"labour": None, "relation": "配偶"}, members=2, labour_units=None),
    people("a word for labour nobody knows", {"labour": "壮劳力"}, labour_units=None),
    people("able but at school", {}, {"in_school": "高中", "relation": "之子"}, members=2, labour_units=2),
    people("not at school", {"in_school": "非在校生"}, labour_units=2),
    people("left the day before", {}, {"until": date(2020, 6, 29), "relation": "之子"}, members=1),
    people("left today", {}, {"until": date(2020, 6, 30), "relation": "之子"}, members=1),
    people("leaves tomorrow", {}, {"until": date(2020, 7, 1), "relation": "之子"}, members=2),
    people("came today", {}, {"since": date(2020, 6, 30), "relation": "儿媳"}, members=2),
    people("comes tomorrow", {}, {"since": date(2020, 7, 1), "relation": "儿媳"}, members=1),
    people("since when is not recorded", {}, {"since": None, "relation": "之子"}, members=2),
    people("nobody", empty=True, members=0, labour_units=0, has_head=False, out_of_school=0, uninsured_members=0),
    people("no head", {"relation": "之子"}, members=1, has_head=False),
    people("the head left", {"until": date(2020, 6, 1)}, {"relation": "配偶"}, members=1, has_head=False),
    people("the head by another word", {"relation": "本人或户主"}, has_head=True),
]
INCOMES = [
    figures("no figure", net_income=None, net_income_before=None, transfer_income=None, income_age_months=None,
            income_contradiction=False),
    figures("a figure and one of the year before", year_to("2019-12-31", 100), year_to("2018-12-31", 90),
            net_income=100_00, net_income_before=90_00, income_age_months=6),
    figures("the window before it is of another month", year_to("2019-12-31", 100), year_to("2018-11-30", 90),
            net_income=100_00, net_income_before=None),
    figures("no earlier window", year_to("2019-12-31", 100), net_income=100_00, net_income_before=None),
    figures("twelve months old", year_to("2019-06-30", 100), net_income=100_00, income_age_months=12),
    figures("thirteen months old", year_to("2019-05-31", 100), net_income=100_00, income_age_months=13),
    figures("of today", year_to("2020-06-30", 100, collected="2020-06-30"), net_income=100_00, income_age_months=0),
    figures("a window that ends within a month", year_to("2019-07-15", 100), income_age_months=11),
    figures("a window that ends tomorrow", year_to("2020-07-01", 1), year_to("2019-12-31", 100), net_income=100_00),
    figures("collected tomorrow", year_to("2020-06-30", 1, collected="2020-07-01"), year_to("2019-12-31", 100),
            net_income=100_00),
    figures("its parts", year_to("2019-12-31", 100, business=50, property=5, transfer=20, business_cost=75),
            net_income=100_00, transfer_income=20_00),
    figures("below zero", year_to("2019-12-31", 0, business_cost=30), net_income=-30_00),
    figures("a part is unknown", year_to("2019-12-31", 100, property=None), net_income=None, transfer_income=None),
    figures("two figures: the last collected counts, they contradict", year_to("2019-12-31", 100),
            year_to("2019-12-31", 200, collected="2020-02-01"), net_income=200_00, income_contradiction=True),
    figures("two figures within the tolerance", year_to("2019-12-31", 90),
            year_to("2019-12-31", 100, collected="2020-02-01"), net_income=100_00, income_contradiction=False),
    figures("two figures just beyond the tolerance", year_to("2019-12-31", 100, transfer=0),
            year_to("2019-12-31", 79, collected="2020-02-01"), net_income=79_00, income_contradiction=True),
    figures("two figures of one day: the lower", year_to("2019-12-31", 101), year_to("2019-12-31", 100),
            net_income=100_00, income_contradiction=False),
    figures("an older window contradicts itself", year_to("2019-12-31", 100), year_to("2018-12-31", 10),
            year_to("2018-12-31", 90), net_income_before=10_00, income_contradiction=False),
]  # fmt: skip
SPENDING = [
    spent("no row", medical_spending=0, insurance_claims=0, school_spending=0, disaster_loss=0, accident_spending=0,
          labour_lost=0, earner_lost=False, rigid_spending=None, expected_spending=0),
    spent("the first day of the window", paid(START), medical_spending=100_00),
    spent("the last day of the window", paid(END), medical_spending=100_00),
    spent("the day before the window", paid("2019-06-30", month="2019-07"), medical_spending=0),
    spent("a row of two cents and more", paid(END, "0.02"), paid(START, "99.99"), medical_spending=100_01),
    spent("amounts without decimals", paid(END, "7"), paid(END, "7.5"), medical_spending=14_50),
    spent("claims", ("insurance_claims", "2020-06", {"赔付日期": END, "赔付金额": "12.34"}), insurance_claims=12_34),
    spent("fees less aid", fee(END, "500", "200"), school_spending=300_00),
    spent("aid beyond the fee", fee(END, "0", "200"), school_spending=0),
    spent("aid for one fee, another fee", fee(END, "0", "200"), fee(START, "300", "0"), school_spending=100_00),
    spent("losses less what was paid", lost("2019-08-08", "900", "1"), disaster_loss=899_00),
    spent("an accident of 29 days", fell("2020-03-01", 29, "30"), accident_spending=30_00, labour_lost=0),
    spent("an accident of 30 days", fell("2020-03-01", 30), accident_spending=0, labour_lost=1, labour_units=2),
    spent("two accidents of one person", fell("2020-03-01", 30), fell("2020-04-01", 40), labour_lost=1),
    spent("back at work today", fell("2020-06-20", 10), labour_units=2),
    spent("back at work tomorrow", fell("2020-06-20", 11), labour_units=0),
    spent("an accident before the window", fell("2019-06-30", 400, "5", month="2019-07"), labour_lost=0,
          accident_spending=0),
    people("accidents of two people", {}, {"relation": "配偶"}, rows=fell_together, labour_lost=2),
    people("a member who died is still of the home", {}, {"relation": "之父", "until": date(2020, 1, 1)}, members=1,
           rows=about(1, paid("2019-12-24", "800")), medical_spending=800_00),
    people("an id in small letters, full width, with spaces", {}, medical_spending=7_00,
           rows=written(lambda i: f" {i.lower().translate(FULL_WIDTH)} ")),
    people("an id of fifteen digits", {}, rows=written(lambda i: i[:6] + i[8:17]), medical_spending=7_00),
    people("an id with a wrong check digit", {}, medical_spending=0,
           rows=written(lambda i: i[:17] + ("1" if i[17] == "0" else "0"))),
]  # fmt: skip
EARNERS = [
    people("the head died", {}, rows=event("死亡", END), earner_lost=True),
    people("the head is in prison", {}, rows=event("服刑", START), earner_lost=True),
    people("the head is in detention", {}, rows=event("强戒", "2020-01-01"), earner_lost=True),
    people("the head moved away", {}, rows=event("迁出", END), earner_lost=False),
    people("the head died before the window", {}, rows=event("死亡", "2019-06-30", month="2019-07"), earner_lost=False),
    people("the wife of an able head died", {}, {"relation": "配偶"}, rows=event("死亡", END, of=1), earner_lost=False),
    people("the eldest able died, the head being unable", {"labour": UNABLE},
           {"relation": "之子", "born": date(1985, 1, 1)}, {"relation": "之子", "born": date(1990, 1, 1)},
           rows=event("死亡", END, of=1), earner_lost=True),
    people("the second able died, the head being unable", {"labour": UNABLE},
           {"relation": "之子", "born": date(1985, 1, 1)}, {"relation": "之子", "born": date(1990, 1, 1)},
           rows=event("死亡", END, of=2), earner_lost=False),
    people("an unable head died", {"labour": UNABLE}, rows=event("死亡", END), earner_lost=False),
    people("the head died and left the register", {"until": date(2020, 2, 1)}, {"relation": "配偶"},
           rows=event("死亡", "2020-02-01"), earner_lost=True, members=1),
    people("the head died, an older one succeeds", {"until": date(2020, 2, 1)}, {"born": date(1950, 1, 1)},
           rows=event("死亡", "2020-02-01"), earner_lost=True, has_head=True),
    people("an able head died who was never the head", {}, {"relation": "之子", "until": date(2020, 2, 1)},
           rows=event("死亡", "2020-02-01", of=1), earner_lost=False),
]  # fmt: skip
CASES = [*PEOPLE, *INCOMES, *SPENDING, *EARNERS]


def doubled(city: City) -> None:
    """A person twice in one home, an id in two homes, and somebody who moved from one home to another."""
    twice = city.home(city.person(name="重复人"))
    twice.people.append(twice.head)
    one, other = city.home(city.person(name="两户人")), city.home()
    other.people[0].id_number = one.head.id_number
    for home in (twice, one, other):
        home.household_id = f"X-{home.head.name}-{home.household_id}"
    city.row("medical_settlements", "2020-06", twice.head, 结算日期=END, 个人自付="9")
    city.row("medical_settlements", "2020-06", one.head, 结算日期=END, 个人自付="9")
    former = city.home(city.person(name="从前两户人", until=date(2020, 2, 1)), city.person(relation="配偶"))
    former.head.id_number, former.household_id = one.head.id_number, "X-former"
    left, came = city.home(city.person(until=date(2020, 2, 1)), city.person(relation="配偶")), city.home()
    came.people[0].id_number = left.head.id_number
    left.household_id, came.household_id = "Y-left", "Y-came"
    city.row("medical_settlements", "2019-12", left.head, 结算日期="2019-12-01", 个人自付="9")
    miswritten = city.home()
    miswritten.household_id = "W-miswritten"
    miswritten.head.id_number = miswritten.head.id_number[:6] + "20011301" + miswritten.head.id_number[14:]
    city.strays.append(city.person())
    strange = city.home(register="五保户", area_code="530199999999", net=1_000)
    strange.household_id = "Z-strange"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return screen_cases(CASES, tmp_path_factory.mktemp("home"), also=doubled)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_facts(table: Table, case: Case) -> None:
    assert table.facts(case) == case.expected


def facts_of(table: Table, begins: str) -> dict[str, Any]:
    return next(row for key, row in table.run.facts.items() if key.startswith(begins))


def test_person_twice_in_a_home_is_one(table: Table) -> None:
    facts = facts_of(table, "X-重复人")
    assert (facts["members"], facts["labour_units"], facts["medical_spending"]) == (1, 2, 9_00)


def test_id_in_two_homes_leads_to_nobody(table: Table) -> None:
    """Whose row it is a person must say; whether they are insured is unknown, as the row may be theirs."""
    for begins in ("X-两户人", "X-人"):
        facts = facts_of(table, begins)
        assert (facts["members"], facts["medical_spending"], facts["uninsured_members"]) == (1, 0, None)


def test_id_in_two_homes_does_not_lead_to_a_former_third_one(table: Table) -> None:
    assert table.run.facts["X-former"]["medical_spending"] == 0


def test_person_who_moved_is_of_the_home_they_moved_to(table: Table) -> None:
    assert facts_of(table, "Y-left")["medical_spending"] == 0
    assert facts_of(table, "Y-came")["medical_spending"] == 9_00


def test_doubles_and_strange_rows_of_the_register_are_listed(table: Table) -> None:
    told = [(row["column"], row["reason"]) for row in table.run.read_csv("quarantine/members.csv")]
    assert told == [
        ("id_number", "同一人在本户出现两次，只计一次"),
        ("id_number", "同一证件号码登记在多户，须由人确定"),
        ("id_number", "同一证件号码登记在多户，须由人确定"),
        ("id_number", "证件号码校验不符"),
        ("household_id", "没有这一户"),
    ]
    told = [(row["column"], row["reason"]) for row in table.run.read_csv("quarantine/households.csv")]
    assert told == [("area_code", "没有这个行政区划代码"), ("register", "应为exited、registered、general之一")]


def test_member_with_a_miswritten_id_is_counted_but_not_linked(table: Table) -> None:
    """Nobody is born in a thirteenth month; the row of insurance under that id may be theirs."""
    facts = table.run.facts["W-miswritten"]
    assert (facts["members"], facts["labour_units"], facts["has_head"]) == (1, 2, True)
    assert (facts["housing_grade"], facts["uninsured_members"]) == (None, None)


def test_register_and_area_nobody_knows(table: Table) -> None:
    facts = facts_of(table, "Z-strange")
    assert (facts["register"], facts["water_safe"]) == (None, None)
    verdict = table.run.verdicts["Z-strange"]
    assert (verdict["area_code"], verdict["register"], verdict["level"]) == ("530199999999", None, 1)
    (told,) = [row for row in table.run.read_csv("warnings.csv") if row["户编号"] == "Z-strange"]
    assert (told["县"], told["村"], told["户类型"], told["级别"]) == ("", "", "", "Ⅰ")


def test_income_too_old_decides_nothing(table: Table) -> None:
    """Twelve months are kept, thirteen are unknown: 100 元 a year then is no verdict."""
    fresh, old = (table.homes[name].household_id for name in ("twelve months old", "thirteen months old"))
    assert table.run.verdicts[fresh]["level"] == 1
    assert (table.run.verdicts[old]["level"], table.run.verdicts[old]["status"]) == (None, "unverified")


def test_home_without_people_or_head_is_to_be_verified(table: Table) -> None:
    for name, sign in (("nobody", "no-member"), ("no head", "no-head")):
        assert sign in table.run.verdicts[table.homes[name].household_id]["signs"]


def test_dates_and_sources(table: Table) -> None:
    facts = table.run.facts[table.homes["a row of two cents and more"].household_id]
    assert (facts["medical_spending__as_of"], facts["medical_spending__source"]) == (
        date(2020, 6, 30), "medical_settlements 2020-06",
    )  # fmt: skip
    assert facts["medical_settlements__rows"] == 2
    assert facts["insurance_claims__as_of"] == date(2020, 6, 30)  # nothing until then
    assert (facts["net_income__as_of"], facts["net_income__source"]) == (date(2019, 9, 30), "incomes 入户")
    unknown = table.run.facts[table.homes["no figure"].household_id]
    assert unknown["net_income__as_of"] is None


def test_verdicts_are_the_reference(table: Table) -> None:
    assert disagreements(table.run) == {}
