"""Fact sheets: the values of a run, with what each household's evidence differs in, written where a value changed.

A value a person recorded stands until a newer visit; every value that is replaced leaves a `FactChange`. Households are
taken some at a time, so that memory does not grow with the city.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa
from django.db import connection
from django.utils import timezone

from shouwang.office.audit.actor import SYSTEM
from shouwang.office.registry import bulk
from shouwang.office.registry.loading.source import Source, first, rows_of, take
from shouwang.office.registry.models import FACTS, FactBatch, FactChange, FactSheet
from shouwang.office.registry.values import BETWEEN, from_text, sql_text
from shouwang.rules.vocabulary import FactSpec, Kind
from shouwang.screening.intake.folding import quoted

AT_ONCE = 100_000
NAMES = tuple(spec.name for spec in FACTS)
SHEET = ("household", "batch", "differing", *NAMES)
CHANGE = (
    "household", "fact", "value", "as_of", "source", "replaced_value", "replaced_as_of", "replaced_source",
    "recorded_at", "recorded_by", "recorded_by_name", "batch", "is_verified",
)  # fmt: skip
TYPES = {Kind.NUMBER: pa.int64(), Kind.YES_NO: pa.bool_(), Kind.CATEGORY: pa.string(), Kind.SET: pa.string()}
LONGEST_SOURCE = 60
VISITS = "visits"


@dataclass(frozen=True)
class SheetsWritten:
    sheets: int
    changes: int


def write_sheets(
    con: duckdb.DuckDBPyConnection, source: Source, batch: FactBatch, *, is_first: bool, step: bulk.Counted
) -> SheetsWritten:
    """Bring the sheets to the run. Errors: those of the database."""
    if not is_first:
        _take_old(con)
        _take_recorded(con)
    sheets = changes = 0
    for lowest in range(0, _households(con, source), AT_ONCE):
        _choose(con, source, lowest, is_first=is_first)
        if is_first:
            sheets += bulk.insert(FactSheet, SHEET, rows_of(con, _sheets(batch, "facts_new")))
        else:
            _keep_recorded(con)
            _compare(con, batch)
            changes += bulk.insert(FactChange, CHANGE, _changes(con, batch))
            sheets += bulk.merge(FactSheet, SHEET, rows_of(con, _sheets(batch, "facts_changed")))
        step(lowest + AT_ONCE)
    return SheetsWritten(sheets, changes)


def usual_sources(con: duckdb.DuckDBPyConnection, source: Source) -> dict[str, list[str | None]]:
    """Fact → the day and source most households have."""
    found: dict[str, list[str | None]] = {}
    for name in NAMES:
        rows = con.execute(
            f"SELECT {name}__as_of::VARCHAR, {name}__source FROM {_file(source)} GROUP BY ALL"
            " ORDER BY count(*) DESC, 1, 2 LIMIT 1"
        ).fetchall()
        found[name] = list(rows[0]) if rows else [None, ""]
    return found


def _file(source: Source) -> str:
    return quoted(str(source.facts))


def _households(con: duckdb.DuckDBPyConnection, source: Source) -> int:
    return int(first(con, f"SELECT coalesce(max(household_no), -1) + 1 FROM {_file(source)}")[0])


def _choose(con: duckdb.DuckDBPyConnection, source: Source, lowest: int, *, is_first: bool) -> None:
    """Table `facts_new`: values as columns hold them, with day and source, of some households."""
    columns = ", ".join(
        f"{_stored(spec)} AS {spec.name}, {spec.name}__as_of::VARCHAR AS {spec.name}__as_of,"
        f" left({spec.name}__source, {LONGEST_SOURCE}) AS {spec.name}__source"
        for spec in FACTS
    )
    held = "" if is_first else " AND household_id NOT IN (FROM held)"
    con.execute(
        f"CREATE OR REPLACE TABLE facts_new AS SELECT household_no, household_id, {columns} FROM {_file(source)}"
        f" WHERE household_no BETWEEN {lowest} AND {lowest + AT_ONCE - 1}{held}"
    )


def _stored(spec: FactSpec) -> str:
    return f"array_to_string(list_sort({spec.name}), '{BETWEEN}')" if spec.kind is Kind.SET else spec.name


def _sheets(batch: FactBatch, table: str) -> str:
    """The rows of `FactSheet`; `differing` holds what is not the batch's."""
    said = []
    for name, (as_of, told) in batch.sources.items():
        usual = f"({name}__as_of, {name}__source) IS NOT DISTINCT FROM ({_literal(as_of)}, {_literal(told)})"
        pair = f"""coalesce('"' || {name}__as_of || '"', 'null') || ', ' || to_json(coalesce({name}__source, ''))"""
        said.append(f"""CASE WHEN NOT ({usual}) THEN '"{name}": [' || {pair} || ']' END""")
    return (
        f"SELECT household_id, {batch.pk}, '{{' || concat_ws(', ', {', '.join(said)}) || '}}', {', '.join(NAMES)}"
        f" FROM {table} ORDER BY household_id"
    )


def _literal(text: str | None) -> str:
    return "NULL" if text is None else quoted(text)


def _take_old(con: duckdb.DuckDBPyConnection) -> None:
    """Tables `sheets_old` and `usual_old`: what the office has now."""
    schema = pa.schema(
        [("household_id", pa.string()), ("batch_id", pa.int64()), ("differing", pa.string())]
        + [(spec.name, TYPES[spec.kind]) for spec in FACTS]
    )
    as_text = "CAST(differing AS text)"
    take(
        con,
        "sheets_old",
        schema,
        f"SELECT household_id, batch_id, {as_text}, {', '.join(NAMES)} FROM registry_factsheet",
    )
    rows = [(row.pk, fact, *said) for row in FactBatch.objects.all() for fact, said in row.sources.items()]
    shape = pa.schema([("batch_id", pa.int64()), *((name, pa.string()) for name in ("fact", "as_of", "source"))])
    con.register("found", pa.Table.from_pylist([dict(zip(shape.names, row, strict=True)) for row in rows], shape))
    con.execute("CREATE TABLE usual_old AS FROM found")
    con.unregister("found")


def _take_recorded(con: duckdb.DuckDBPyConnection) -> None:
    """Table `recorded`: the newest value a person recorded, by household and fact."""
    newest: dict[tuple[str, str], tuple[str | None, str, str]] = {}
    for row in FactChange.objects.filter(is_verified=True).order_by("id").iterator(chunk_size=10_000):
        newest[row.household_id, row.fact] = (row.value, str(row.as_of), row.source)
    rows = [(*key, *said) for key, said in newest.items()]
    names = ("household_id", "fact", "value", "as_of", "source")
    con.register(
        "found", pa.table({name: pa.array([row[n] for row in rows], pa.string()) for n, name in enumerate(names)})
    )
    con.execute("CREATE TABLE recorded AS FROM found")
    con.unregister("found")


def _keep_recorded(con: duckdb.DuckDBPyConnection) -> None:
    """Put recorded values over the run's, but where the run has a visit of the same day or a newer one."""
    for spec in FACTS:
        name = spec.name
        rows = con.execute(
            f"""SELECT r.household_id, r.value, r.as_of, r.source FROM recorded r JOIN facts_new n USING (household_id)
            WHERE r.fact = '{name}'
            AND NOT coalesce(n.{name}__source LIKE '{VISITS}%' AND n.{name}__as_of >= r.as_of, false)"""
        ).fetchall()
        if not rows:
            continue
        con.register("kept", pa.table({
            "id": pa.array([row[0] for row in rows], pa.string()),
            "value": pa.array([from_text(spec, row[1]) for row in rows], TYPES[spec.kind]),
            "as_of": pa.array([row[2] for row in rows], pa.string()),
            "source": pa.array([row[3] for row in rows], pa.string()),
        }))  # fmt: skip
        con.execute(
            f"UPDATE facts_new SET {name} = kept.value, {name}__as_of = kept.as_of, {name}__source = kept.source"
            " FROM kept WHERE facts_new.household_id = kept.id"
        )
        con.unregister("kept")


def _compare(con: duckdb.DuckDBPyConnection, batch: FactBatch) -> None:
    """Tables `sheets_here`, what these had, and `facts_changed`: sheets that are new, or have another run or value."""
    values = [f"n.{name} IS DISTINCT FROM o.{name}" for name in NAMES]
    con.execute(
        f"""CREATE OR REPLACE TABLE sheets_here AS FROM sheets_old SEMI JOIN facts_new USING (household_id);
        CREATE OR REPLACE TABLE facts_changed AS
        SELECT n.* FROM facts_new n LEFT JOIN sheets_here o USING (household_id)
        WHERE o.household_id IS NULL OR o.batch_id <> {batch.pk} OR {" OR ".join(values)}"""
    )


def _changes(con: duckdb.DuckDBPyConnection, batch: FactBatch) -> Iterator[tuple[object, ...]]:
    """One row per value that is replaced."""
    now = timezone.now()
    at = now.isoformat(sep=" ") if connection.vendor == "postgresql" else now.replace(tzinfo=None).isoformat(sep=" ")
    selects = [
        f"""SELECT n.household_id, '{spec.name}', {sql_text(spec, f"n.{spec.name}")},
            coalesce(n.{spec.name}__as_of, '{batch.as_of}'), coalesce(n.{spec.name}__source, ''),
            {sql_text(spec, f"o.{spec.name}")},
            CASE WHEN o.differing LIKE '%"{spec.name}"%' THEN json_extract_string(o.differing, '$.{spec.name}[0]')
                ELSE u.as_of END,
            coalesce(CASE WHEN o.differing LIKE '%"{spec.name}"%'
                THEN json_extract_string(o.differing, '$.{spec.name}[1]') ELSE u.source END, ''),
            '{at}', '{SYSTEM.user_id}', '{SYSTEM.name}', {batch.pk}, false
        FROM facts_changed n JOIN sheets_here o USING (household_id)
        LEFT JOIN usual_old u ON u.batch_id = o.batch_id AND u.fact = '{spec.name}'
        WHERE n.{spec.name} IS DISTINCT FROM o.{spec.name}"""
        for spec in FACTS
    ]
    for select in selects:
        yield from rows_of(con, select)
