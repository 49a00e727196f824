"""PostgreSQL stops hard and starts again while people work: what was confirmed is there, once; nobody restarts."""

import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.support.postgres import Postgres
from tests.support.served import Answer, Browser, processes, served, status, until
from tests.unit.cli.office import PASSWORD, Office
from tests.unit.office import small_city

WRITERS, READERS = 4, 2
BEFORE_SECONDS, AWAY_SECONDS, AFTER_SECONDS = 2.0, 1.5, 3.0
VILLAGE = "530113102001"
FILL = f"""
from datetime import date
from shouwang.office.access.actions.accounts import open_account
from shouwang.office.access.actions.roles import give_role
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.registry.models import Household
for number in range({WRITERS + READERS}):
    user = open_account(f"cadre{{number}}", {PASSWORD!r}, display_name="测试", by=SYSTEM)
    give_role(user, "village", "{VILLAGE}", on=date(2020, 1, 1), by=SYSTEM)
    Household.objects.create(id=f"H{{number:011d}}", area_code="{VILLAGE}", register="exited")
user = open_account("liaison", {PASSWORD!r}, display_name="测试", by=SYSTEM)
give_role(user, "liaison", "5301", on=date(2020, 1, 1), by=SYSTEM)
"""


@dataclass
class Told:
    """What the people at the site were told, write by write and read by read."""

    confirmed: list[tuple[int, str]] = field(default_factory=list)
    """Who wrote, and the number of the form."""
    refused: list[tuple[int, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    """Whatever was neither a confirmed write nor a page."""
    last_good: float = 0.0


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """Of its own: other tests at the same moment are not to lose theirs."""
    server = Postgres()
    yield server
    server.stop()


def _write(browser: Browser, told: Told, person: int) -> None:
    number = str(uuid.uuid4())
    answer = _born(browser, person, number)
    if answer.status == 302:
        told.confirmed.append((person, number))
        told.last_good = time.monotonic()
    else:
        told.refused.append((person, number))
        told.answers.append(answer)


def _born(browser: Browser, person: int, number: str) -> Answer:
    """A child is born: an event, a person, a stay, a count and a line of the audit, or none of them."""
    fields = {"form_number": number, "on": "2020-07-01", "name": "测试", "sex": "女", "relation": "之女"}
    return browser.post(f"/cases/events/H{person:011d}/birth/", fields)


def _read(browser: Browser, told: Told, person: int) -> None:
    answer = browser.get(f"/households/?q=H{person:011d}")
    if answer.status != 200:
        told.answers.append(answer)


def _at_work(act: Callable[[Browser, Told, int], None], browser: Browser, told: Told, person: int, end: object) -> None:
    while not end.is_set():  # type: ignore[attr-defined]
        act(browser, told, person)
        time.sleep(0.1)


def _large(city: Path) -> bytes:
    """A month that takes the worker some seconds to judge."""
    lines = next((city / "extracts/medical_settlements").glob("2020-06.*")).read_bytes().splitlines(keepends=True)
    return lines[0] + b"".join(lines[1:]) * (120_000 // len(lines))


def test_postgresql_restarted_under_load(
    postgres: Postgres, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    city = small_city.copied(small_city.made(tmp_path_factory), tmp_path / "place")
    office, log = Office(tmp_path / "home", postgres.new_database(), {"SHOUWANG_CITY": str(city)}), tmp_path / "log"
    told, end = Told(), threading.Event()
    with served(office, log, workers=2, threads=2) as (process, site):
        until(lambda: status(f"{site}/health/")[0] == 200, log)
        office.ask(FILL)
        browsers = [Browser(site).signed_in(f"cadre{number}") for number in range(WRITERS + READERS)]
        before = processes(process.pid)
        threads = [
            threading.Thread(target=_at_work, args=(_write if n < WRITERS else _read, browser, told, n, end))
            for n, browser in enumerate(browsers)
        ]
        for thread in threads:
            thread.start()
        try:
            time.sleep(BEFORE_SECONDS)
            liaison = Browser(site).signed_in("liaison")
            handed = liaison.upload("/deliveries/new/", {"form_number": "f"}, "医保结算.csv", _large(city))
            assert handed.status == 302, handed
            until(lambda: _one(office, "SELECT state FROM web_job") == "running", log)
            postgres.kill()
            time.sleep(AWAY_SECONDS)
            postgres.start()
            back = time.monotonic()
            until(lambda: told.last_good > back + AFTER_SECONDS, log)
        finally:
            end.set()
            for thread in threads:
                thread.join()
        until(lambda: _one(office, "SELECT state FROM web_job") not in ("waiting", "running"), log)
        assert _rows(office, "SELECT state, message FROM web_job") == [("done", "")]
        assert _rows(office, "SELECT state FROM deliveries_delivery") == [("accepted",)]
        _require_told_plainly(told)
        counted = re.findall(
            r'count.page="cases:event",method="POST",status="302". (\d+)', status(f"{site}/metrics/")[1]
        )
        assert counted == [str(len(told.confirmed))]  # by both processes together
        _require_once(office, told, browsers)
        assert processes(process.pid) == before  # neither a server nor the worker fell
    said = log.read_text(encoding="utf-8")
    assert ("Traceback" in said, '"status": 500' in said) == (False, False)
    office.done("audit", "export", str(tmp_path / "chain.jsonl"))
    assert "链完好" in office.done("audit", "verify", str(tmp_path / "chain.jsonl"))


def _require_told_plainly(told: Told) -> None:
    """Whoever was not served was told so in the one sentence, with 503."""
    assert (bool(told.confirmed), bool(told.refused)) == (True, True)
    kinds = Counter((answer.status, "数据库暂时连不上" in answer.page) for answer in told.answers)
    assert set(kinds) == {(503, True)}, (kinds, [answer for answer in told.answers if answer.status != 503][:1])


def _require_once(office: Office, told: Told, browsers: list[Browser]) -> None:
    """What was confirmed is there once; what was not, can be sent again and is there once, too."""
    counts = _forms(office)
    assert [counts[number] for _, number in told.confirmed] == [1] * len(told.confirmed)
    for person, number in told.refused:
        assert _born(browsers[person], person, number).status in (302, 422)  # 422: it had been stored, says the page
    sent = told.confirmed + told.refused
    assert _forms(office) == Counter(number for _, number in sent)
    people = dict(_rows(office, "SELECT household_id, count(*) FROM registry_membership GROUP BY household_id"))
    assert people == Counter(f"H{person:011d}" for person, _ in sent)


def _forms(office: Office) -> Counter[str]:
    return Counter(number for (number,) in _rows(office, "SELECT form_number FROM registry_lifeevent"))


def _one(office: Office, query: str) -> object:
    return _rows(office, query)[0][0]


def _rows(office: Office, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(office.database) as connection:
        return connection.execute(query).fetchall()
