"""`shouwang serve` for tests: a server of its own on a free port, and people with browsers at it."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests.unit.cli.office import COMMAND, PASSWORD, Office

PATIENCE = 90
"""Seconds after which something is broken; nothing here measures how fast it is."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(
    office: Office, log: Path, *, workers: int = 1, threads: int = 2
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The process and the address of the site, while the block lasts."""
    port = free_port()
    call = [COMMAND, "serve", "--migrate", "--port", str(port), "--workers", str(workers), "--threads", str(threads)]
    with log.open("wb") as out:
        process = subprocess.Popen(call, env=office.environment, stdout=out, stderr=out, start_new_session=True)
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            with suppress(ProcessLookupError):  # also what a killed server leaves behind
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(holds: Callable[[], bool], log: Path) -> None:
    """Wait for it. Errors: `AssertionError` with the server's log where it never comes."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.2)


def status(address: str | urllib.request.Request) -> tuple[int, str]:
    """What is answered, and the page; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return 0, ""


def processes(session: int) -> dict[int, bytes]:
    """The living processes of a server, by the session it was started in, with their command lines."""
    found = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_bytes()
            fields = (folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found[int(folder.name)] = command
    return found


def worker_of(session: int) -> list[int]:
    return [number for number, command in processes(session).items() if b"office_worker" in command]


class Answer(NamedTuple):
    status: int
    page: str
    location: str


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: what it leads to is another request, with its own fate."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        return None


class Browser:
    """Somebody at the site: keeps cookies, carries the token of forms, follows no redirect by itself."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies), _Stay())

    def get(self, path: str) -> Answer:
        return self._asked(urllib.request.Request(self.site + path))

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        token = next((cookie.value for cookie in self._cookies if cookie.name == "csrftoken"), "") or ""
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._asked(urllib.request.Request(self.site + path, data=body, headers={"Referer": self.site + path}))

    def upload(self, path: str, fields: Mapping[str, str], name: str, content: bytes) -> Answer:
        """A form with one file, in its field `files`."""
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).page)[0]
        parts = [
            f'--part\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in {"csrfmiddlewaretoken": token, **fields}.items()
        ]
        heading = f'--part\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, heading, content, b"\r\n--part--\r\n"])
        kind = {"Content-Type": "multipart/form-data; boundary=part", "Referer": self.site + path}
        return self._asked(urllib.request.Request(self.site + path, data=body, headers=kind))

    def signed_in(self, username: str) -> "Browser":
        self.get("/in/")
        answer = self.post("/in/", {"username": username, "password": PASSWORD})
        assert answer.status == 302, answer
        return self

    def _asked(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.read().decode(), "")
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), error.headers.get("Location", ""))
        except (urllib.error.URLError, ConnectionError) as error:
            return Answer(0, type(error).__name__, "")
