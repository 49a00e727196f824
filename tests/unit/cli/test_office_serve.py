"""`shouwang serve`: starts whole or not at all, lives through a killed PostgreSQL, ends when told."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.postgres import Postgres
from tests.unit.cli.office import COMMAND, Office

PATIENCE = 90
"""Seconds after which something is broken; nothing here measures how fast it is."""


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _served(office: Office, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = _port()
    with log.open("wb") as out:
        call = [COMMAND, "serve", "--migrate", "--port", str(port), "--workers", "1", "--threads", "2"]
        process = subprocess.Popen(call, env=office.environment, stdout=out, stderr=out, start_new_session=True)
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _status(address: str | urllib.request.Request) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return 0, ""


def _until(holds: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.2)


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
    with _served(office, log) as (process, site):
        _until(lambda: _status(f"{site}/health/")[0] == 200, log)
        assert _status(f"{site}/in/")[0] == 200
        office.add("wang")
        postgres.kill()
        assert _status(f"{site}/health/")[0] == 503
        form = urllib.request.Request(f"{site}/in/", headers={"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz123456"})
        status, page = _status(form)
        assert (status, "数据库暂时连不上" in page) == (503, True)
        postgres.start()
        _until(lambda: _status(f"{site}/health/")[0] == 200, log)
        assert _status(form)[0] == 200
        sealed = "from shouwang.office.audit.models import Seal\nprint(Seal.objects.count() > 0)"
        _until(lambda: office.ask(sealed) == "True", log)  # the worker lived through it too
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert _worker(process.pid) == []


def test_worker_ends_when_its_server_is_killed(tmp_path: Path) -> None:
    office, log = Office(tmp_path / "home"), tmp_path / "log"
    with _served(office, log) as (process, site):
        _until(lambda: _status(f"{site}/health/")[0] == 200 and len(_worker(process.pid)) == 1, log)
        os.kill(process.pid, signal.SIGKILL)
        _until(lambda: _worker(process.pid) == [], log)


def _worker(session: int) -> list[int]:
    """The worker of a server, by the session it was started in."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_bytes()
            fields = (folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if b"office_worker" in command and int(fields[3]) == session and fields[0] != "Z":
            found.append(int(folder.name))
    return found
