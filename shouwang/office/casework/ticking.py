"""Setting what is due next on a case, and who holds it, after it moved."""

from datetime import date

from shouwang.office.casework.clocks import (
    AFTER_DECISION,
    Days,
    due_after_notice,
    due_after_return,
    due_on,
    last_day_of_notice,
)
from shouwang.office.casework.models import Case, State
from shouwang.office.casework.transitions import CLOCKS, RECHECK
from shouwang.office.warnings.models import Warning

NOTICED = (State.NOTICED, State.REMOVAL_NOTICED)
CLOCK_COLUMNS = ("next_due_on", "holder_role", "total_due_on")
"""What `set_clock` writes."""
RECHECK_COLUMNS = ("recheck_warning", "recheck_level", "recheck_due_on")
"""What `start_recheck` and `end_recheck` write."""


def set_clock(case: Case, *, on: date, days: Days) -> None:
    """Write `next_due_on`, `holder_role` and `total_due_on`; both empty where nothing waits. Saves nothing.

    `on` is the day the state was reached: what follows a decision counts from it. The clock of help in progress is
    written by `actions/help_clocks.py`: it is that of the plan.
    """
    clock = CLOCKS.get(State(case.state))
    if clock is None or case.state == State.IN_HELP:
        case.next_due_on, case.holder_role, case.total_due_on = None, "", None
        return
    case.holder_role = clock.holder
    if clock.step in AFTER_DECISION:
        case.next_due_on, case.total_due_on = due_on(clock.step, start=on, days=days), None
        return
    case.total_due_on = due_on("decided", start=case.clock_from, days=days, paused_days=case.paused_days)
    case.next_due_on = _due(case, clock.step, on=on, days=days)


def _due(case: Case, step: str, *, on: date, days: Days) -> date:
    scheduled = due_on(step, start=case.clock_from, days=days, paused_days=case.paused_days)
    if case.state in NOTICED:
        last_day = last_day_of_notice(on, days=days)
        return due_after_notice(last_day, scheduled=scheduled, paused_days=case.paused_days)
    if case.returned_on:
        return due_after_return(
            step, start=case.clock_from, on=case.returned_on, days=days, paused_days=case.paused_days
        )
    return scheduled


def start_recheck(case: Case, warning: Warning, *, on: date, days: Days) -> None:
    """The county is asked whether the level rises. An even worse warning joins the clock that runs. Saves nothing."""
    case.recheck_warning, case.recheck_level = warning, warning.level
    case.recheck_due_on = case.recheck_due_on or due_on(RECHECK.step, start=on, days=days)


def end_recheck(case: Case) -> None:
    """The county has said its word, or the case is over. Saves nothing."""
    case.recheck_warning, case.recheck_level, case.recheck_due_on = None, None, None


def shift(case: Case, *, paused: int, posted_on: date, days: Days) -> None:
    """An objection to the notice of `posted_on` was settled after `paused` days: the clock is set anew, with as many
    days more. Saves nothing.

    Never by adding to a deadline: it may have been moved to a working day already.
    """
    case.paused_days += paused
    set_clock(case, on=posted_on, days=days)
