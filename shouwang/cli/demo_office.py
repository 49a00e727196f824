"""The office of the demo: loaded, with accounts, a month of work behind it, and a server in the background."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

from shouwang.cli.demo_accounts import Account, accounts, open_all, places
from shouwang.cli.progress import progress
from shouwang.terms.errors import UserError

TODAY = date(2020, 7, 6)
"""The Monday on which the demo stands: the June run is there and waits to be published."""
HOME = "office"
SERVER = "server.json"
FIRST_PORT = 8000
HEALTHY_SECONDS = 60


def prepare(folder: Path, city: Path, may: Path, june: Path) -> list[Account]:
    """Load May, let people work on it, load June. Returns the accounts of the demo."""
    os.environ.update(environment(folder, city))
    from django.core.management import call_command

    from shouwang.cli.office import open_office

    open_office()  # the rooms can be imported only now
    from shouwang.cli.demo_story import tell
    from shouwang.office.audit.actions.sealing import seal_all
    from shouwang.office.audit.actor import SYSTEM
    from shouwang.office.registry.actions.loading import load
    from shouwang.office.reports.actions.counting import count_all

    at = places(june)
    people = accounts(at)
    with progress("办公平台") as step:

        def share(name: str, done: float | None) -> None:
            step(name, int((done or 0) * 1000), 1000)

        call_command("migrate", interactive=False, verbosity=0)
        load(city, may, by=SYSTEM, step=share)
        open_all(people)
        tell(may, june, at, step=share)
        load(city, june, by=SYSTEM, step=share)
        count_all()
        seal_all()
    return people


def environment(folder: Path, city: Path, today: date = TODAY) -> dict[str, str]:
    """What the office of the demo needs to be told; a DATABASE_URL of the caller stays."""
    return {
        "SHOUWANG_HOME": str((folder / HOME).resolve()),
        "SHOUWANG_CITY": str(city.resolve()),
        "SHOUWANG_TODAY": today.isoformat(),
        "SHOUWANG_DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "shouwang.config.settings",
    }


def start(folder: Path, city: Path, today: date = TODAY) -> str:
    """Serve in the background on that day and wait until it answers. Returns the address.

    Errors: `UserError` where it does not come up; its log is named.
    """
    port = _free_port()
    log = folder / HOME / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "shouwang", "serve", "--port", str(port)],
            env={**os.environ, **environment(folder, city, today)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    (folder / SERVER).write_text(json.dumps({"pid": process.pid, "port": port}), encoding="utf-8")
    address = f"http://127.0.0.1:{port}/"
    until = time.monotonic() + HEALTHY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if _answers(address):
            return address
        time.sleep(0.3)
    raise UserError("网站没有起来", f"看 {log}")


def stop(folder: Path) -> bool:
    """Stop the server an earlier demo started here. Returns whether there was one."""
    note = folder / SERVER
    if not note.is_file():
        return False
    told = json.loads(note.read_text(encoding="utf-8"))
    note.unlink()
    if not _answers(f"http://127.0.0.1:{told['port']}/"):
        return False
    try:
        os.kill(told["pid"], signal.SIGTERM)
    except ProcessLookupError:
        return False
    for _ in range(100):
        if not _answers(f"http://127.0.0.1:{told['port']}/"):
            break
        time.sleep(0.2)
    return True


def _answers(address: str) -> bool:
    try:
        return bool(urllib.request.urlopen(f"{address}health/", timeout=3).status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _free_port() -> int:
    """The usual port where nobody sits on it, else the next free one."""
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise UserError(f"{FIRST_PORT} 起的一百个端口都有人用", "停掉一个再试")
