"""Sending two people: one from the village, one from the township."""

from datetime import date

from django.db import transaction

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish
from shouwang.office.casework.conditions import Given
from shouwang.office.casework.models import Assignee, Case

Side = Assignee.Side


@transaction.atomic
def assign(case_id: int, *, village: str, township: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Name the two who go; those named before are ended."""
    move = begin(case_id, "assign", by=by, on=on, sending=sending, given=Given(people=(village, township)))
    Assignee.objects.filter(case=move.case, until=None).update(until=on)
    for side, name in ((Side.VILLAGE, village), (Side.TOWNSHIP, township)):
        Assignee.objects.create(case=move.case, side=side, name=name.strip(), since=on)
    return finish(move)
