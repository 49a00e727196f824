"""A person's word on a doubtful match: kept as a dated file under CITY/decisions, the next screening goes by it."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.deliveries.queries.doubtful import Doubt
from shouwang.screening.linkage.decisions import FOLDER, Decision, Verdict, read_decisions, write_decisions
from shouwang.terms.errors import UserError


def settle(doubt: Doubt, found: Mapping[str, Verdict], *, city: Path, seen: int, by: Actor, on: date) -> list[Decision]:
    """Keep what was found of each candidate. `seen`: how many decisions on this record the page showed.

    Errors: `UserError` where nothing was chosen, two are said to be the same person, or somebody was first.
    """
    chosen = {one.person_id: found[one.person_id] for one in doubt.candidates if one.person_id in found}
    if not chosen:
        raise UserError(_("还没有选"), _("至少对一个人选“同一人”“不是”或“待查”"))
    if sum(verdict is Verdict.SAME for verdict in chosen.values()) > 1:
        raise UserError(_("同一条所交记录定为两个人"), _("只留一个“同一人”"))
    with _alone(city), transaction.atomic():
        before = decided(city, doubt.fingerprint)
        new = [
            Decision(doubt.datasets, doubt.fingerprint, person, verdict, by.name, on)
            for person, verdict in chosen.items()
        ]
        if len(before) != seen:
            if {(one.person_id, one.decision) for one in before[seen:]} == set(chosen.items()):
                return before[seen:]
            raise UserError(_("别人刚刚定过这一条"), _("刷新页面，看清楚再定"))
        _record(doubt, new, by)
        write_decisions(city, new, on=on)
        return new


def decided(city: Path, fingerprint: str) -> list[Decision]:
    """All decisions on one record so far."""
    return [one for one in read_decisions(city) if one.fingerprint == fingerprint]


@contextmanager
def _alone(city: Path) -> Iterator[None]:
    """One at a time: the files of a day are numbered."""
    folder = city / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _record(doubt: Doubt, new: list[Decision], by: Actor) -> None:
    homes = {one.person_id: one for one in doubt.candidates}
    for one in new:
        home = homes[one.person_id]
        record(
            Verb.DECIDED,
            by=by,
            subject=("match", doubt.fingerprint[:64]),
            household_id=home.household_id,
            area_code=home.area_code,
            after={"decision": one.decision.value, "person": one.person_id, "as_of": doubt.as_of},
        )
