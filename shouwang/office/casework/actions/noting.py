"""A line in the history of a case for what changes no state by itself."""

from datetime import date

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.models import Case, Step

LONGEST = 400
FIRST = ("open", "go-on")
"""With which a case begins."""


def step_of(case: Case, action: str, *, by: Actor, on: date, reason: str = "") -> Step:
    """The line, not written yet."""
    return Step(
        case=case,
        procedure=case.procedure,
        action=action,
        from_state="" if action in FIRST else case.state,
        to_state=case.state,
        on=on,
        reason=reason[:LONGEST],
        by_id=by.user_id,
        by_name=by.name,
        by_role=by.role,
    )
