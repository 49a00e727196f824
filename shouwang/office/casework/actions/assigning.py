"""Sending two people: one from the village, one from the township."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Move, Sending, begin, finish_all
from shouwang.office.casework.conditions import Given
from shouwang.office.casework.models import Assignee, Case

Side = Assignee.Side


@transaction.atomic
def assign(case_id: int, *, village: str, township: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Name the two who go; those named before are ended."""
    move = begin(case_id, "assign", by=by, on=on, sending=sending, given=Given(people=(village, township)))
    return assign_all([move], village=village, township=township)[0]


def assign_all(moves: Sequence[Move], *, village: str, township: str) -> list[Case]:
    """The same two for many cases; the caller has begun the step with all of them."""
    on = moves[0].on
    Assignee.objects.filter(case__in=[move.case for move in moves], until=None).update(until=on)
    Assignee.objects.bulk_create(
        Assignee(case=move.case, side=side, name=name.strip(), since=on)
        for move in moves
        for side, name in ((Side.VILLAGE, village), (Side.TOWNSHIP, township))
    )
    return finish_all(moves)
