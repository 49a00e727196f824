"""Columns about people say what the register has of whom the row is really about."""

from pathlib import Path

import pyarrow as pa
import pytest

from shouwang.modelcity.damage import person_columns
from shouwang.modelcity.damage.registered import Registered, keys_of, read_register

from .conftest import Pair

COLUMNS = ("性别", "出生日期", "行政村", "家庭住址", "户主姓名", "联系电话")


@pytest.fixture(scope="module")
def folder(slips: Pair) -> Path:
    return slips.clean / "registry" / "2020-06"


@pytest.fixture(scope="module")
def registered(folder: Path) -> Registered:
    return read_register(folder)


def test_person_of_the_register_has_all_columns(slips: Pair, folder: Path, registered: Registered) -> None:
    person = next(p for p in slips.people.values() if p["relation"] == "户主" or p["relation"] == "本人或户主")
    ids = pa.array([person["id_number"], "110101199003070000"])
    homes = person_columns.read_homes(folder, registered)
    table = person_columns.added(
        pa.table({"证件号码": ids}), COLUMNS, keys=keys_of(ids), registered=registered, homes=homes
    )
    known, stranger = table.to_pylist()
    assert known["性别"] == person["sex"]
    assert known["出生日期"] == person["birth_date"]
    assert known["户主姓名"] == person["name"]
    assert known["行政村"] in known["家庭住址"]
    assert len(known["联系电话"]) == 11
    assert (stranger["性别"], str(stranger["出生日期"])) == ("女", "1990-03-07")
    assert [stranger[c] for c in COLUMNS[2:]] == [None] * 4


def test_mates_go_around_the_household(registered: Registered, slips: Pair) -> None:
    homes = [p["household_id"] for p in slips.people.values()]
    at = {person: n for n, person in enumerate(registered.person_ids.to_pylist())}
    people = slips.people
    for person, n in at.items():
        mate = registered.person_ids[int(registered.mate[n])].as_py()
        assert people[mate]["household_id"] == people[person]["household_id"]
        assert (mate == person) == (homes.count(people[person]["household_id"]) == 1)


def test_nobody_is_found_in_an_empty_register() -> None:
    nothing = pa.array([], pa.string())
    empty = Registered(
        keys=keys_of(nothing),
        person_ids=nothing,
        household=keys_of(nothing),
        household_ids=nothing,
        ids=keys_of(nothing),
        mate=keys_of(nothing),
    )
    assert empty.find(keys_of(pa.array(["530128196504121234"]))).tolist() == [-1]


def test_birth_date_and_place_or_telephone_tell_who_somebody_is() -> None:
    assert person_columns.tell_who(("性别", "出生日期", "家庭住址"))
    assert person_columns.tell_who(("出生日期", "联系电话"))
    assert not person_columns.tell_who(("性别", "家庭住址", "联系电话"))
    assert not person_columns.tell_who(("性别", "出生日期"))
