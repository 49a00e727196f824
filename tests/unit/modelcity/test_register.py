"""The register is believable: kinship, ages, schooling, ids and the two months fit together."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from shouwang.terms.id_number import IdNumber
from shouwang.terms.period import full_months_between

from .conftest import HOUSEHOLDS, City

MAY, JUNE = date(2020, 5, 31), date(2020, 6, 30)
MEMBERS = [
    *("person_id", "household_id", "name", "id_number", "relation", "sex", "birth_date", "ethnic"),
    *("education", "in_school", "health", "labour", "since", "until"),
]


def years(born: date) -> int:
    return full_months_between(born, JUNE) // 12


def by_household(members: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    homes = defaultdict(list)
    for member in members:
        homes[member["household_id"]].append(member)
    return homes


def gap(parent: dict[str, Any], child: dict[str, Any]) -> float:
    return (child["birth_date"] - parent["birth_date"]).days / 365.25


def test_columns_are_those_of_the_contract(city: City) -> None:
    assert city.register("households").column_names == [
        *("household_id", "area_code", "register", "exit_year", "hukou", "head_person_id", "phone")
    ]
    assert city.register("members").column_names == MEMBERS
    assert city.register("incomes").column_names == [
        *("household_id", "window_from", "window_to", "wage", "business", "property", "transfer", "business_cost"),
        *("collected_on", "source"),
    ]


def test_households_are_as_many_as_asked_and_each_once(city: City) -> None:
    ids = city.register("households")["household_id"].to_pylist()
    assert len(ids) == len(set(ids)) == HOUSEHOLDS


def test_registered_households_live_in_all_nine_counties_with_tasks(city: City) -> None:
    rows = city.register("households").to_pylist()
    counties = {row["area_code"][:6] for row in rows if row["register"] != "general"}
    assert len(counties) == 9
    assert sum(row["register"] != "general" for row in rows) == round(HOUSEHOLDS * 0.096)


def test_exit_year_stands_where_a_household_has_exited(city: City) -> None:
    for row in city.register("households").to_pylist():
        assert (row["exit_year"] is not None) == (row["register"] == "exited")


def test_every_household_has_one_head_but_for_the_odd_ones(city: City) -> None:
    for month in ("2020-05", "2020-06"):
        members = [m for m in city.register("members", month).to_pylist() if m["until"] is None]
        heads = {m["household_id"]: m["person_id"] for m in members if m["relation"] == "户主"}
        assert len(heads) == sum(m["relation"] == "户主" for m in members)
        listed = {row["household_id"]: row["head_person_id"] for row in city.register("households", month).to_pylist()}
        assert {home: head for home, head in listed.items() if head} == heads
        assert len(listed) - len(heads) < HOUSEHOLDS * 0.002


def test_ids_are_valid_and_fit_birth_and_sex_and_none_comes_twice(city: City) -> None:
    seen: dict[str, str] = {}
    for member in city.members:
        number = IdNumber.parse(member["id_number"])
        assert number.birth_date == member["birth_date"]
        assert number.is_male == (member["sex"] == "男")
        assert seen.setdefault(member["id_number"], member["person_id"]) == member["person_id"]
    assert len(set(seen.values())) == len(seen)


def test_person_belongs_to_one_household_at_a_time(city: City) -> None:
    assert max(Counter(member["person_id"] for member in city.current).values()) == 1


def test_spouses_are_of_two_sexes_and_near_in_age(city: City) -> None:
    for home in by_household(city.current).values():
        head = [m for m in home if m["relation"] == "户主"]
        spouse = [m for m in home if m["relation"] == "配偶"]
        assert len(spouse) <= 1
        for one, other in zip(head, spouse, strict=False):
            assert one["sex"] != other["sex"]
            assert abs(gap(one, other)) < 15


def test_parents_are_eighteen_years_older_than_children(city: City) -> None:
    children, parents, grandchildren = ("之子", "之女"), ("之父", "之母"), ("之孙子", "之孙女", "之外孙子", "之外孙女")
    pairs = 0
    for home in by_household(city.current).values():
        couple = [m for m in home if m["relation"] in ("户主", "配偶")]
        head = [m for m in home if m["relation"] == "户主"]
        for parent in couple:
            for child in home:
                least = 18 if child["relation"] in children else 36 if child["relation"] in grandchildren else None
                if least is not None:
                    assert gap(parent, child) >= least
                    pairs += 1
        assert all(gap(m, one) >= 18 for m in home if m["relation"] in parents for one in head)
    assert pairs > HOUSEHOLDS


def test_relation_and_sex_agree(city: City) -> None:
    men = {"之子", "之女婿", "之孙子", "之外孙子", "之父"}
    women = {"之女", "之儿媳", "之孙女", "之外孙女", "之母"}
    for member in city.members:
        assert member["relation"] not in (women if member["sex"] == "男" else men)


def test_education_or_school_is_filled_and_never_both(city: City) -> None:
    assert all((m["education"] is None) != (m["in_school"] is None) for m in city.members)


def test_children_under_sixteen_do_not_work_and_no_healthy_grown_up_is_without_labour(city: City) -> None:
    for member in city.current:
        age = years(member["birth_date"])
        if age < 16:
            assert member["labour"] == "无劳动力"
        elif age < 60 and member["health"] == "健康":
            assert member["labour"] in ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")


def test_pupil_is_a_child(city: City) -> None:
    ages = defaultdict(set)
    for member in city.current:
        ages[member["in_school"]].add(years(member["birth_date"]))
    assert min(ages["小学"]) >= 6
    assert max(ages["小学"]) <= 13
    assert max(ages["九年级"]) <= 16
    assert min(ages["学前教育"]) >= 3
    assert max(ages["学龄前儿童"]) <= 5


def test_names_are_two_or_three_characters(city: City) -> None:
    assert {len(member["name"]) for member in city.members} == {2, 3}


def test_children_bear_the_surname_of_father_or_mother(city: City) -> None:
    for home in by_household(city.current).values():
        parents = {m["name"][0] for m in home if m["relation"] in ("户主", "配偶")}
        children = [m["name"][0] for m in home if m["relation"] in ("之子", "之女")]
        if len(parents) == 2 and any(m["relation"] == "配偶" for m in home):
            assert set(children) <= parents


def test_two_months_hold_the_same_people_but_for_what_happened_in_june(city: City) -> None:
    may = {(m["household_id"], m["person_id"]): m for m in city.register("members", "2020-05").to_pylist()}
    june = {(m["household_id"], m["person_id"]): m for m in city.members}
    assert set(may) <= set(june)
    assert all(june[key]["since"] > MAY for key in set(june) - set(may))
    ended = [key for key in may if may[key]["until"] is None and june[key]["until"] is not None]
    assert ended
    assert all(MAY < june[key]["until"] <= JUNE for key in ended)
    assert all(may[key]["id_number"] == june[key]["id_number"] for key in may)


def test_incomes_are_known_for_all_registered_and_a_third_of_the_others(city: City) -> None:
    register = {row["household_id"]: row["register"] for row in city.register("households").to_pylist()}
    known = set(city.register("incomes")["household_id"].to_pylist())
    share = {kind: [home in known for home, has in register.items() if has == kind] for kind in set(register.values())}
    assert sum(share["exited"]) / len(share["exited"]) > 0.99
    assert 0.30 < sum(share["general"]) / len(share["general"]) < 0.38


def test_income_windows_end_in_september_or_march_and_amounts_are_not_negative(city: City) -> None:
    rows = city.register("incomes").to_pylist()
    assert {(row["window_to"].month, row["window_to"].day) for row in rows} <= {(9, 30), (3, 31)}
    assert Counter(row["window_to"].year for row in rows if row["window_to"].month == 9).keys() == {2018, 2019}
    for row in rows:
        assert min(row[part] for part in ("wage", "business", "property", "transfer", "business_cost")) >= 0
        assert row["collected_on"] > row["window_to"]
