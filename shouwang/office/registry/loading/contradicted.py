"""Contradictions the screening found: the value that counts, and the one that did not, for a person to settle."""

import duckdb
from django.utils import timezone

from shouwang.office.registry import bulk
from shouwang.office.registry.decisive import decisive_facts
from shouwang.office.registry.loading.source import Source, columns_in, rows_of
from shouwang.office.registry.models import FACTS, Contradiction
from shouwang.office.registry.values import BETWEEN, sql_text
from shouwang.rules.vocabulary import Kind
from shouwang.screening.intake.folding import quoted

COLUMN = "contradicted"
COLUMNS = (
    "household", "fact", "first_value", "first_source", "first_as_of", "second_value", "second_source", "second_as_of",
    "found_at", "area_code", "rank",
)  # fmt: skip
LONGEST = 120


def open_all(con: duckdb.DuckDBPyConnection, source: Source) -> int:
    """Open what is not open yet and was not settled on the same two values. Returns how many."""
    facts = quoted(str(source.facts))
    if COLUMN not in columns_in(con, facts):
        return 0
    con.execute(
        f"CREATE OR REPLACE TABLE disagreed AS SELECT * FROM (SELECT *, unnest({COLUMN}) AS other FROM {facts}"
        f" WHERE len({COLUMN}) > 0) WHERE household_id IN (SELECT id FROM households_new)"
    )
    known = _known(con)
    rows = [
        row
        for row in _rows(con, source)
        if (row[0], row[1]) not in known[0] and (row[0], row[1], row[2], row[5]) not in known[1]
    ]
    return bulk.insert(Contradiction, COLUMNS, rows)


def _known(con: duckdb.DuckDBPyConnection) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Household and fact of the open ones; with their values of the settled ones."""
    kept = Contradiction.objects.values_list("household_id", "fact", "first_value", "second_value", "kept")
    rows = list(kept.iterator(chunk_size=10_000))
    return {row[:2] for row in rows if not row[4]}, {row[:4] for row in rows if row[4]}


def _rows(con: duckdb.DuckDBPyConnection, source: Source) -> list[tuple[object, ...]]:
    now, decisive = str(timezone.now()), decisive_facts(source.as_of)
    found: list[tuple[object, ...]] = []
    for spec in FACTS:
        column = f"array_to_string(list_sort({spec.name}), '{BETWEEN}')" if spec.kind is Kind.SET else spec.name
        value = sql_text(spec, column)
        select = (
            f"SELECT household_id, '{spec.name}', left({value}, {LONGEST}),"
            f" left(coalesce({spec.name}__source, ''), 60), {spec.name}__as_of::VARCHAR,"
            f" left(other.value, {LONGEST}), left(coalesce(other.source, ''), 60), other.as_of::VARCHAR,"
            " coalesce(area_code, '')"
            f" FROM disagreed WHERE other.fact = '{spec.name}' ORDER BY 1"
        )
        rank = 0 if spec.name in decisive else 1
        found += [(*row[:-1], now, row[-1], rank) for row in rows_of(con, select)]
    return found
