"""`shouwang serve`: starts whole or not at all, lives through a killed PostgreSQL, ends when told."""

import os
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import Postgres
from tests.support.served import PATIENCE, served, status, until, worker_of
from tests.unit.cli.office import Office


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


def test_serve_on_a_database_without_its_tables_does_not_start(tmp_path: Path) -> None:
    answer = Office(tmp_path / "home").run("serve")
    assert (answer.code, "→ 运行 shouwang serve --migrate" in answer.err) == (2, True)


def test_serve_on_a_port_that_is_taken_does_not_start(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = Office(tmp_path / "home").run("serve", "--migrate", "--port", str(taken.getsockname()[1]))
    assert (answer.code, "→ 换一个 --port 或 --host" in answer.err) == (2, True)


def test_serve_without_a_secret_on_postgresql_does_not_start(tmp_path: Path) -> None:
    office = Office(tmp_path / "home", "postgresql://nowhere/office", {"SHOUWANG_SECRET_KEY_FILE": "/nowhere"})
    keys = {name: value for name, value in office.keys().items() if name != "SHOUWANG_SECRET_KEY"}
    office.keys = lambda: keys  # type: ignore[method-assign]
    answer = office.run("serve")
    assert (answer.code, answer.err.count("\n"), "SHOUWANG_SECRET_KEY_FILE" in answer.err) == (2, 1, True)


def test_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    answer = Office(tmp_path / "home", "postgresql://127.0.0.1:1/office").run("serve")
    assert (answer.code, answer.err.startswith("数据库连不上 → ")) == (2, True)


def test_postgresql_killed_between_two_requests(postgres: Postgres, tmp_path: Path) -> None:
    office, log = Office(tmp_path / "home", postgres.new_database()), tmp_path / "log"
    with served(office, log) as (process, site):
        until(lambda: status(f"{site}/health/")[0] == 200, log)
        assert status(f"{site}/in/")[0] == 200
        office.add("wang")
        postgres.kill()
        assert status(f"{site}/health/")[0] == 503
        form = urllib.request.Request(f"{site}/in/", headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz123456"})
        code, page = status(form)
        assert (code, "数据库暂时连不上" in page) == (503, True)
        postgres.start()
        until(lambda: status(f"{site}/health/")[0] == 200, log)
        assert status(form)[0] == 200
        sealed = "from shouwang.office.audit.models import Seal\nprint(Seal.objects.count() > 0)"
        until(lambda: office.ask(sealed) == "True", log)  # the worker lived through it too
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert worker_of(process.pid) == []


def test_worker_ends_when_its_server_is_killed(tmp_path: Path) -> None:
    office, log = Office(tmp_path / "home"), tmp_path / "log"
    with served(office, log) as (process, site):
        until(lambda: status(f"{site}/health/")[0] == 200 and len(worker_of(process.pid)) == 1, log)
        os.kill(process.pid, signal.SIGKILL)
        until(lambda: worker_of(process.pid) == [], log)
