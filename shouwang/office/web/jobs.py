"""Running work in the background: a job is a row, the worker of `shouwang serve` takes it, the page watches it.

Work must be safe to run again from its start: a worker that was killed leaves its job running without a beat, and the next
worker takes it up again.
"""

import threading
import traceback
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from shouwang.office.audit.actor import Actor
from shouwang.office.web.models import Job
from shouwang.terms.errors import DataError, UserError

Step = Callable[[str, float | None], None]
Work = Callable[..., str]
"""Takes `step` and the job's arguments as keywords; returns the address of the result."""
SILENT = timedelta(seconds=60)
BEAT_SECONDS = 10
_kinds: dict[str, Work] = {}
log = structlog.get_logger("shouwang.office")


def job(kind: str) -> Callable[[Work], Work]:
    """Make a function known as work of this kind."""

    def known(work: Work) -> Work:
        _kinds[kind] = work
        return work

    return known


def start(kind: str, *, by: Actor, **arguments: object) -> Job:
    """Ask for work; the arguments are plain values and never personal."""
    return Job.objects.create(
        kind=kind,
        arguments={**arguments, "actor": [by.user_id, by.name, by.role, by.area_code]},
        area_code=by.area_code,
        started_by=by.user_id,
    )


def work_once() -> bool:
    """Take one waiting or abandoned job and do it. Returns whether there was one."""
    taken = _take()
    if taken is None:
        return False
    with _beating(taken.pk):
        _do(taken)
    return True


def _take() -> Job | None:
    now = timezone.now()
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, beat_at__lt=now - SILENT)
    with transaction.atomic():
        found = Job.objects.select_for_update(skip_locked=True) if _locks() else Job.objects
        row = found.filter(free).order_by("id").first()
        if row:
            Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING, beat_at=now)
        return row


def _locks() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


def _do(row: Job) -> None:
    def step(word: str, share: float | None) -> None:
        Job.objects.filter(pk=row.pk).update(step=word, share=share, beat_at=timezone.now())

    arguments = dict(row.arguments)
    actor = Actor(*arguments.pop("actor"))
    try:
        url = _kinds[row.kind](step=step, by=actor, **arguments)
        _finish(row, Job.State.DONE, "", url)
    except (UserError, DataError) as error:
        _finish(row, Job.State.FAILED, str(error), "")
    except Exception as error:
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        log.error("job failed", kind=row.kind, job=row.pk, error=type(error).__name__, at=places[-4:])
        _finish(row, Job.State.FAILED, f"程序有错 {type(error).__name__} → 请把任务号 {row.pk} 告诉管理员", "")


def _finish(row: Job, state: str, message: str, url: str) -> None:
    Job.objects.filter(pk=row.pk).update(
        state=state, message=message, result_url=url, finished_at=timezone.now(), share=1.0 if url else None
    )


class _beating:
    """Beats while work runs, so that a job at work is told from one whose worker was killed."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._end.wait(BEAT_SECONDS):
            try:
                Job.objects.filter(pk=self._number).update(beat_at=timezone.now())
            finally:
                close_old_connections()
