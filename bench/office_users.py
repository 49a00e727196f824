"""What a hundred users do, for `bench/office.py`: look through lists, open households and cases, fill the next form."""

import json
import os
import random
import re
import time
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from django_otp.oath import totp
from gevent import spawn_later
from gevent.lock import Semaphore
from locust import FastHttpUser, between, events, task

ACCOUNTS = json.loads(Path(os.environ["BENCH_ACCOUNTS"]).read_text(encoding="utf-8"))
FIGURES = Path(os.environ["BENCH_FIGURES"])
DAY = os.environ.get("SHOUWANG_TODAY") or time.strftime("%Y-%m-%d")
REFUSED = (409, 422)
"""A rule said no, with its reason: an answer, not an error."""
SURNAMES = ("wangxiufen", "李明", "张丽", "杨波", "wanghong")
_times: dict[str, list[float]] = defaultdict(list)
_bytes: dict[str, int] = defaultdict(int)
_faults: Counter[str] = Counter()
_failed: Counter[str] = Counter()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LINK = re.compile(r'<a [^>]*href="(/(?:households/H|cases/)\d+/)"')
"""To a household or a case of a list."""
MAIN = re.compile(r'<a [^>]*class="[^"]*\bgo\b[^"]*"[^>]*href="(/cases/[^"#]+)')
SETTLING_SECONDS = 20
_turn = Semaphore()
_all_are_in = False
"""Measured from then on: a hundred people do not sign in within half a minute, and sign-in is slow by intent."""


class Forms(HTMLParser):
    """The forms of a page with their fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, object]] = []
        self._select = ""
        self._folds = 0

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in pairs}
        if tag == "form":
            self.forms.append({"action": at.get("action", ""), "method": at.get("method", "get"), "fields": {}})
        elif tag == "details" and "open" not in at:
            self._folds += 1
        elif self.forms and not (self._folds and at.get("type") == "radio" and "checked" not in at):
            self._field(tag, at)

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self._folds = max(self._folds - 1, 0)

    def _field(self, tag: str, at: dict[str, str]) -> None:
        fields: dict[str, str] = self.forms[-1]["fields"]  # type: ignore[assignment]
        name, kind = at.get("name", ""), at.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and at.get("value") and ("selected" in at or self._select not in fields):
            fields[self._select] = at["value"]
        elif tag == "textarea" and name:
            fields[name] = "压力测试"
        elif tag == "input" and name and not _is_left_out(kind, at, name in fields):
            fields[name] = at.get("value") or _made_up(kind, len(fields))
        elif tag == "button" and name:
            fields.setdefault(name, at.get("value", ""))


def _is_left_out(kind: str, at: dict[str, str], is_known: bool) -> bool:
    """Numbers beside what is tapped stay empty: what is on record is confirmed as it is. Folds stay closed."""
    if at.get("inputmode") == "decimal" and "required" not in at and not at.get("value"):
        return True
    return kind in ("file", "submit") or (kind in ("radio", "checkbox") and is_known and "checked" not in at)


def _made_up(kind: str, place: int) -> str:
    """A value for a field; texts differ, since a visit takes two people."""
    return {"date": DAY, "number": "1"}.get(kind, f"压力测试{place}")


class OfficeUser(FastHttpUser):
    """One person in one role, who clicks every 2 to 8 seconds."""

    wait_time = between(2, 8)

    def on_start(self) -> None:
        with _turn:
            self.account = ACCOUNTS.pop()
        page = self.client.get("/in/", name="sign-in")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        form = {"username": self.account["username"], "password": self.account["password"], "next": "/"}
        sent = urlencode({**form, "csrfmiddlewaretoken": token[1]})
        self.client.post("/in/", sent, headers=FORM, name="sign-in")
        if self.account["key"]:
            page = self._get("/in/code/")
            code = f"{totp(bytes.fromhex(self.account['key'])):06d}"
            self._send(page, {"code": code}, name="sign-in")
        self.pages: list[str] = []

    def _get(self, path: str) -> Forms:
        """A page taken apart, which costs as much as making it: only where a form on it is sent."""
        page = Forms()
        page.feed(self._text(path))
        page.path = path  # type: ignore[attr-defined]
        return page

    def _text(self, path: str) -> str:
        return str(self.client.get(path, name=f"R {_shape(path)}", allow_redirects=True).text or "")

    def _send(self, page: Forms, values: dict[str, str], name: str = "", which: int = -1) -> None:
        forms = [
            form for form in page.forms if str(form["method"]).lower() == "post" and "language" not in form["action"]
        ]
        forms = [form for form in forms if "/out/" not in str(form["action"])]
        if not forms:
            return
        form = forms[which]
        target = str(form["action"]) or page.path  # type: ignore[attr-defined]
        headers = {**FORM, "Referer": self.host + page.path}  # type: ignore[attr-defined]
        with self.client.post(
            target,
            urlencode({**form["fields"], **values}),  # type: ignore[dict-item]
            name=name or f"W {_shape(target)}",
            headers=headers,
            catch_response=True,
            allow_redirects=False,
        ) as answer:
            if answer.status_code in REFUSED:
                _faults[f"refused by a rule: {_shape(target)}"] += 1
                answer.success()

    @task(5)
    def first_page(self) -> None:
        """Today for those who have one, the figures for the others."""
        path = {"leader": "/reports/", "auditor": "/audit/"}.get(self.account["role"], "/")
        self.pages = LINK.findall(self._text(path))

    @task(4)
    def lists(self) -> None:
        if self.account["role"] == "leader":
            return self.first_page()
        path = random.choice(("/households/", "/cases/", "/warnings/", "/households/?state=unverified"))
        self.pages = LINK.findall(self._text(path)) or self.pages

    @task(8)
    def one(self) -> None:
        if not self.pages:
            return self.lists()
        self._text(random.choice(self.pages))

    @task(2)
    def search(self) -> None:
        if self.account["role"] in ("leader",):
            return
        page = self._get("/households/")
        which = next((place for place, form in enumerate(_posts(page)) if "find" in str(form["action"])), 0)
        self._send(page, {"text": random.choice(SURNAMES)}, which=which, name="R /households/find/")

    @task(5)
    def next_step(self) -> None:
        """Open something of today, follow its main button, fill what it asks, send it."""
        if self.account["role"] not in ("village", "township", "county-decider") or not self.pages:
            return self.first_page()
        main = MAIN.search(self._text(random.choice(self.pages)))
        if main:
            self._send(self._get(main[1]), {})

    @task(1)
    def health(self) -> None:
        self.client.get("/health/", name="health")


def _posts(page: Forms) -> list[dict[str, object]]:
    forms = [form for form in page.forms if str(form["method"]).lower() == "post" and "language" not in form["action"]]
    return [form for form in forms if "/out/" not in str(form["action"])]


def _shape(path: str) -> str:
    """An address without its numbers."""
    path = path.partition("?")[0]
    return re.sub(r"/[A-Z]?\d[\w-]*(?=/)", "/…", path)


@events.request.add_listener
def _note(
    request_type: str, name: str, response_time: float, response_length: int, exception: object, **_: object
) -> None:
    if not _all_are_in:
        return
    _times[name].append(response_time)
    _bytes[name] = max(_bytes[name], response_length or 0)
    if exception:
        _failed[name] += 1
        _faults[f"{name}: {str(exception)[:120]}"] += 1


@events.spawning_complete.add_listener
def _begin(**_: object) -> None:
    spawn_later(SETTLING_SECONDS, _measure)


def _measure() -> None:
    global _all_are_in
    _all_are_in = True


@events.quitting.add_listener
def _write(**_: object) -> None:
    kinds = {"read": "R ", "write": "W "}
    figures: dict[str, object] = {
        kind: _row([ms for name, found in _times.items() if name.startswith(mark) for ms in found], mark)
        for kind, mark in kinds.items()
    }
    figures["health"] = _row(_times["health"], "health")
    figures["pages"] = {name: {**_row(found, name), "kb": _bytes[name] / 1000} for name, found in _times.items()}
    figures["faults"] = dict(_faults.most_common(30))
    FIGURES.write_text(json.dumps(figures), encoding="utf-8")


def _row(found: list[float], mark: str) -> dict[str, float]:
    cuts = quantiles(found, n=100) if len(found) > 1 else [found[0] if found else 0.0] * 99
    errors = sum(count for name, count in _failed.items() if name.startswith(mark))
    return {"requests": len(found), "errors": errors, "p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}
