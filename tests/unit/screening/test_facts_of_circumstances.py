"""Support, work, disability, assets, loans, illness, and what visits verified → facts. Money in fen."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.support.city import City, Home
from tests.support.reference import disagreements
from tests.support.screened import Case, Table, screen_cases

Write = Callable[[City, Home], object]
WORKS = {"就业状态": "就业", "拒绝岗位次数": "0", "拒绝培训次数": "0"}
PERHAPS = "?"


def case(name: str, *writes: Write, people: tuple[dict[str, Any], ...] = ({},), **facts: Any) -> Case:
    """A quiet home of these members, and what else is written of it."""

    def build(city: City) -> Home:
        home = city.home(*(city.person(**one) for one in people))
        for write in writes:
            write(city, home)
        return home

    return Case(name, build, facts)


def roll(dataset: str, member: int = 0, **cells: str) -> Write:
    return lambda c, h: c.roll(dataset, h.people[member], **cells)


def named(dataset: str, number: Callable[[City], str] = lambda c: "", member: int = 0, **cells: str) -> Write:
    """A row that bears a member's name, but not their id."""
    return lambda c, h: c.roll(dataset, h.people[member], **{"证件号码": number(c), **cells})


def stranger(city: City) -> str:
    return city.person().id_number


def work(member: int = 0, **cells: str) -> Write:
    """The only row of a member in the roll of employment."""

    def write(city: City, home: Home) -> None:
        city.leave_out("employment", home.people[member])
        city.roll("employment", home.people[member], **{**WORKS, **cells})

    return write


def no_work_row(member: int = 0) -> Write:
    return lambda c, h: c.leave_out("employment", h.people[member])


def idle(start: str, member: int = 0) -> Write:
    return work(member, 就业状态="失业", 失业起始日期=start)


def card(grade: str, day: str, act: str = "新办", *, member: int = 0, month: str | None = None, **cells: str) -> Write:
    row = {"残疾等级": grade, "发证日期": day, "业务": act, **cells}
    return lambda c, h: c.row("disability_cards", month or day[:7], h.people[member], **row)


def ill(illness: str, day: str, month: str) -> Write:
    return lambda c, h: c.row("serious_illness", month, h.head, 病种=illness, 确诊日期=day)


def long_card(city: City, home: Home) -> None:
    """A disability card's number: the id, the kind and the grade."""
    card("1级", "2020-06-01", 残疾证号=home.head.id_number + "44")(city, home)


def visit(fact: str, value: str, day: str, recorded: str | None = None) -> Write:
    on = date.fromisoformat(recorded) if recorded else None
    return lambda c, h: c.visit(h, fact, value, date.fromisoformat(day), on)


def unfed(city: City, home: Home) -> None:
    """Nobody has asked whether they have enough to eat."""
    city.leave_out("visits", home.household_id)


COUPLE = ({}, {"relation": "配偶"})
SUPPORT = [
    case("none", support=[], support__as_of=date(2020, 6, 30), support__source="social_assistance 2020-06"),
    case("低保", roll("social_assistance", 救助类别="农村低保"), support=["低保"]),
    case("two kinds of two members", roll("social_assistance", 救助类别="特困供养"),
         roll("social_assistance", 1, 救助类别="孤儿"), people=COUPLE, support=["孤儿", "特困"]),
    case("both members the same kind", roll("social_assistance", 救助类别="低保"),
         roll("social_assistance", 1, 救助类别="城市低保"), people=COUPLE, support=["低保"]),
    case("a row of the name without an id", named("social_assistance", 救助类别="特困"), support=[PERHAPS]),
    case("a row of the name with a stranger's id", named("social_assistance", stranger, 救助类别="特困"),
         support=[PERHAPS]),
    case("one sure, one perhaps", roll("social_assistance", 1, 救助类别="低保"),
         named("social_assistance", 救助类别="低保"), people=COUPLE, support=[PERHAPS, "低保"]),
    case("a row whose kind cannot be read", roll("social_assistance", 救助类别="不明"), support=[PERHAPS]),
    case("a row of the name whose kind cannot be read", named("social_assistance", 救助类别="不明"), support=[PERHAPS]),
    case("one row can be read, one cannot", roll("social_assistance", 救助类别="低保"),
         roll("social_assistance", 救助类别="不明"), support=["低保"]),
    case("the member is on the roll under their own id too", roll("social_assistance", 救助类别="低保"),
         named("social_assistance", 救助类别="特困"), support=["低保"]),
]  # fmt: skip
WORK = [
    case("at work", work(), refusals=0, idle_months=0, idle_months__source="employment 2020-06"),
    case("no row of an able member", no_work_row(), refusals=None, idle_months=None),
    case("one of two able has no row", no_work_row(1), people=COUPLE, refusals=None, idle_months=None),
    case("refused twice and once", work(拒绝岗位次数="2", 拒绝培训次数="1"), refusals=3),
    case("refusals of two members", work(0, 拒绝岗位次数="1"), work(1, 拒绝培训次数="1"), people=COUPLE, refusals=2),
    case("refusals are not written", work(拒绝岗位次数=""), refusals=None, idle_months=0),
    case("idle for six months today", idle("2019-12-31"), idle_months=6),
    case("idle for six months tomorrow", idle("2020-01-01"), idle_months=5),
    case("idle, since when is not written", idle(""), refusals=0, idle_months=None),
    case("idle since tomorrow", idle("2020-07-01"), idle_months=0),
    case("the longest of two", idle("2020-04-30"), idle("2020-02-29", 1), people=COUPLE, idle_months=4),
    case("at work, an old date left in the row", work(失业起始日期="2010-01-01"), idle_months=0),
    case("out of the labour force", work(就业状态="退休"), idle_months=0),
    case("nobody able", people=({"labour": "丧失劳动力"},), refusals=0, idle_months=0),
    case("an able pupil needs no row", people=({}, {"in_school": "高中", "relation": "之子"}), refusals=0),
    case("a weak worker without a row", no_work_row(), people=({"labour": "弱劳动力或半劳动力"},), refusals=None),
]  # fmt: skip
DISABILITY = [
    case("no card", disability_grade_new=0),
    case("new, grade one", card("一级", "2020-06-01"), disability_grade_new=1,
         disability_grade_new__as_of=date(2020, 6, 1)),
    case("raised to two", card("2", "2019-07-01", "升级"), disability_grade_new=2),
    case("the severest of two members", card("四级", "2020-06-01"), card("3级", "2020-05-01", member=1), people=COUPLE,
         disability_grade_new=3),
    case("cancelled", card("一级", "2020-06-01", "注销"), disability_grade_new=0),
    case("renewed as it was", card("一级", "2020-06-01", "换领"), disability_grade_new=0),
    case("the day before the window", card("一级", "2019-06-30", month="2019-07"), disability_grade_new=0),
    case("under a card number of twenty digits", long_card, disability_grade_new=1),
]  # fmt: skip
ASSETS = [
    case("nothing", asset_flags=[], asset_flags__source="vehicles+companies+real_estate+public_payroll 2020-06"),
    case("a car", roll("vehicles"), asset_flags=["vehicles"]),
    case("all of it, of two members", roll("vehicles"), roll("companies", 1), roll("real_estate"),
         roll("public_payroll", 1), people=COUPLE,
         asset_flags=["companies", "public_payroll", "real_estate", "vehicles"]),
    case("a car of somebody of that name", named("vehicles", stranger), asset_flags=[PERHAPS]),
    case("own car, and one of somebody of that name", roll("vehicles"), named("vehicles"), asset_flags=["vehicles"]),
    case("own car, a flat of somebody of that name", roll("vehicles"), named("real_estate"),
         asset_flags=[PERHAPS, "vehicles"]),
]  # fmt: skip
LOANS = [
    case("no loan", overdue_days=0),
    case("a loan on time", roll("loans", 逾期天数="0"), overdue_days=0),
    case("overdue, the longest of two", roll("loans", 逾期天数="3"), roll("loans", 1, 逾期天数="40"), people=COUPLE,
         overdue_days=40),
    case("a loan whose days cannot be read", roll("loans", 逾期天数="很久"), overdue_days=None),
    case("a loan of somebody of that name", named("loans", 逾期天数="0"), overdue_days=None),
    case("on time, and another of that name", roll("loans", 1, 逾期天数="0"), named("loans", 逾期天数="9"),
         people=COUPLE, overdue_days=None),
    case("overdue, and another of that name", roll("loans", 1, 逾期天数="2"), named("loans", 逾期天数="9"),
         people=COUPLE, overdue_days=2),
]  # fmt: skip
ILLNESS = [
    case("well", illnesses=None),
    case("two illnesses", ill("尿毒症", "2012-01-01", "2019-06"), ill("高血压", "2020-06-01", "2020-06"),
         illnesses=["尿毒症", "高血压"]),
]  # fmt: skip
VISITED = [
    case("never visited", unfed, fed_and_clothed=None, fed_and_clothed__as_of=None, guarantee_unsolved=None,
         expected_spending=0, rigid_spending=None),
    case("fed", fed_and_clothed=True, fed_and_clothed__as_of=date(2020, 3, 10),
         fed_and_clothed__source="visits 2020-03"),
    case("no longer fed", visit("fed_and_clothed", "否", "2020-05-01"), fed_and_clothed=False),
    case("an older finding recorded later", visit("fed_and_clothed", "no", "2020-03-09", "2020-06-30"),
         fed_and_clothed=True),
    case("found on one day, corrected later", visit("fed_and_clothed", "no", "2020-05-01"),
         visit("fed_and_clothed", "yes", "2020-05-01", "2020-05-03"), fed_and_clothed=True),
    case("found today", visit("guarantee_unsolved", "yes", "2020-06-30"), guarantee_unsolved=True),
    case("recorded tomorrow", visit("guarantee_unsolved", "yes", "2020-06-30", "2020-07-01"), guarantee_unsolved=None),
    case("before the department's, however old", visit("net_income", "12345.67", "2019-06-30"), net_income=12_345_67,
         net_income__as_of=date(2019, 6, 30), net_income__source="visits 2019-06", income_age_months=12,
         income_contradiction=True, contradictions=["net_income"]),
    case("the newest of two verified", visit("net_income", "30000", "2020-04-01"),
         visit("net_income", "36000", "2020-05-01"), net_income=36_000_00, income_age_months=1,
         income_contradiction=False, contradictions=[]),
    case("within the tolerance of the department's", visit("net_income", "32000", "2020-06-30"),
         income_contradiction=False, contradictions=[], contradicted=[]),
    case("a cent beyond it", visit("net_income", "31999.99", "2020-06-30"), income_contradiction=True,
         contradictions=["net_income"]),
    case("members counted on the spot", visit("members", "3", "2020-06-30"), members=3, contradictions=["members"],
         contradicted=[{"fact": "members", "value": "1", "as_of": date(2020, 6, 30), "source": "registry 2020-06"}]),
    case("half a labourer", visit("labour_units", "0.5", "2020-06-30"), labour_units=1),
    case("spending foreseen", visit("expected_spending", "8000", "2020-01-01"), expected_spending=8_000_00,
         expected_spending__as_of=date(2020, 1, 1), contradictions=[]),
    case("spending foreseen six months ago", visit("expected_spending", "8000", "2019-12-31"),
         expected_spending=8_000_00),
    case("spending foreseen more than six months ago", visit("expected_spending", "8000", "2019-12-30"),
         expected_spending=0),
    case("rigid spending as a whole", visit("rigid_spending", "500", "2020-06-01"), rigid_spending=500_00),
    case("the register itself", visit("register", "general", "2020-06-01"), register="general",
         contradictions=["register"]),
]  # fmt: skip
CASES = [*SUPPORT, *WORK, *DISABILITY, *ASSETS, *LOANS, *ILLNESS, *VISITED]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return screen_cases(CASES, tmp_path_factory.mktemp("circumstances"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_facts(table: Table, case: Case) -> None:
    assert table.facts(case) == case.expected


def test_no_row_was_lost_on_the_way(table: Table) -> None:
    """All but the four rows written so that nobody can read them."""
    assert table.run.summary["rows"]["quarantined"] == 4


def test_asset_flags_reach_the_verdict_and_no_level(table: Table) -> None:
    """They are questions to answer, never a no."""
    verdict = table.run.verdicts[table.homes["a car"].household_id]
    assert (verdict["asset_flags"], verdict["level"], verdict["signs"]) == (["vehicles"], 5, [])


def test_loan_overdue_is_a_sign(table: Table) -> None:
    verdict = table.run.verdicts[table.homes["overdue, the longest of two"].household_id]
    assert verdict["signs"] == ["loan-overdue"]


def test_verdicts_are_the_reference(table: Table) -> None:
    assert disagreements(table.run) == {}
