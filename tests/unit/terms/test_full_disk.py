"""A full disk is known by what each engine really says, and nothing else is taken for one."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import psycopg.errors
import pytest

from shouwang.terms.full_disk import is_full
from tests.support.full_disk import room_for


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_system_without_room(code: int) -> None:
    assert is_full(OSError(code, "x"))


def test_sqlite_without_room() -> None:
    with sqlite3.connect(":memory:") as database, pytest.raises(sqlite3.OperationalError) as told:  # noqa: PT012
        database.execute("CREATE TABLE rows (words)")
        database.execute("PRAGMA max_page_count = 2")
        database.execute("INSERT INTO rows VALUES (zeroblob(10000))")
    assert is_full(told.value)


def test_sqlite_over_a_quota(tmp_path: Path) -> None:
    """To SQLite no full disk, but an I/O error; a limit on files does to it what a quota does."""
    database = sqlite3.connect(tmp_path / "office.sqlite3")
    with closing(database):
        database.execute("CREATE TABLE rows (words)")
        with room_for(50_000), pytest.raises(sqlite3.OperationalError) as told:
            database.executescript("INSERT INTO rows VALUES (zeroblob(10000000)); COMMIT")
    assert told.value.sqlite_errorcode == sqlite3.SQLITE_IOERR_WRITE
    assert is_full(told.value)


def test_duckdb_without_room(tmp_path: Path) -> None:
    with room_for(1_000), pytest.raises(duckdb.Error) as told:
        duckdb.sql(f"COPY (SELECT range, random() FROM range(100000)) TO '{tmp_path}/rows.parquet'")
    assert is_full(told.value)


def test_error_raised_from_one_without_room() -> None:
    error = ValueError("x")
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    assert is_full(error)


@pytest.mark.parametrize(
    "error",
    [None, OSError(errno.EIO, "No space left"), sqlite3.OperationalError("x"), psycopg.errors.AdminShutdown("x")],
)
def test_other_faults_are_not_called_full(error: BaseException | None) -> None:
    assert not is_full(error)
