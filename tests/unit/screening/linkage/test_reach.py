"""Whom a key leads to is the same, whether the whole register is asked or only those reached."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from shouwang.screening.intake.identity import WEIGHTS
from shouwang.screening.linkage import people, residue
from shouwang.screening.linkage.comparisons import of_records
from shouwang.screening.linkage.reach import reach

Connection = duckdb.DuckDBPyConnection
VILLAGE = {"phone": "13900000001", "head": "赵文强", "area": "新村", "address": "某县某乡新村"}


def number(county: str, born: str, order: int) -> str:
    digits = f"{county}{born}{order:03d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11]


REGISTER = {
    "王小明": number("530128", "19800216", 1),
    "張文強": number("530128", "19800217", 3),  # written with Traditional characters
    "李桂兰": number("530128", "19811105", 2),
    "·阿依": number("530124", "19800101", 5),  # begins with what is nothing in a folded name
    "杨忠强": number("530103", "19541004", 43),
}


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with residue.connect(tmp_path) as connection:
        keys = [int(text[:17]) * 11 + "0123456789X".index(text[17]) for text in REGISTER.values()]
        names = list(REGISTER)
        register = pa.table({"person_key": keys, "household_no": list(range(len(keys))), "name": names})  # noqa: F841
        homes = pa.Table.from_pylist([{"household_no": 0, **VILLAGE}])  # noqa: F841
        connection.execute("create temp table register as from register")
        connection.execute("create temp table homes as from homes")
        yield connection


def met(con: Connection, *written: dict[str, str]) -> dict[str, set[str]]:
    """Name as written → names of the register a key leads to; the same from all of it and from those reached."""
    fields = ("name", "id_number", "birth_date", *VILLAGE)
    columns = {field: pa.array([one.get(field) for one in written], pa.string()) for field in fields}
    written_as = pa.table({"row": list(range(len(written))), **columns})  # noqa: F841
    con.execute("create or replace temp table identities as from written_as")
    people.compared(con, "identities", "left_plain", are_citizens=True, is_lunar=True)
    reach(con)
    from_reached = _pairs(con, "reached")
    con.execute(
        "create or replace temp table everybody as select person_key as row, name,"
        " lpad((person_key // 11)::varchar, 17, '0') || id_sign(person_key % 11) as id_number,"
        " phone, head, area, address from register left join homes using (household_no)"
    )
    assert from_reached == _pairs(con, "everybody")
    found: dict[str, set[str]] = {}
    for ours, theirs in from_reached:
        found.setdefault(ours, set()).add(theirs)
    return found


def _pairs(con: Connection, table: str) -> set[tuple[str, str]]:
    people.compared(con, table, "right_plain", are_citizens=True, is_lunar=True)
    residue._with_keys(con)
    rules = " or ".join(f"({key.rule})" for key in residue.KEYS)
    return set(con.execute(f"select l.name, r.name from left_people l join right_people r on {rules}").fetchall())


def spoilt(name: str, place: int, by: int = 1) -> dict[str, str]:
    """Somebody of the register with another digit at a place of the id."""
    text = REGISTER[name]
    return {"name": name, "id_number": f"{text[:place]}{(int(text[place]) + by) % 10}{text[place + 1 :]}"}


@pytest.mark.parametrize("place", range(17))
def test_a_wrong_digit_anywhere_reaches_the_person(con: Connection, place: int) -> None:
    assert met(con, spoilt("李桂兰", place)) == {"李桂兰": {"李桂兰"}}


def test_a_wrong_digit_in_the_middle_reaches_whatever_the_name(con: Connection) -> None:
    assert met(con, spoilt("李桂兰", 12) | {"name": "刘芳"}) == {"刘芳": {"李桂兰"}}


def test_two_wrong_digits_in_the_middle_reach_where_some_of_the_name_agrees(con: Connection) -> None:
    text = REGISTER["杨忠强"]
    wrong = f"{text[:10]}2{text[11:13]}9{text[14:]}"
    assert met(con, {"name": "杨林", "id_number": wrong}) == {"杨林": {"杨忠强"}}
    assert met(con, {"name": "刘芳", "id_number": wrong}) == {}


def test_an_older_card_reaches_whatever_the_name(con: Connection) -> None:
    text = REGISTER["李桂兰"]
    assert met(con, {"name": "刘芳", "id_number": f"{text[:10]}0511{text[14:]}"}) == {"刘芳": {"李桂兰"}}
    lunar = con.execute("select lunar from lunar_days where solar = '19800216'").fetchall()[0][0]
    ours = REGISTER["王小明"]
    older = {"name": "刘芳", "id_number": f"{ours[:6]}{lunar}{ours[14:]}"}
    assert lunar == "19800101"
    assert met(con, older) == {"刘芳": {"王小明"}}


def test_a_name_folded_otherwise_reaches_by_its_ends(con: Connection) -> None:
    fourteen = {name: text[:14] + "000" for name, text in REGISTER.items()}
    assert met(con, {"name": "张四", "id_number": fourteen["張文強"]}) == {"张四": {"张文强"}}
    assert met(con, {"name": "阿花", "id_number": fourteen["·阿依"]}) == {"阿花": {"阿依"}}


def test_no_name_and_a_wrong_digit_reaches_the_person(con: Connection) -> None:
    told = spoilt("王小明", 12)
    assert met(con, {"id_number": told["id_number"]}) == {None: {"王小明"}}


def test_a_lost_id_reaches_by_name_and_county_or_place_or_birth(con: Connection) -> None:
    assert met(con, {"name": "王小明", "id_number": "5.30128E+17"}) == {"王小明": {"王小明"}}
    assert met(con, {"name": "王小明", "id_number": "5.30124E+17"}) == {}
    assert met(con, {"name": "王小明", "phone": VILLAGE["phone"]}) == {"王小明": {"王小明"}}
    assert met(con, {"name": "王芳", "birth_date": "1980-02-16"}) == {"王芳": {"王小明"}}


def test_conditions_on_pairs_are_read_as_on_records() -> None:
    assert of_records("left(birth_l, 4) = lunar_r") == "left(l.birth, 4) = r.lunar"
