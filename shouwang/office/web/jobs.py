"""Running work in the background: a job is a row, the worker of `shouwang serve` takes it, the page watches it.

Work must be safe to run again from its start: a worker that was killed leaves its job running without a beat, and the
next worker takes it up again. A job whose database went away is taken up as soon as it is back.
"""

import traceback
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.web.models import Job
from shouwang.office.web.progress import Teller, fill_in, telling
from shouwang.terms.errors import DataError, UserError
from shouwang.terms.full_disk import is_full

Step = Callable[[str, float | None], None]
Work = Callable[..., str]
"""Takes `step` and the job's arguments as keywords; returns the address of the result."""
FILE = "#file"
"""An address that ends so is a file: the page of the job offers it, instead of going there and staying as it was."""
SILENT = timedelta(seconds=60)
TRIES = 3
"""Work that killed its worker so often would kill the next one too."""
_kinds: dict[str, Work] = {}
_dropped: dict[int, int] = {}
"""Jobs that lost the database, and which try it was: to be given back once there is one to write it into."""
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
    """Take one waiting or abandoned job and do it. Returns whether there was one.

    Errors: those of a database that is away; the job it interrupted is done again by the next call that finds it back.
    """
    _give_back()
    taken = _take()
    if taken is None:
        return False
    if taken.tries > TRIES:
        _finish(taken, Job.State.FAILED, _("试了几次都没做完，每次都中断。请把任务号告诉管理员。"), "")
        return True
    with telling(taken.pk) as step:
        _do(taken, step)
    return True


def _give_back() -> None:
    for number, tries in list(_dropped.items()):
        Job.objects.filter(pk=number, tries=tries, state=Job.State.RUNNING).update(state=Job.State.WAITING)
        del _dropped[number]


def _take() -> Job | None:
    now = timezone.now()
    with transaction.atomic():
        rows = Job.objects.filter(Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING)).order_by("id")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        free = (row for row in rows if row.state == Job.State.WAITING or _is_silent(row))
        row = next(free, None)
        if row:
            row.tries += 1
            Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING, beat_at=now, tries=F("tries") + 1)
        return row


def _is_silent(row: Job) -> bool:
    beat = fill_in(row).beat_at
    return beat is None or beat < timezone.now() - SILENT


def _do(row: Job, step: Teller) -> None:
    arguments = dict(row.arguments)
    actor = Actor(*arguments.pop("actor"))
    try:
        url = _kinds[row.kind](step=step, by=actor, **arguments)
        _finish(row, Job.State.DONE, "", url)
    except (UserError, DataError) as error:
        _finish(row, Job.State.FAILED, str(error), "")
    except Exception as error:
        if is_full(error):
            _finish(row, Job.State.FAILED, _("磁盘满了：请管理员腾出空间，再做一次；没有留下半份结果"), "")
            return
        if isinstance(error, OperationalError | InterfaceError):
            _dropped[row.pk] = row.tries
            raise
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        log.error("job failed", kind=row.kind, job=row.pk, error=type(error).__name__, at=places[-4:])
        message = _("程序有错 %(kind)s。请把任务号 %(number)s 告诉管理员。")
        _finish(row, Job.State.FAILED, message % {"kind": type(error).__name__, "number": row.pk}, "")
    except BaseException:
        # Told to stop in the middle: the next worker need not wait until the silence is noticed.
        Job.objects.filter(pk=row.pk).update(state=Job.State.WAITING, tries=F("tries") - 1)
        raise


def _finish(row: Job, state: str, message: str, url: str) -> None:
    Job.objects.filter(pk=row.pk).update(
        state=state, message=message, result_url=url, finished_at=timezone.now(), share=1.0 if url else None
    )
