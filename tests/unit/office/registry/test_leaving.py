"""Door B: the register of a month as files."""

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.office.audit.actor import SYSTEM
from shouwang.office.registry.actions import facts
from shouwang.office.registry.actions.loading import load
from shouwang.office.registry.leaving import corrections, write_register
from shouwang.office.registry.models import Household, Membership
from shouwang.terms.errors import UserError
from tests.unit.office.factories import VILLAGE, actor, household
from tests.unit.office.registry import factories
from tests.unit.office.registry.factories import ID_NUMBER, INCOMES, home, member, write_run

pytestmark = pytest.mark.django_db
HOMES = [home("H1", head="P1"), home("H2", head="P3", register="general", exit_year=None, phone=None)]
PEOPLE = [
    member("P1", "H1", id_number=ID_NUMBER, ethnic="彝族", labour="普通劳动力"),
    member("P2", "H1", name="李梅", relation="配偶"),
    member("P3", "H2", name="赵一"),
]


@pytest.fixture
def city(tmp_path):
    city = tmp_path / "city"
    factories.write_register(city, "2020-05", HOMES, PEOPLE)
    rows = [{"household_id": number, "wage": 100, "source": "入户采集"} for number in ("H1", "H2")]
    pq.write_table(pa.Table.from_pylist(rows, INCOMES), city / "registry/2020-05/incomes.parquet")
    run = write_run(tmp_path / "run", city, "2020-05", date(2020, 5, 31), {"H1": {}, "H2": {}})
    load(city, run, by=SYSTEM)
    return city


def read(folder, name):
    return pq.read_table(folder / f"{name}.parquet").to_pylist()


def test_register_comes_back_as_it_was(city):
    folder = write_register(city, "2020-06", by=SYSTEM)

    before = city / "registry/2020-05"
    homes = [{name: value for name, value in row.items() if name != "hamlet"} for row in read(folder, "households")]
    assert homes == read(before, "households")
    assert read(folder, "members") == read(before, "members")
    assert read(folder, "incomes") == read(before, "incomes")
    told = json.loads((folder / "manifest.json").read_text())
    assert {name: file["rows"] for name, file in told["files"].items()} == {
        "households.parquet": 2, "members.parquet": 3, "incomes.parquet": 2,
    }  # fmt: skip


def test_closed_household_is_gone_and_later_end_is_open(city):
    Household.objects.filter(pk="H2").update(closed_on=date(2020, 6, 30), closed_as="moved")
    Membership.objects.filter(person_id="P1").update(until=date(2020, 7, 1))
    Membership.objects.filter(person_id="P2").update(until=date(2020, 6, 30))
    folder = write_register(city, "2020-06", by=SYSTEM)

    assert [row["household_id"] for row in read(folder, "households")] == ["H1"]
    assert [(row["person_id"], row["until"]) for row in read(folder, "members")] == [
        ("P1", None),
        ("P2", date(2020, 6, 30)),
    ]
    assert [row["household_id"] for row in read(folder, "incomes")] == ["H1"]


def test_our_own_month_is_written_anew(city):
    write_register(city, "2020-06", by=SYSTEM)
    household()
    folder = write_register(city, "2020-06", by=SYSTEM)

    assert len(read(folder, "households")) == 3
    assert sorted(path.name for path in (city / "registry").iterdir()) == ["2020-05", "2020-06"]


def test_month_of_somebody_else_is_refused(city):
    with pytest.raises(UserError, match="不是守望写的"):
        write_register(city, "2020-05", by=SYSTEM)


@pytest.mark.parametrize(("folder", "month"), [("city", "2020-13"), ("nowhere", "2020-06")])
def test_what_is_no_month_or_no_city_is_refused(city, folder, month):
    with pytest.raises(UserError):
        write_register(city.parent / folder, month, by=SYSTEM)


def test_corrections_outside_visits_leave_too(city):
    row, by = Household.objects.get(pk="H1"), actor("village", VILLAGE)
    facts.record(row, "members", "3", as_of=date(2020, 6, 5), source="户口簿", by=by)
    change = facts.record(row, "water_safe", "no", as_of=date(2020, 6, 5), source="visit", by=by)

    found = list(corrections(f"{change.recorded_at:%Y-%m}"))
    assert [(told["household_id"], told["fact"], told["value"]) for told in found] == [("H1", "members", "3")]
