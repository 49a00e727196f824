"""Beginning the removal procedure: the same steps as the inclusion, with a clock of its own."""

from datetime import date

from django.db import transaction

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish
from shouwang.office.casework.conditions import Given
from shouwang.office.casework.models import Case, Procedure
from shouwang.office.casework.queries.criteria import missing_for_removal


@transaction.atomic
def propose(case_id: int, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Propose that the risk is gone: all criteria are met, and somebody in the household can work."""
    given = Given(missing_criteria=missing_for_removal(case_id, on=on))
    move = begin(case_id, "propose-removal", by=by, on=on, sending=sending, given=given)
    case = move.case
    case.procedure, case.clock_from = Procedure.REMOVAL, on
    case.paused_days, case.returned_on = 0, None
    return finish(move)
