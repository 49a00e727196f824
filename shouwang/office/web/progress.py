"""How far a job is, seen from outside while its own transaction is still open.

On PostgreSQL another connection writes it into the job's row. SQLite has room for one writer, the job
itself: there it goes into a small file of the home.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import Error, close_old_connections, connection, connections
from django.utils import timezone

from shouwang.office.web.models import Job

TELL_SECONDS = 1.0
BEAT_SECONDS = 10.0


class Teller:
    """What the work says of itself; another thread passes it on."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.step = ""
        self.share: float | None = None

    def __call__(self, step: str, share: float | None) -> None:
        self.step, self.share = step[:80], share


@contextmanager
def telling(number: int) -> Iterator[Teller]:
    """Pass on what is told every second if it is new, and a beat every ten: so a job at work is told from one whose
    worker was killed."""
    teller, end, by_file = Teller(number), threading.Event(), connection.vendor == "sqlite"
    thread = threading.Thread(target=_in_own_thread, args=(teller, end, by_file), daemon=True)
    thread.start()
    try:
        yield teller
    finally:
        end.set()
        thread.join()
        _file(number).unlink(missing_ok=True)


def _in_own_thread(teller: Teller, end: threading.Event, by_file: bool) -> None:
    try:
        _pass_on(teller, end, by_file)
    finally:
        connections.close_all()


def _pass_on(teller: Teller, end: threading.Event, by_file: bool) -> None:
    write = _to_file if by_file else _to_row
    said, silence = ("", None), BEAT_SECONDS
    while True:
        now = (teller.step, teller.share)
        if now != said or silence >= BEAT_SECONDS:
            write(teller.number, *now)
            said, silence = now, 0.0
        if end.wait(TELL_SECONDS):
            return
        silence += TELL_SECONDS


def _to_row(number: int, step: str, share: float | None) -> None:
    try:
        Job.objects.filter(pk=number).update(step=step, share=share, beat_at=timezone.now())
    except Error:
        pass  # the work itself meets it, and says so
    finally:
        close_old_connections()


def _to_file(number: int, step: str, share: float | None) -> None:
    path = _file(number)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"step": step, "share": share}), encoding="utf-8")
    part.replace(path)


def _file(number: int) -> Path:
    return settings.HOME / "jobs" / f"{number}.json"


def fill_in(row: Job) -> Job:
    """The job with what its file says, where it has one."""
    try:
        said = json.loads(_file(row.pk).read_text(encoding="utf-8"))
        row.step, row.share = said["step"], said["share"]
        row.beat_at = datetime.fromtimestamp(_file(row.pk).stat().st_mtime, UTC)
    except FileNotFoundError:
        pass
    return row
