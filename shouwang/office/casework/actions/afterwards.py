"""What follows a decision: its result hangs in the village, it is entered, removed households are looked back at."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.follow_ups import Seen, note
from shouwang.office.casework.actions.moving import NO_FORM, Move, Sending, begin, finish, finish_all
from shouwang.office.casework.models import Announcement, Case, SideClock
from shouwang.office.casework.sheet import decided_on, result_sheet_of
from shouwang.office.web.days import happened
from shouwang.terms.errors import UserError


@transaction.atomic
def announce(
    case_id: int, *, posted_on: date, place: str, by: Actor, on: date, sending: Sending = NO_FORM
) -> Announcement:
    """The township's word in the village on what the county decided of one household."""
    return announce_all([begin(case_id, "announce", by=by, on=on, sending=sending)], posted_on=posted_on, place=place)


def announce_all(moves: Sequence[Move], *, posted_on: date, place: str) -> Announcement:
    """One sheet for many households of one village, kept word for word; the caller has begun the step with all."""
    by = moves[0].by
    if not place.strip():
        raise UserError(_("没有写贴在哪里"), _("例如：村务公开栏"))
    for move in moves:
        _since_decision(move, posted_on)
    prefetch_related_objects([move.case for move in moves], "household")
    results = [(move.case, move.row.procedure) for move in moves]
    sheet = result_sheet_of(results, village=moves[0].case.area_code, on=posted_on)
    announcement = Announcement.objects.create(
        area_code=moves[0].case.area_code,
        posted_on=posted_on,
        place=place.strip(),
        sheet=sheet.as_dict(),
        posted_by=by.user_id,
        posted_by_name=by.name,
    )
    _running(moves).update(done_on=posted_on, announcement=announcement)
    finish_all(moves, told=lambda _move: {"announcement": announcement.pk, "on": posted_on.isoformat()})
    return announcement


@transaction.atomic
def enter(case_id: int, *, entered_on: date, number: str = "", by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Somebody entered the decision in the national system: on which day, and under which number if there is one."""
    move = begin(case_id, "enter", by=by, on=on, sending=sending)
    _since_decision(move, entered_on)
    _running([move]).update(done_on=entered_on, national_number=number.strip())
    return finish(move, told={"on": entered_on.isoformat()})


@transaction.atomic
def look_back(case_id: int, seen: Seen, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Somebody went to a removed household again; the next look back falls due, until tracking is over."""
    move = begin(case_id, "look-back", by=by, on=on, sending=sending)
    _since_decision(move, seen.day)
    note(case_id, seen, by=by, on=on)
    _running([move]).update(done_on=seen.day)
    return finish(move, reason=seen.found.strip()[:400])


def _running(moves: Sequence[Move]) -> "QuerySet[SideClock]":
    """The clocks that this step meets."""
    cases = [move.case.pk for move in moves]
    return SideClock.objects.filter(case__in=cases, step=moves[0].row.meets, ended_on=None)


def _since_decision(move: Move, day: date) -> None:
    """Errors: `UserError` for a day to come, or before the decision."""
    happened(day, on=move.on, since=decided_on(move.case, move.row.procedure) or day, began=_("审定"))
