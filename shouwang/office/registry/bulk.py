"""Rows by the million into a table: COPY on PostgreSQL, executemany on SQLite; inside the caller's transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from django.db import connection, models
from django.db.transaction import get_connection

from shouwang.terms.errors import ProgrammingError

BATCH = 20_000
Counted = Callable[[int], None]
"""Told how many rows are in."""


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
    *,
    step: Counted | None = None,
) -> int:
    """Rows into the table of a model; values as the database stores them, encrypted fields as bytes. Returns how many.

    Columns that are left out take the database's default, else null. Errors: `ProgrammingError` outside a transaction.
    """
    return _fill(model._meta.db_table, _columns_of(model, columns), rows, step)


def merge(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
    *,
    step: Counted | None = None,
) -> int:
    """Insert rows, and where the key (the first column) is there already write the given columns over it."""
    names = _columns_of(model, columns)
    table, stage, listed = model._meta.db_table, f"stage_{model._meta.db_table}", _listed(names)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT {listed} FROM {_quoted(table)} WHERE 1 = 0")
        count = _fill(stage, names, rows, step)
        taken = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in names[1:])
        cursor.execute(
            f"INSERT INTO {_quoted(table)} ({listed}) SELECT {listed} FROM {stage} WHERE true"
            f" ON CONFLICT ({_quoted(names[0])}) DO UPDATE SET {taken}"
        )
        cursor.execute(f"DROP TABLE {stage}")
    return count


def update(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> int:
    """Write the given columns over rows found by the first one; rows that are not there are passed over."""
    names = _columns_of(model, columns)
    table, stage = model._meta.db_table, f"stage_{model._meta.db_table}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {stage} AS SELECT {_listed(names)} FROM {_quoted(table)} WHERE 1 = 0")
        _fill(stage, names, rows, None)
        taken = ", ".join(f"{_quoted(name)} = {stage}.{_quoted(name)}" for name in names[1:])
        key = _quoted(names[0])
        cursor.execute(f"UPDATE {_quoted(table)} SET {taken} FROM {stage} WHERE {_quoted(table)}.{key} = {stage}.{key}")
        count = int(cursor.rowcount)
        cursor.execute(f"DROP TABLE {stage}")
    return count


@contextmanager
def without_indexes(*tables: type[models.Model]) -> Iterator[None]:
    """Take away indexes and references of empty tables while they are filled, and make them anew at the end.

    Only for tables nobody uses yet: others wait for the end of the transaction.
    """
    made = [statement for model in tables for statement in _taken_away(model._meta.db_table)]
    yield
    with connection.cursor() as cursor:
        for statement in made:
            cursor.execute(statement)


def _fill(table: str, names: Sequence[str], rows: Iterable[tuple[object, ...]], step: Counted | None) -> int:
    if not get_connection().in_atomic_block:
        raise ProgrammingError("成批写入要在一个事务里 → 在 transaction.atomic() 里调用")
    rows = iter(rows)
    connection.ensure_connection()
    fill = _copy if connection.vendor == "postgresql" else _insert_many
    count = 0
    for done in fill(table, names, rows):
        count = done
        if step:
            step(count)
    return count


def _insert_many(table: str, names: Sequence[str], rows: Iterator[tuple[object, ...]]) -> Iterator[int]:
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {_quoted(table)} ({_listed(names)}) VALUES ({marks})"
    count = 0
    while batch := list(islice(rows, BATCH)):
        connection.connection.executemany(statement, batch)
        count += len(batch)
        yield count


def _copy(table: str, names: Sequence[str], rows: Iterator[tuple[object, ...]]) -> Iterator[int]:
    count = 0
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY {_quoted(table)} ({_listed(names)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
            if count % BATCH == 0:
                yield count
    yield count


def _taken_away(table: str) -> list[str]:
    """Drop what can be made anew, and say how: references first, since they need the indexes no longer."""
    made: list[str] = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND contype = 'f'",
                [table],
            )
            for name, definition in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {_quoted(table)} DROP CONSTRAINT {_quoted(name)}")
                made.append(f"ALTER TABLE {_quoted(table)} ADD CONSTRAINT {_quoted(name)} {definition}")
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = %s"
                " AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)",
                [table, table],
            )
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
                [table],
            )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {_quoted(name)}")
    return [*(definition for _, definition in indexes), *made]


def _columns_of(model: type[models.Model], columns: Sequence[str]) -> list[str]:
    return [str(model._meta.get_field(name).column) for name in columns]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
