"""A disk without room, for real and without root: a limit on files, a limit on the database."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

ROOM_FOR = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
"""
"""The first lines of a process whose files may not grow beyond so many bytes."""
NO_ROOM_IN_SQLITE = """
from django.db.backends.signals import connection_created
def limited(connection, **_):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
connection_created.connect(limited)
"""
"""The first lines of a process whose SQLite cannot grow: it says `SQLITE_FULL`, as on a full disk."""
NO_LIMIT = 4_294_967_294
TRIGGER = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON {table} EXECUTE FUNCTION no_room()
"""


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: what a full disk does to whoever writes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def no_room_in(table: str) -> Iterator[None]:
    """The office's database takes no row more. SQLite: it cannot grow. PostgreSQL, which knows no limit: a trigger on
    one table lets the server say what it says of a full disk. Not inside a transaction."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        else:
            cursor.execute(TRIGGER.format(table=table))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"PRAGMA max_page_count = {NO_LIMIT}")
            else:
                cursor.execute("DROP FUNCTION no_room CASCADE")
