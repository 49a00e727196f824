"""The register of the month in the shapes of the office's tables, inside DuckDB.

Tables made: `names` (written, name_key, pinyin), `people_new`, `stays_new`, `households_new`. Days are text, as both
databases take them.
"""

import duckdb
import pyarrow as pa
from django.db import models

from shouwang.office.privacy.sealed_text import encrypt
from shouwang.office.registry.indexes import id_index, phone_index
from shouwang.office.registry.loading.source import Source, columns_in
from shouwang.office.registry.models import Household, Membership, Person
from shouwang.office.registry.spelling import spellings

PLAIN = ("name", "sex", "ethnic", "education", "in_school", "health", "labour")
REGISTERS = ", ".join(f"'{value}'" for value in Household.Register.values)


def prepare(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    _functions(con)
    day = f"DATE '{source.last_day}'"
    _stays(con, source)
    _people(con, source)
    _households(con, source, day)


def _functions(con: duckdb.DuckDBPyConnection) -> None:
    """Index and seal by columns; null stays null."""

    def by_column(work, kind: pa.DataType):  # type: ignore[no-untyped-def]
        return lambda column: pa.array([work(text) for text in column.to_pylist()], kind)

    def sealed(field: str):  # type: ignore[no-untyped-def]
        return by_column(lambda text: encrypt(text, field=field), pa.binary())

    for name, function, returned, is_random in (
        ("id_index", by_column(id_index, pa.string()), "VARCHAR", False),
        ("phone_index", by_column(phone_index, pa.string()), "VARCHAR", False),
        ("sealed_id", sealed("registry.person.id_number"), "BLOB", True),
        ("sealed_phone", sealed("registry.household.phone"), "BLOB", True),
        ("sealed_account", sealed("registry.household.bank_account"), "BLOB", True),
    ):
        con.create_function(name, function, ["VARCHAR"], returned, type="arrow", side_effects=is_random)


def _stays(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Shape: one row per person, household and start. Somebody open in two households stays in the newer one."""
    con.execute(
        f"""CREATE TABLE stays_new AS WITH
        written AS (SELECT person_id, household_id, {_cut(Membership, "relation")} AS relation,
            since, CASE WHEN until < since THEN since ELSE until END AS until
            FROM {source.file("members")} m
            WHERE person_id <> '' AND household_id IN (SELECT household_id FROM {source.file("households")})
            QUALIFY row_number() OVER (PARTITION BY person_id, household_id, since
                ORDER BY m.until DESC NULLS FIRST, relation) = 1),
        ranked AS (SELECT *, CASE WHEN until IS NULL THEN row_number() OVER (PARTITION BY person_id, until IS NULL
                ORDER BY since DESC NULLS LAST, household_id) END AS nth,
            max(since) FILTER (until IS NULL) OVER (PARTITION BY person_id) AS newest FROM written)
        SELECT person_id, household_id, coalesce(relation, '') AS relation, since,
            CASE WHEN nth > 1 THEN greatest(coalesce(newest, DATE '{source.last_day}'), since) ELSE until END AS until,
            coalesce(nth > 1, false) AS was_double
        FROM ranked"""
    )


def _people(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Shape: one row per person; what their newest stay says."""
    have = columns_in(con, source.file("members"))
    plain = ", ".join(
        f"{_cut(Person, name)} AS {name}" if name in have else f"NULL::VARCHAR AS {name}"
        for name in PLAIN
        if name != "name"
    )
    con.execute(
        f"""CREATE TABLE people_raw AS SELECT person_id AS id, left(coalesce(name, ''), 60) AS name, {plain},
            nullif(trim(id_number), '') AS id_number, birth_date::VARCHAR AS birth_date
        FROM {source.file("members")} WHERE person_id IN (SELECT person_id FROM stays_new)
        QUALIFY row_number() OVER (PARTITION BY person_id
            ORDER BY until DESC NULLS FIRST, since DESC NULLS LAST, household_id) = 1"""
    )
    names = [row[0] for row in con.execute("SELECT DISTINCT replace(name, chr(10), ' ') FROM people_raw").fetchall()]
    found = spellings(names)
    con.register("found", pa.table({
        "written": pa.array(list(found), pa.string()),
        "name_key": pa.array([spelling.key[:60] for spelling in found.values()], pa.string()),
        "pinyin": pa.array([spelling.pinyin for spelling in found.values()], pa.string()),
    }))  # fmt: skip
    con.execute("CREATE TABLE names AS FROM found")
    con.unregister("found")
    con.execute(
        f"""CREATE TABLE people_new AS SELECT id, name, name_key, pinyin,
            id_number, coalesce(id_index(id_number), '') AS id_index, birth_date,
            {", ".join(f"coalesce({name}, '') AS {name}" for name in PLAIN if name != "name")},
            coalesce(living.area_code, '') AS village
        FROM people_raw JOIN names ON names.written = replace(people_raw.name, chr(10), ' ')
        LEFT JOIN (SELECT person_id, {_cut(Household, "area_code")} AS area_code FROM stays_new s
            JOIN {source.file("households")} USING (household_id) WHERE s.until IS NULL) living ON person_id = id;
        DROP TABLE people_raw"""
    )


def _households(con: duckdb.DuckDBPyConnection, source: Source, day: str) -> None:
    have = columns_in(con, source.file("households"))

    def given(name: str) -> str:
        return f"coalesce({_cut(Household, name)}, '') AS {name}" if name in have else f"'' AS {name}"

    account = "nullif(trim(bank_account), '')" if "bank_account" in have else "NULL::VARCHAR"
    con.execute(
        f"""CREATE TABLE households_new AS WITH
        living AS (SELECT household_id, count(*) AS n FROM stays_new
            WHERE (since IS NULL OR since <= {day}) AND (until IS NULL OR until > {day}) GROUP BY 1)
        SELECT h.household_id AS id, coalesce({_cut(Household, "area_code")}, '') AS area_code, {given("hamlet")},
            {given("address")}, CASE WHEN register IN ({REGISTERS}) THEN register ELSE '' END AS register,
            exit_year, {given("hukou")}, coalesce(head_person_id, '') AS head_id, coalesce(p.name, '') AS head_name,
            coalesce(n, 0) AS member_count, nullif(trim(phone), '') AS phone,
            coalesce(phone_index(nullif(trim(phone), '')), '') AS phone_index, {account} AS bank_account
        FROM {source.file("households")} h LEFT JOIN living ON living.household_id = h.household_id
        LEFT JOIN people_new p ON p.id = h.head_person_id"""
    )


def _cut(model: type[models.Model], name: str) -> str:
    return f"left({name}, {model._meta.get_field(name).max_length})"
