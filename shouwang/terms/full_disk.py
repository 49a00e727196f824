"""A disk without room, whoever met it: the system, SQLite, PostgreSQL or DuckDB."""

import errno
import sqlite3

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
"""Full to it is a disk without a free block; a quota, or a limit on files, is a write that the system refused."""
POSTGRESQL = "53100"
"""Its code `disk_full`."""
WORDS = ("No space left", "File too large", "Disk quota", "max_temp_directory_size")
"""How DuckDB says it, which has no codes."""


def is_full(error: BaseException | None) -> bool:
    """Whether an error, or the one it was raised from, says that there is no room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        if getattr(error, "sqlite_errorcode", None) in SQLITE:
            return True
        if getattr(error, "sqlstate", None) == POSTGRESQL:
            return True
        if type(error).__module__.startswith(("duckdb", "_duckdb")) and any(word in str(error) for word in WORDS):
            return True
        error = error.__cause__
    return False
