"""Loading a register and a run: the first time, again, a newer month, what people verified, and what is refused."""

import os
import subprocess
import sys
from datetime import date

import pytest

from shouwang.office.audit.actor import SYSTEM
from shouwang.office.audit.models import Event
from shouwang.office.registry.actions import facts
from shouwang.office.registry.actions.loading import load
from shouwang.office.registry.evidence import evidence
from shouwang.office.registry.loading.register import Written
from shouwang.office.registry.models import (
    Contradiction,
    FactBatch,
    FactChange,
    FactSheet,
    Household,
    LifeEvent,
    Membership,
    Person,
)
from shouwang.terms.errors import UserError
from tests.unit.office.factories import OTHER_VILLAGE, VILLAGE, actor
from tests.unit.office.registry.factories import ID_NUMBER, SINCE, home, member, write_register, write_run

MAY, JUNE = date(2020, 5, 31), date(2020, 6, 30)
HOMES = [home("H1", head="P1"), home("H2", head="P3", register="general", exit_year=None, phone=None)]
PEOPLE = [
    member("P1", "H1", id_number=ID_NUMBER, name="曾小明"),
    member("P2", "H1", relation="配偶", name="買買提·阿不都"),
    member("P3", "H2"),
]
QUIET = {"net_income": 24_000_00, "net_income__source": "incomes 入户采集", "members": 2, "water_safe": True}


@pytest.fixture
def city(tmp_path):
    write_register(tmp_path / "city", "2020-05", HOMES, PEOPLE)
    return tmp_path / "city"


def run_of(city, month, as_of, **homes):
    return write_run(city.parent / f"run-{month}-{len(list(city.parent.iterdir()))}", city, month, as_of, homes)


@pytest.fixture
def may(city):
    return run_of(city, "2020-05", MAY, H1=QUIET, H2={**QUIET, "support": ["特困", "低保"], "housing_grade": "C"})


@pytest.mark.django_db
def test_first_load_fills_every_table(city, may):
    loaded = load(city, may, by=SYSTEM)

    assert loaded.register == Written(households=2, people=3, joined=3)
    assert (loaded.facts.sheets, loaded.facts.changes) == (2, 0)
    one = Household.objects.get(pk="H1")
    assert (one.area_code, one.register, one.head_name, one.member_count, one.phone) == (
        VILLAGE, "exited", "曾小明", 2, "13812345678",
    )  # fmt: skip
    assert Household.objects.get(pk="H2").phone is None
    head = Person.objects.get(pk="P1")
    assert (head.name_key, head.pinyin, head.id_number, len(head.id_index)) == ("曾小明", "zengxiaoming", ID_NUMBER, 32)
    assert Person.objects.get(pk="P2").name_key == "买买提阿不都"
    assert [str(row.since) for row in Membership.objects.order_by("person_id")] == [str(SINCE)] * 3
    assert Event.objects.filter(verb="loaded").count() == 1


@pytest.mark.django_db
def test_sheet_holds_scaled_values_and_only_what_differs(city, may):
    load(city, may, by=SYSTEM)

    sheet = FactSheet.objects.select_related("batch").get(pk="H2")
    assert (sheet.net_income, sheet.water_safe, sheet.support, sheet.fed_and_clothed) == (
        24_000_00,
        True,
        "低保、特困",
        None,
    )
    assert evidence(sheet, "net_income") == ("2020-05-31", "incomes 入户采集")
    assert sheet.differing == {}
    assert FactSheet.objects.get(pk="H1").differing == {
        "housing_grade": [None, "registry 2020-05"], "support": [None, "registry 2020-05"],
    }  # fmt: skip


@pytest.mark.django_db
def test_second_load_changes_nothing(city, may):
    load(city, may, by=SYSTEM)
    before = [list(model.objects.order_by("pk").values()) for model in (Household, Person, Membership, FactSheet)]

    assert load(city, may, by=SYSTEM).is_unchanged
    assert [list(m.objects.order_by("pk").values()) for m in (Household, Person, Membership, FactSheet)] == before
    assert Event.objects.filter(verb="loaded").count() == 1


@pytest.mark.django_db
def test_newer_month_writes_what_changed_and_keeps_what_was_replaced(city, may):
    load(city, may, by=SYSTEM)
    people = [
        PEOPLE[0],
        {**PEOPLE[1], "until": date(2020, 6, 9)},
        {**PEOPLE[1], "household_id": "H3", "relation": "户主", "since": date(2020, 6, 9)},
    ]
    write_register(city, "2020-06", [HOMES[0], home("H3", head="P2")], people)
    june = run_of(city, "2020-06", JUNE, H1={**QUIET, "net_income": 5_000_05}, H3=QUIET)

    loaded = load(city, june, by=SYSTEM)

    assert loaded.register == Written(households=2, closed=1, people=0, joined=1, ended=2)
    gone = Household.objects.get(pk="H2")
    assert (gone.closed_on, gone.closed_as) == (JUNE, "left-register")
    assert Household.objects.get(pk="H1").member_count == 1
    stays = Membership.objects.filter(person_id="P2").order_by("since").values_list("household_id", "since", "until")
    assert list(stays) == [("H1", SINCE, date(2020, 6, 9)), ("H3", date(2020, 6, 9), None)]
    assert Membership.objects.get(person_id="P3").until == JUNE
    change = FactChange.objects.get(household_id="H1", fact="net_income")
    assert (change.value, change.replaced_value, change.replaced_source, change.is_verified) == (
        "5000.05", "24000.00", "incomes 入户采集", False,
    )  # fmt: skip
    assert change.replaced_as_of == MAY
    assert FactSheet.objects.get(pk="H1").batch == FactBatch.objects.get(as_of=JUNE)


@pytest.mark.django_db
def test_household_that_comes_back_is_open_again(city, may):
    load(city, may, by=SYSTEM)
    write_register(city, "2020-06", HOMES[:1], PEOPLE[:2])
    load(city, run_of(city, "2020-06", JUNE, H1=QUIET), by=SYSTEM)
    write_register(city, "2020-07", HOMES, PEOPLE)
    load(city, run_of(city, "2020-07", date(2020, 7, 31), H1=QUIET, H2=QUIET), by=SYSTEM)

    assert Household.objects.get(pk="H2").closed_on is None
    assert Membership.objects.filter(person_id="P3", until=None).count() == 1


@pytest.mark.django_db
def test_verified_value_stands_until_a_newer_visit(city, may):
    load(city, may, by=SYSTEM)
    village = actor("village", VILLAGE)
    facts.record(
        Household.objects.get(pk="H1"), "net_income", "30000", as_of=date(2020, 6, 5), source="visit", by=village
    )

    load(city, run_of(city, "2020-05", MAY, H1={**QUIET, "net_income": 1}, H2=QUIET), by=SYSTEM)
    kept = FactSheet.objects.select_related("batch").get(pk="H1")
    assert (kept.net_income, evidence(kept, "net_income")) == (30_000_00, ("2020-06-05", "visits 2020-06"))

    seen = {"net_income": 2_00, "net_income__source": "visits 2020-06", "net_income__as_of": date(2020, 6, 20)}
    load(city, run_of(city, "2020-05", JUNE, H1={**QUIET, **seen}, H2=QUIET), by=SYSTEM)
    assert FactSheet.objects.get(pk="H1").net_income == 2_00


@pytest.mark.django_db
def test_household_with_a_newer_event_stays_as_it_is(city, may):
    load(city, may, by=SYSTEM)
    Membership.objects.filter(person_id="P2").update(until=date(2020, 6, 3))
    LifeEvent.objects.create(
        kind="married-out", household_id="H1", person_id="P2", on=date(2020, 6, 3), recorded_on=date(2020, 6, 3),
        recorded_by="1",
    )  # fmt: skip

    loaded = load(city, run_of(city, "2020-05", JUNE, H1=QUIET, H2={**QUIET, "members": 1}), by=SYSTEM)

    assert loaded.register.held == 1
    assert Membership.objects.get(person_id="P2").until == date(2020, 6, 3)
    assert FactSheet.objects.get(pk="H2").members == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("is_held", "village"), [(False, OTHER_VILLAGE), (True, VILLAGE)])
def test_people_are_of_the_village_of_their_household(city, may, is_held, village):
    load(city, may, by=SYSTEM)
    assert set(Person.objects.values_list("village", flat=True)) == {VILLAGE}
    if is_held:
        LifeEvent.objects.create(
            kind="birth", household_id="H1", on=date(2020, 7, 3), recorded_on=date(2020, 7, 3), recorded_by="1"
        )
    write_register(city, "2020-06", [{**HOMES[0], "area_code": OTHER_VILLAGE}, HOMES[1]], PEOPLE)
    load(city, run_of(city, "2020-06", JUNE, H1=QUIET, H2=QUIET), by=SYSTEM)
    assert dict(Person.objects.values_list("id", "village")) == {"P1": village, "P2": village, "P3": VILLAGE}


@pytest.mark.django_db
def test_person_open_in_two_households_stays_in_the_newer(city):
    people = [*PEOPLE, member("P2", "H2", since=date(2020, 1, 1))]
    write_register(city, "2020-05", HOMES, people)

    loaded = load(city, run_of(city, "2020-05", MAY, H1=QUIET, H2=QUIET), by=SYSTEM)

    assert loaded.register.doubled == 1
    stays = Membership.objects.filter(person_id="P2").order_by("since").values_list("household_id", "until")
    assert list(stays) == [("H1", date(2020, 1, 1)), ("H2", None)]


@pytest.mark.django_db
def test_contradiction_of_the_run_opens_once_with_both_sides(city):
    other = {"fact": "members", "value": "5", "as_of": MAY, "source": "registry 2020-05"}
    seen = {**QUIET, "members__source": "visits 2020-05", "contradicted": [other]}
    run = run_of(city, "2020-05", MAY, H1=seen, H2=QUIET)

    assert load(city, run, by=SYSTEM).contradictions == 1
    assert load(city, run, by=SYSTEM).contradictions == 0
    row = Contradiction.objects.get()
    assert (row.first_value, row.first_source, row.second_value, row.second_source, row.area_code, row.rank) == (
        "2", "visits 2020-05", "5", "registry 2020-05", VILLAGE, 0,
    )  # fmt: skip


@pytest.mark.django_db
def test_run_of_another_register_is_refused(city, may):
    write_register(city, "2020-05", HOMES[:1], PEOPLE[:2])

    with pytest.raises(UserError, match="不是用 city 里 2020-05 的登记册算出的"):
        load(city, may, by=SYSTEM)
    assert Household.objects.count() == 0


@pytest.mark.django_db
def test_run_of_a_month_the_city_lacks_is_refused(city, may, tmp_path):
    with pytest.raises(UserError, match="里没有这一月"):
        load(tmp_path, may, by=SYSTEM)


@pytest.mark.django_db
def test_folder_that_is_no_run_is_refused(city):
    with pytest.raises(UserError, match="不是筛查结果"):
        load(city, city, by=SYSTEM)


@pytest.mark.django_db
def test_older_run_than_loaded_is_refused(city, may):
    load(city, run_of(city, "2020-05", JUNE, H1=QUIET, H2=QUIET), by=SYSTEM)

    with pytest.raises(UserError, match="不能再载入更早的 2020-05-31"):
        load(city, may, by=SYSTEM)


KILLED = """
import os, sys
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "shouwang.config.settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.registry.actions.loading import load
from shouwang.office.registry.models import FactSheet, Household, Membership, Person
def step(word, share):
    if word.startswith(sys.argv[3]):
        os.kill(os.getpid(), 9)
if sys.argv[3] == "count":
    load(Path(sys.argv[1]), Path(sys.argv[2]), by=SYSTEM)
print([model.objects.count() for model in (Household, Person, Membership, FactSheet)])
if sys.argv[3] not in ("count", "look"):
    load(Path(sys.argv[1]), Path(sys.argv[2]), by=SYSTEM, step=step)
"""


def test_killed_load_leaves_nothing_and_runs_again(city, may, tmp_path):
    environment = {**os.environ, "SHOUWANG_HOME": str(tmp_path / "office"), "DATABASE_URL": ""}

    def start(word):
        given = [sys.executable, "-c", KILLED, str(city), str(may), word]
        return subprocess.run(given, env=environment, capture_output=True, text=True, check=False)

    assert [start(word).returncode for word in ("登记册 ", "索引")] == [-9, -9]
    assert start("look").stdout.strip() == "[0, 0, 0, 0]"
    assert start("count").stdout.strip() == "[2, 3, 3, 2]"
