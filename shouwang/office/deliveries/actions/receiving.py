"""A file handed in is judged by the screening and put in its place; the office keeps what was said of it."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.areas import kunming
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.deliveries.actions.handing_in import KIND
from shouwang.office.deliveries.models import Delivery
from shouwang.office.deliveries.queries.deliveries import is_of_county
from shouwang.office.web.models import Job
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.screening.receiving import ACCEPTED, KNOWN, Request, Verdict, receive, store
from shouwang.terms.errors import DataError, UserError
from shouwang.terms.full_disk import is_full
from shouwang.terms.period import Month

Step = Callable[[str, float | None], None]
State = Delivery.State
RECORDED = (
    "profile",
    "columns",
    "unread",
    "counts",
    "cell_faults",
    "faults",
    "warnings",
    "repairs",
    "sheet",
    "month_from",
    "merged",
)


def receive_file(number: int, *, city: Path, by: Actor, step: Step) -> Delivery:
    """Receive one delivery. Safe to run again from its start: what the screening took before is found there.

    Errors: `UserError` where the file is gone or cannot be judged; the delivery then says so.
    """
    row, was_begun = _begin(number)
    if row is None:
        return Delivery.objects.get(pk=number)
    step("逐行核对", None)
    try:
        verdict = _judged(row, city)
    except (UserError, DataError) as error:
        _finish(row, State.FAILED, {"faults": [{"found": str(error), "cure": ""}]}, by=by)
        raise
    except OSError:
        raise _failed_for_room(row, by=by) from None
    step("记下结果", 0.9)
    try:
        return _finish(row, _state(verdict, was_begun=was_begun), _told(verdict, city), by=by, verdict=verdict)
    except DatabaseError as error:
        if not is_full(error):
            raise
        raise _failed_for_room(Delivery.objects.get(pk=number), by=by) from None


def give_up() -> int:
    """Deliveries whose work has failed without a word on them, as on a disk so full that it took not even that, fail
    too. For the worker, again and again. Returns how many there were."""
    open_ones = Delivery.objects.filter(received_at=None).order_by("id")
    return len([row for row in open_ones if _given_up(row)])


def _given_up(row: Delivery) -> bool:
    work = Job.objects.filter(kind=KIND, arguments__delivery=row.pk).order_by("-id").first()
    if work is None or work.state != Job.State.FAILED:
        return False
    found, actor = work.message or _("核对中断了"), Actor(*work.arguments["actor"])
    _finish(row, State.FAILED, {"faults": [{"found": found, "cure": _("再交一次")}]}, by=actor)
    return True


def _failed_for_room(row: Delivery, *, by: Actor) -> UserError:
    """The delivery could not be judged, and says what to do."""
    message = UserError(_("核对时写不下去"), _("磁盘可能满了：请管理员腾出空间，再交一次"))
    _finish(row, State.FAILED, {"faults": [{"found": message.found, "cure": message.cure}]}, by=by)
    return message


@transaction.atomic
def _begin(number: int) -> tuple[Delivery | None, bool]:
    """The delivery to work at, and whether a worker that was killed began it; None where it is done."""
    row = Delivery.objects.select_for_update().get(pk=number)
    if row.state not in (State.WAITING, State.WORKING):
        return None, False
    was_begun = row.state == State.WORKING
    Delivery.objects.filter(pk=number).update(state=State.WORKING)
    row.state = State.WORKING
    return row, was_begun


def _judged(row: Delivery, city: Path) -> Verdict:
    path = Path(row.upload)
    if not path.is_file():
        raise UserError(_("交来的文件不在了"), _("再交一次"))
    request = Request(
        city,
        row.handed_on,
        row.handed_by_name,
        kunming(),
        VOCABULARY,
        row.claimed_dataset,
        Month.parse(row.claimed_month) if row.claimed_month else None,
        row.is_agreed,
        area=row.area_code if is_of_county(row.area_code) else "",
    )
    return next(iter(receive(request, [path])))


def _state(verdict: Verdict, *, was_begun: bool) -> State:
    """What is known already is so by this very delivery where a worker was killed after the screening took it."""
    if verdict.status == ACCEPTED or (verdict.status == KNOWN and was_begun):
        return State.ACCEPTED
    return State.KNOWN if verdict.status == KNOWN else State.REFUSED


def _told(verdict: Verdict, city: Path) -> dict[str, Any]:
    """The verdict, and what only the record beside the kept file says. No cell of the file is in either."""
    told = {**verdict.as_json(), "said": [fault.said for fault in verdict.cell_faults]}
    if verdict.kept:
        kept = store.read(city / verdict.kept).record
        told |= {name: kept[name] for name in RECORDED if kept.get(name) and not told.get(name)}
    told.pop("file", None)
    told["has_reply"] = bool(verdict.kept and (city / verdict.kept / "reply.xlsx").is_file())
    return dict(json.loads(json.dumps(told, ensure_ascii=False, default=str)))


@transaction.atomic
def _finish(
    row: Delivery, state: State, found: dict[str, Any], *, by: Actor, verdict: Verdict | None = None
) -> Delivery:
    counts = found.get("counts") or {}
    upload = row.upload
    row.state, row.found, row.received_at, row.upload = state, found, timezone.now(), ""
    row.dataset, row.month = (verdict.dataset, verdict.month) if verdict else ("", "")
    row.folder = verdict.kept if verdict else ""
    row.rows_read, row.rows_used = counts.get("read"), counts.get("used")
    row.rows_quarantined = counts.get("quarantined")
    row.save()
    record(
        Verb.RECEIVED,
        by=by,
        subject=("delivery", str(row.pk)),
        area_code=row.area_code,
        after={
            "state": state.value,
            "dataset": row.dataset,
            "month": row.month,
            "sha256": row.sha256,
            "rows": row.rows_read,
        },
    )
    transaction.on_commit(lambda: _removed(upload))
    return row


def _removed(upload: str) -> None:
    """The file as uploaded goes; its form's folder with the last of them."""
    file = Path(upload)
    if not file.is_absolute():  # none waits: its folder would be the one this process works in
        return
    shutil.rmtree(file.parent, ignore_errors=True)
    with suppress(OSError):
        file.parent.parent.rmdir()
