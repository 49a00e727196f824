"""School, medical insurance, housing and water → facts, and how long the oldest broken one has stood."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.city import WATERED, City, Home, Person, rural_villages, village_cells
from tests.support.reference import disagreements
from tests.support.screened import JUNE, Case, Table, screen_cases

NEWEST = date(2020, 6, 30)


def since(day: str) -> int:
    """Days until the as-of date."""
    return (JUNE - date.fromisoformat(day)).days


def pupil(name: str, *states: tuple[str, str, str, str], born: date = date(2010, 3, 1), **facts: Any) -> Case:
    """A home with one child of that birth date; states as (status, day, reason, stage), none of them quiet."""

    def build(city: City) -> Home:
        child = city.child(born=born)
        city.leave_out("school_roll", child)
        for status, day, reason, stage in states:
            city.row("school_roll", _month(day), child, 就读状态=status, 变动日期=day, 变动原因=reason, 学段=stage)
        return city.home(city.person(), child)

    return Case(name, build, facts)


def _month(day: str) -> str:
    """The file a state stands in: the first list holds all that is older."""
    return max(day[:7], "2019-06")


def state(status: str, day: str, reason: str = "", stage: str = "小学") -> tuple[str, str, str, str]:
    return (status, day, reason, stage)


def insured(name: str, write: Callable[[City, Person, Person], object], **facts: Any) -> Case:
    """A couple neither of whom has a quiet row of insurance."""

    def build(city: City) -> Home:
        home = city.home(city.person(), city.person(relation="配偶", since=date(2020, 3, 1)))
        city.leave_out("medical_insurance", *home.people)
        write(city, *home.people)
        return home

    return Case(name, build, facts)


def roll(status: str = "正常参保", year: str = "2020", **cells: str) -> Callable[[City, Person], None]:
    return lambda c, p: c.roll("medical_insurance", p, 参保状态=status, 参保年度=year, **cells)


YES, NO = roll(), roll("停保")


def housed(name: str, *grades: tuple[str, str], **facts: Any) -> Case:
    """A home with these appraisals (grade, day) and no quiet one."""

    def build(city: City) -> Home:
        home = city.home()
        city.leave_out("housing", home.head)
        for grade, day in grades:
            city.row("housing", _month(day), home.head, 房屋等级=grade, 鉴定日期=day)
        return home

    return Case(name, build, facts)


VILLAGES = iter(rural_villages()[WATERED:])


def watered(name: str, *rows: tuple[str, str, str], **facts: Any) -> Case:
    """A home in a village of its own with these assessments (clean, metres, day)."""
    village = next(VILLAGES).code

    def build(city: City) -> Home:
        for clean, metres, day in rows:
            city.row("water", _month(day), **village_cells(village), 水质达标=clean, 取水半径米=metres, 评价日期=day)
        return city.home(area_code=str(village))

    return Case(name, build, facts)


def visited(name: str, *found: tuple[str, str, str], build: Callable[[City], Home] = City.home, **facts: Any) -> Case:
    """A home where visits found (fact, value, day)."""

    def build_and_visit(city: City) -> Home:
        home = build(city)
        for fact, value, day in found:
            city.visit(home, fact, value, date.fromisoformat(day))
        return home

    return Case(name, build_and_visit, facts)


SCHOOL = [
    pupil("no record of the child", out_of_school=None, guarantee_days=None),
    pupil("at school", state("在读", "2019-03-01"), out_of_school=0, guarantee_days=0),
    pupil("left school", state("辍学", "2020-05-01"), out_of_school=1, guarantee_days=since("2020-05-01"),
          out_of_school__as_of=date(2020, 5, 1)),
    pupil("suspended", state("休学", "2020-05-01"), out_of_school=1),
    pupil("left school for health", state("辍学", "2020-05-01", "因健康原因"), out_of_school=0, guarantee_days=0),
    pupil("suspended for health", state("休学", "2020-05-01", "健康"), out_of_school=0),
    pupil("left and came back", state("辍学", "2020-03-01"), state("在读", "2020-05-01"), out_of_school=0),
    pupil("came back and left", state("在读", "2020-03-01"), state("辍学", "2020-05-01"), out_of_school=1),
    pupil("left twice without a return", state("休学", "2020-02-01"), state("辍学", "2020-05-01"), out_of_school=1,
          guarantee_days=since("2020-02-01")),
    pupil("left today", state("辍学", "2020-06-30"), out_of_school=1, guarantee_days=0),
    pupil("two states of one day", state("辍学", "2020-05-01"), state("在读", "2020-05-01"), out_of_school=1,
          guarantee_days=since("2020-05-01")),
    pupil("finished primary school, no record since", state("毕业", "2019-07-01"), out_of_school=None),
    pupil("finished junior middle school", state("毕业", "2019-07-01", stage="初中"), out_of_school=0),
    pupil("six today", state("辍学", "2020-06-01"), born=date(2014, 6, 30), out_of_school=1),
    pupil("six tomorrow", state("辍学", "2020-06-01"), born=date(2014, 7, 1), out_of_school=0),
    pupil("fifteen until tomorrow", state("辍学", "2020-06-01"), born=date(2004, 7, 1), out_of_school=1),
    pupil("sixteen today", state("辍学", "2020-06-01"), born=date(2004, 6, 30), out_of_school=0),
]  # fmt: skip
INSURANCE = [
    insured("both insured", lambda c, a, b: [YES(c, a), YES(c, b)], uninsured_members=0, guarantee_days=0),
    insured("one has no row: since the first of January", lambda c, a, b: [YES(c, b)], uninsured_members=1,
            guarantee_days=since("2020-01-01"), uninsured_members__as_of=NEWEST),
    insured("one who came in March has no row", lambda c, a, b: [YES(c, a)], uninsured_members=1,
            guarantee_days=since("2020-03-01")),
    insured("neither", lambda c, a, b: [], uninsured_members=2),
    insured("one is told to have stopped", lambda c, a, b: [NO(c, a), YES(c, b)], uninsured_members=1),
    insured("insured for last year only", lambda c, a, b: [roll(year="2019")(c, a), YES(c, b)], uninsured_members=1),
    insured("the year is not written", lambda c, a, b: [roll(year="")(c, a), YES(c, b)], uninsured_members=0),
    insured("two rows, one of them good", lambda c, a, b: [NO(c, a), YES(c, a), YES(c, b)], uninsured_members=0),
    insured("a row of that name with a bad id", uninsured_members=None, guarantee_days=None,
            write=lambda c, a, b: [YES(c, b), roll(证件号码="530113198003010000")(c, a)]),
    insured("a row of that name without an id", lambda c, a, b: [YES(c, b), roll(证件号码="")(c, a)],
            uninsured_members=None),
    insured("a row of that name with the id of a stranger", uninsured_members=None,
            write=lambda c, a, b: [YES(c, b), roll(证件号码=c.person().id_number)(c, a)]),
    insured("of two one may be insured, one is not", uninsured_members=1, guarantee_days=since("2020-03-01"),
            write=lambda c, a, b: [roll(证件号码="")(c, a)]),
    insured("a row whose status cannot be read", uninsured_members=None, guarantee_days=None,
            write=lambda c, a, b: [YES(c, b), roll("不明")(c, a)]),
    insured("a row of that name with a bad id, whose status cannot be read either", uninsured_members=None,
            write=lambda c, a, b: [YES(c, b), roll("不明", 证件号码="")(c, a)]),
    insured("told to have stopped, and a row whose status cannot be read", uninsured_members=1,
            write=lambda c, a, b: [NO(c, a), roll("不明")(c, a), YES(c, b)]),
    insured("told to have stopped, and a row of that name", uninsured_members=1,
            write=lambda c, a, b: [NO(c, a), roll(证件号码="")(c, a), YES(c, b)]),
    insured("may's roll is not june's", uninsured_members=2,
            write=lambda c, a, b: [c.row("medical_insurance", "2020-05", p, 参保状态="参保") for p in (a, b)]),
]  # fmt: skip
HOUSING = [
    housed("never appraised", housing_grade=None, housing_grade__as_of=None, guarantee_days=None),
    housed("grade B", ("B", "2019-06-30"), housing_grade="B", housing_grade__as_of=date(2019, 6, 30), guarantee_days=0),
    housed("grade C", ("C级", "2020-06-01"), housing_grade="C", guarantee_days=since("2020-06-01")),
    housed("grade D of long ago", ("d", "2015-02-28"), housing_grade="D", guarantee_days=since("2015-02-28")),
    housed("rebuilt", ("D", "2019-06-30"), ("A", "2020-06-30"), housing_grade="A", guarantee_days=0),
    housed("decayed", ("A", "2019-06-30"), ("C", "2020-05-31"), housing_grade="C", guarantee_days=30),
    housed("worse and worse", ("C", "2020-01-01"), ("D", "2020-06-01"), housing_grade="D",
           guarantee_days=since("2020-01-01")),
    housed("repaired, then broken again", ("D", "2019-07-01"), ("B", "2019-12-01"), ("C", "2020-06-01"),
           housing_grade="C", guarantee_days=since("2020-06-01")),
    housed("two grades of one day", ("A", "2020-06-01"), ("C", "2020-06-01"), housing_grade="C",
           guarantee_days=since("2020-06-01")),
]  # fmt: skip
WATER = [
    watered("never assessed", water_safe=None, guarantee_days=None),
    watered(
        "clean, a thousand metres", ("是", "1000", "2020-01-01"), water_safe=True, water_safe__as_of=date(2020, 1, 1)
    ),
    watered("clean, a metre more", ("是", "1001", "2020-01-01"), water_safe=False, guarantee_days=since("2020-01-01")),
    watered("not clean", ("不达标", "0", "2020-06-30"), water_safe=False, guarantee_days=0),
    watered("cleaned", ("否", "10", "2019-06-01"), ("达标", "10", "2020-06-01"), water_safe=True, guarantee_days=0),
    watered(
        "two assessments of one day",
        ("是", "10", "2020-06-01"),
        ("否", "10", "2020-06-01"),
        water_safe=False,
        guarantee_days=since("2020-06-01"),
    ),
]
VISITS = [
    visited("a visit finds the house repaired", ("housing_grade", "A", "2020-06-20"),
            build=housed("", ("D", "2020-01-01")).build, housing_grade="A", housing_grade__as_of=date(2020, 6, 20),
            housing_grade__source="visits 2020-06", guarantee_days=0, contradictions=["housing_grade"]),
    visited("a visit finds it dangerous", ("housing_grade", "D", "2020-06-20"), housing_grade="D", guarantee_days=10,
            contradictions=["housing_grade"]),
    visited("a visit finds the water bad", ("water_safe", "no", "2020-06-10"), water_safe=False, guarantee_days=20),
    visited("a visit settles whether the child is at school", ("out_of_school", "0", "2020-06-10"),
            build=pupil("").build, out_of_school=0, guarantee_days=0, contradictions=[]),
    visited("a visit finds a child at home", ("out_of_school", "1", "2020-06-10"), out_of_school=1, guarantee_days=20,
            contradictions=["out_of_school"]),
    visited("a visit settles who is insured", ("uninsured_members", "0", "2020-06-10"), uninsured_members=0,
            build=insured("", lambda c, a, b: None).build, guarantee_days=0, contradictions=["uninsured_members"]),
    visited("a visit confirms what has stood since January", ("housing_grade", "D", "2020-06-20"), housing_grade="D",
            build=housed("", ("C", "2020-01-01")).build, guarantee_days=since("2020-01-01")),
    visited("the days themselves were verified", ("guarantee_days", "3", "2020-06-10"), guarantee_days=3,
            build=housed("", ("D", "2020-01-01")).build, guarantee_days__source="visits 2020-06"),
]  # fmt: skip
OLDEST = [
    Case("the oldest of several broken guarantees counts", lambda c: _several(c), {
        "housing_grade": "C", "out_of_school": 1, "uninsured_members": 0, "guarantee_days": since("2020-03-15"),
    }),
    Case("broken since when known, another unknown", lambda c: _broken_and_unknown(c), {
        "housing_grade": "C", "out_of_school": None, "guarantee_days": since("2020-03-15"),
    }),
]  # fmt: skip


def _several(city: City) -> Home:
    home = housed("", ("C", "2020-03-15")).build(city)
    child = city.child()
    city.leave_out("school_roll", child)
    home.people.append(child)
    city.row("school_roll", "2020-05", child, 就读状态="辍学", 变动日期="2020-05-01")
    return home


def _broken_and_unknown(city: City) -> Home:
    home = housed("", ("C", "2020-03-15")).build(city)
    child = city.child()
    city.leave_out("school_roll", child)
    home.people.append(child)
    return home


CASES = [*SCHOOL, *INSURANCE, *HOUSING, *WATER, *VISITS, *OLDEST]


def with_unknown_age(city: City) -> None:
    """A member without a birth date may be a child."""
    home = city.home(city.person(), city.person(relation="之子"))
    home.people[1].born = None  # type: ignore[assignment]
    home.household_id = "X-ageless"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return screen_cases(CASES, tmp_path_factory.mktemp("guarantees"), also=with_unknown_age)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_facts(table: Table, case: Case) -> None:
    assert table.facts(case) == case.expected


def test_member_without_a_birth_date_may_be_a_child(table: Table) -> None:
    assert table.run.facts["X-ageless"]["out_of_school"] is None


def test_no_row_was_lost_on_the_way(table: Table) -> None:
    """All but the three rows written so that nobody can read them."""
    assert table.run.summary["rows"]["quarantined"] == 3


def test_days_are_counted_to_the_as_of_date() -> None:
    assert since("2020-05-31") == 30
    assert NEWEST - timedelta(days=30) == date(2020, 5, 31)


def test_verdicts_are_the_reference(table: Table) -> None:
    assert disagreements(table.run) == {}
