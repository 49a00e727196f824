"""Posting the notice in the village, on the day it is posted."""

from datetime import date

from django.db import transaction

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish
from shouwang.office.casework.clocks import last_day_of_notice
from shouwang.office.casework.models import Notice
from shouwang.office.casework.queries.schedules import days_for
from shouwang.office.casework.sheet import sheet_of


@transaction.atomic
def post(case_id: int, *, place: str, objections_to: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Notice:
    """Post the notice today: it hangs its full days from tomorrow on, and what it says is kept word for word."""
    move = begin(case_id, "notice", by=by, on=on, sending=sending)
    case = move.case
    days = days_for(case.area_code, on=case.clock_from)
    notice = Notice.objects.create(
        case=case,
        procedure=case.procedure,
        posted_on=on,
        last_day=last_day_of_notice(on, days=days),
        place=place.strip(),
        sheet=sheet_of(case, on=on, days=days, objections_to=objections_to).as_dict(),
        posted_by=by.user_id,
        posted_by_name=by.name,
    )
    finish(move, told={"notice": notice.pk})
    return notice
