"""Households, people and memberships: what the register of the month says, written where it differs."""

from dataclasses import dataclass

import duckdb
import pyarrow as pa
from django.db import connection

from shouwang.office.registry import bulk
from shouwang.office.registry.loading.people import PLAIN, prepare
from shouwang.office.registry.loading.source import Source, count, day_text, rows_of, take
from shouwang.office.registry.models import Household, LifeEvent, Membership, Person

PERSON = (
    "name", "name_key", "pinyin", "id_index", "birth_date", "village", *(name for name in PLAIN if name != "name"),
)  # fmt: skip
HOUSEHOLD = (
    "area_code", "hamlet", "address", "register", "exit_year", "hukou", "head_id", "head_name", "member_count",
    "phone_index",
)  # fmt: skip
TEXT, WHOLE = pa.string(), pa.int64()
LEFT = str(Household.Closing.LEFT)


@dataclass(frozen=True)
class Written:
    """Rows written, by kind. `doubled`: people the register has in two households at a time."""

    households: int = 0
    closed: int = 0
    people: int = 0
    joined: int = 0
    ended: int = 0
    held: int = 0
    doubled: int = 0


def write_register(con: duckdb.DuckDBPyConnection, source: Source, *, is_first: bool, step: bulk.Counted) -> Written:
    """Bring the tables to the register. Households with an event it cannot know of stay as they are."""
    prepare(con, source)
    _take_held(con, source)
    people = _write_people(con, is_first=is_first, step=step)
    households, closed = _write_households(con, source, is_first=is_first)
    joined, ended = _write_stays(con, source, is_first=is_first, step=step)
    doubled = count(con, "stays_new WHERE was_double")
    return Written(households, closed, people, joined, ended, count(con, "held"), doubled)


def _take_held(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Households and people with an event recorded after the register's month: the register does not know it yet."""
    events = LifeEvent.objects.filter(recorded_on__gt=source.last_day)
    homes = {*events.values_list("household_id", flat=True), *events.values_list("other_household_id", flat=True)}
    con.register("found", pa.table({"id": pa.array(sorted(homes - {None}), TEXT)}))
    con.execute("CREATE TABLE held AS FROM found")
    con.unregister("found")
    people = Membership.objects.filter(household_id__in=homes - {None}).values_list("person_id", flat=True)
    con.register("found", pa.table({"id": pa.array(sorted(set(people)), TEXT)}))
    con.execute("CREATE TABLE held_people AS FROM found")
    con.unregister("found")


def _write_people(con: duckdb.DuckDBPyConnection, *, is_first: bool, step: bulk.Counted) -> int:
    listed = ", ".join(PERSON)
    if is_first:
        chosen = f"SELECT id, {listed}, sealed_id(id_number) FROM people_new ORDER BY id"
        return bulk.insert(Person, ("id", *PERSON, "id_number"), rows_of(con, chosen), step=step)
    take(con, "people_old", _schema("id", PERSON), f"SELECT id, {_with_days(PERSON)} FROM registry_person")
    con.execute(
        f"""UPDATE people_new SET village = o.village FROM people_old o
        WHERE people_new.id = o.id AND o.id IN (FROM held_people);
        CREATE TABLE people_changed AS SELECT n.* FROM people_new n LEFT JOIN people_old o USING (id)
        WHERE o.id IS NULL OR ({_values("n", PERSON)}) IS DISTINCT FROM ({_values("o", PERSON)});
        DROP TABLE people_old"""
    )
    chosen = f"SELECT id, {listed}, sealed_id(id_number) FROM people_changed ORDER BY id"
    return bulk.merge(Person, ("id", *PERSON, "id_number"), rows_of(con, chosen), step=step)


def _write_households(con: duckdb.DuckDBPyConnection, source: Source, *, is_first: bool) -> tuple[int, int]:
    listed, sealed = ", ".join(HOUSEHOLD), "sealed_phone(phone), sealed_account(bank_account)"
    columns = ("id", *HOUSEHOLD, "phone", "bank_account")
    if is_first:
        chosen = f"SELECT id, {listed}, {sealed} FROM households_new ORDER BY id"
        return bulk.insert(Household, columns, rows_of(con, chosen)), 0
    take(
        con,
        "households_old",
        _schema("id", (*HOUSEHOLD, "closed_as"), whole=("exit_year", "member_count")),
        f"SELECT id, {listed}, closed_as FROM registry_household",
    )
    con.execute(
        f"""CREATE TABLE households_changed AS SELECT n.*, o.closed_as FROM households_new n
        LEFT JOIN households_old o USING (id) WHERE n.id NOT IN (FROM held) AND (o.id IS NULL OR o.closed_as = '{LEFT}'
            OR (o.closed_as = '' AND ({_values("n", HOUSEHOLD)}) IS DISTINCT FROM ({_values("o", HOUSEHOLD)})))"""
    )
    chosen = (
        f"SELECT id, {listed}, NULL::VARCHAR AS closed_on, '' AS closed_as, {sealed}"
        " FROM households_changed ORDER BY id"
    )
    written = bulk.merge(
        Household, ("id", *HOUSEHOLD, "closed_on", "closed_as", "phone", "bank_account"), rows_of(con, chosen)
    )
    gone = (
        f"SELECT id, '{source.last_day}', '{LEFT}' FROM households_old WHERE closed_as = ''"
        " AND id NOT IN (SELECT id FROM households_new) AND id NOT IN (FROM held) ORDER BY id"
    )
    return written, bulk.update(Household, ("id", "closed_on", "closed_as"), rows_of(con, gone))


def _write_stays(
    con: duckdb.DuckDBPyConnection, source: Source, *, is_first: bool, step: bulk.Counted
) -> tuple[int, int]:
    columns = ("person", "household", "relation", "since", "until")
    shown = "person_id, household_id, relation, since::VARCHAR, until::VARCHAR"
    if is_first:
        return bulk.insert(
            Membership, columns, rows_of(con, f"SELECT {shown} FROM stays_new ORDER BY 1, since"), step=step
        ), 0
    take(
        con,
        "stays_old",
        _schema("id", ("person_id", "household_id", "relation", "since", "until"), whole=("id",)),
        f"SELECT id, person_id, household_id, relation, {day_text('since')}, {day_text('until')}"
        " FROM registry_membership",
    )
    _match_stays(con, source)
    changed = 0
    for which in ("IS NOT NULL", "IS NULL"):  # who has left makes room first: a person is in one household at a time
        rows = rows_of(con, f"FROM stays_changed WHERE until {which}")
        changed += bulk.update(Membership, ("id", "relation", "since", "until"), rows)
    new = bulk.insert(Membership, columns, rows_of(con, f"SELECT {shown} FROM stays_added ORDER BY 1, since"))
    return new, changed


def _match_stays(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Which stay of the register is which row: by start, else the one still open; what is left open has ended."""
    con.execute(
        f"""
        CREATE TABLE stays_here AS
            SELECT id, person_id, household_id, relation, since::DATE AS since, until::DATE AS until
            FROM stays_old WHERE household_id NOT IN (FROM held) AND person_id NOT IN (FROM held_people);
        CREATE TABLE stays_told AS
            SELECT row_number() OVER (ORDER BY person_id, household_id, since) AS no, * FROM stays_new
            WHERE household_id NOT IN (FROM held) AND person_id NOT IN (FROM held_people);
        CREATE TABLE paired AS SELECT no, min(id) AS id FROM stays_told n JOIN stays_here o
            ON n.person_id = o.person_id AND n.household_id = o.household_id AND n.since IS NOT DISTINCT FROM o.since
            GROUP BY no;
        INSERT INTO paired SELECT min(no), id FROM stays_told n JOIN stays_here o
            ON n.person_id = o.person_id AND n.household_id = o.household_id AND o.until IS NULL
            WHERE no NOT IN (SELECT no FROM paired) AND id NOT IN (SELECT id FROM paired) GROUP BY id;
        CREATE TABLE stays_changed AS
            SELECT o.id, n.relation, n.since::VARCHAR AS since, n.until::VARCHAR AS until
            FROM paired JOIN stays_told n USING (no) JOIN stays_here o USING (id)
            WHERE (n.relation, n.since, n.until) IS DISTINCT FROM (o.relation, o.since, o.until)
            UNION ALL SELECT id, relation, since::VARCHAR, greatest(since, DATE '{source.last_day}')::VARCHAR
            FROM stays_here WHERE until IS NULL AND id NOT IN (SELECT id FROM paired);
        CREATE TABLE stays_added AS FROM stays_told WHERE no NOT IN (SELECT no FROM paired)"""
    )


def lock(*tables: str) -> None:
    """Readers go on; writers wait until the load has ended. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")


def _schema(key: str, columns: tuple[str, ...], whole: tuple[str, ...] = ()) -> pa.Schema:
    return pa.schema([(name, WHOLE if name in whole else TEXT) for name in (key, *columns)])


def _with_days(columns: tuple[str, ...]) -> str:
    return ", ".join(day_text(name) if name == "birth_date" else name for name in columns)


def _values(alias: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{alias}.{name}" for name in columns)
