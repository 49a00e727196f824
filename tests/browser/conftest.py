"""A real site for the journeys: the demo's city, a fortnight of work, the production server, and a browser.

With DATABASE_URL set the same site stands on PostgreSQL.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import browser as browsers
from shouwang.cli.demo_office import SERVER, TODAY, environment

ROOT = Path(__file__).parents[2]
HOUSEHOLDS = "4000"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "shouwang-demo-2020"
LARGEST = 200_000
"""Bytes of a page without charts."""
SERVE_ON = """
import sys
from datetime import date
from pathlib import Path
from shouwang.cli.demo_office import start, stop
folder, day = Path(sys.argv[1]), date.fromisoformat(sys.argv[2])
stop(folder)
start(folder, folder / "city", day)
"""
"""Serves a demo on another day: in a process of its own, which leaves the server behind as `make demo` does."""


@dataclass
class Site:
    """A served demo: its folder, and the day it stands on."""

    folder: Path
    today: date = TODAY
    used: dict[str, str] = field(default_factory=dict)
    """The last digits by account."""

    @property
    def address(self) -> str:
        """Where it answers now."""
        told = json.loads((self.folder / SERVER).read_text(encoding="utf-8"))
        return f"http://127.0.0.1:{told['port']}"

    def move_to(self, day: date) -> None:
        """Let the days pass: the same site, served again on another day."""
        if day == self.today:
            return
        self.today = day
        words = [sys.executable, "-c", SERVE_ON, str(self.folder), day.isoformat()]
        subprocess.run(words, env=_environment(), cwd=ROOT, check=True)

    def command(self, *words: str, **more: str) -> str:
        """Run the command on this site; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "shouwang", *words],
            env={**_environment(), **self.environment(), **more},
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=True,
        )
        return done.stdout

    def digits(self, username: str) -> str:
        """What somebody's authenticator shows now; digits open only once, so it waits for some that have not."""
        while True:
            found = re.search(r"\d{6}", self.command("code", username))
            assert found
            if self.used.get(username) != found[0]:
                self.used[username] = found[0]
                return found[0]
            time.sleep(1)

    def environment(self) -> dict[str, str]:
        return environment(self.folder, self.folder / "city", self.today)


def _environment() -> dict[str, str]:
    """Ours without what the unit tests set; PostgreSQL makes no keys up by itself, so there they stay."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SHOUWANG_", "DJANGO_"))}
    if "DATABASE_URL" in os.environ:
        ours |= {name: value for name, value in os.environ.items() if name.endswith(("_KEY", "_KEYS"))}
    return ours


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """The demo as `make demo` leaves it, in a folder of its own; or the one that SHOUWANG_JOURNEYS_ON names."""
    if standing := os.environ.get("SHOUWANG_JOURNEYS_ON"):
        yield Site(Path(standing))
        return
    folder = tmp_path_factory.mktemp("journeys") / "demo"
    environment = _environment()
    command = [sys.executable, "-m", "shouwang", "demo", "--folder", str(folder)]
    try:
        subprocess.run([*command, "--households", HOUSEHOLDS], env=environment, cwd=ROOT, check=True)
        yield Site(folder)
    finally:
        subprocess.run([*command, "--stop"], env=environment, cwd=ROOT, check=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browsers.found()
    assert path, browsers.CURE
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


class Visitor:
    """Somebody at a browser, signed in; every page they see is small, sound and free of script errors."""

    def __init__(self, browser: Browser, site: Site, size: dict[str, int], known: Any = None) -> None:
        self.site = site
        context = browser.new_context(viewport=size, locale="zh-CN", accept_downloads=True, storage_state=known)
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", self._weigh)

    def _weigh(self, answer) -> None:
        if "text/html" in answer.headers.get("content-type", "") and answer.status == 200:
            size = len(answer.body())
            if size > LARGEST:
                self.faults.append(f"{answer.url} weighs {size} bytes")

    def sign_in(self, username: str) -> "Visitor":
        self.page.goto(f"{self.site.address}/in/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button.go")
        return self

    def second_factor(self, username: str) -> "Visitor":
        """The six digits, as the command the demo prints tells them."""
        self.page.goto(f"{self.site.address}/in/code/")
        self.page.fill("[name=code]", self.site.digits(username))
        self.page.click("main button.go")
        return self

    def go(self, path: str) -> int:
        """Open an address of the site; its status."""
        answer = self.page.goto(f"{self.site.address}{path}")
        assert answer is not None
        return answer.status

    def text(self) -> str:
        return self.page.inner_text("main")

    def fits(self) -> bool:
        """Nothing sticks out of the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.fixture(scope="session")
def verified() -> dict[str, Any]:
    """The cookies of who has given a second factor: they stay signed in, for new digits come only every half minute."""
    return {}


@pytest.fixture
def visitor(browser, site, verified):
    """Makes visitors: `visitor("village", phone=True)`."""
    made: list[Visitor] = []

    def visit(username: str = "", *, phone: bool = False, second_factor: bool = False) -> Visitor:
        known = verified.get(username) if second_factor else None
        somebody = Visitor(browser, site, PHONE if phone else DESKTOP, known)
        made.append(somebody)
        if username and not known:
            somebody.sign_in(username)
        if second_factor and not known:
            somebody.second_factor(username)
            verified[username] = somebody.page.context.storage_state()
        return somebody

    yield visit
    for somebody in made:
        somebody.page.context.close()
        assert somebody.faults == []
