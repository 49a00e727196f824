"""What is loaded: a register of a month and a run that was made from it, opened in DuckDB."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from django.conf import settings
from django.db import connection

from shouwang.screening.intake.folder import scratch
from shouwang.screening.intake.folding import quoted
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month

TABLES = ("households", "members", "incomes")
MEMORY = "1GB"
ROWS = 50_000


@dataclass(frozen=True)
class Source:
    """A run and the register it was made from. `digest` is the run's; `last_day` the register's."""

    register: Path
    facts: Path
    month: str
    last_day: date
    as_of: date
    digest: str
    policy: str

    def file(self, table: str) -> str:
        """The table as DuckDB names it."""
        return quoted(str(self.register / f"{table}.parquet"))


def source_of(city: Path, run: Path) -> Source:
    """Errors: `UserError` where one of them is not what it should be, or the run is of another city or register."""
    manifest = _manifest(run)
    month = str(manifest.get("register", ""))
    register = city / "registry" / month
    if not city.is_dir():
        raise UserError(f"没有城市文件夹 {city.name}", "检查路径")
    missing = [name for name in TABLES if not (register / f"{name}.parquet").is_file()]
    if not month or missing:
        raise UserError(
            f"{run.name} 用的是 {month or '不知哪月'} 的登记册，{city.name} 里没有这一月", "换成算出它的城市文件夹"
        )
    for name in TABLES:
        told = manifest.get("inputs", {}).get(f"registry/{month}/{name}.parquet", {}).get("sha256")
        if told != _fingerprint(register / f"{name}.parquet"):
            raise UserError(
                f"{run.name} 不是用 {city.name} 里 {month} 的登记册算出的：{name}.parquet 不同",
                "换成算出它的城市文件夹，或重新筛查",
            )
    return Source(
        register=register,
        facts=run / "facts.parquet",
        month=month,
        last_day=Month.parse(month).last,
        as_of=date.fromisoformat(manifest["as_of"]),
        digest=str(manifest["output_digest"]),
        policy=str(manifest["policy"]),
    )


def _manifest(run: Path) -> dict[str, Any]:
    try:
        found = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or "output_digest" not in found or not (run / "facts.parquet").is_file():
        raise UserError(f"{run.name} 不是筛查结果", "给 shouwang screen --out 写出的文件夹")
    return found


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def workbench() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB on a folder inside the office's home that is gone afterwards: its rows name people."""
    with scratch(Path(settings.HOME)) as folder, closing(duckdb.connect(str(folder / "load.duckdb"))) as con:
        con.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = {quoted(str(folder))}")
        con.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        yield con


def take(con: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema, sql: str) -> None:
    """Rows of the office's database as a DuckDB table of this shape; the query gives days as text (`day_text`)."""
    con.register("taken", schema.empty_table())
    con.execute(f"CREATE OR REPLACE TABLE {table} AS FROM taken")
    con.unregister("taken")
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(ROWS):
            columns = [
                pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            con.register("taken", pa.table(columns, schema=schema))
            con.execute(f"INSERT INTO {table} FROM taken")
            con.unregister("taken")


def day_text(column: str) -> str:
    """A day as text in the office's database: no driver makes a date of it, only to be undone."""
    return f"CAST({column} AS text)"


def rows_of(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[object, ...]]:
    """The rows of a query, some thousands at a time."""
    for batch in con.sql(sql).to_arrow_reader(ROWS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def columns_in(con: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    return frozenset(row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {table}").fetchall())


def count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(first(con, f"SELECT count(*) FROM {table}")[0])


def first(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    """The one row of a query that has one."""
    row: tuple[Any, ...] = con.execute(sql).fetchall()[0]
    return row
