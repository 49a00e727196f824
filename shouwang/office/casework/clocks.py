"""When each step is due: pure arithmetic on days, without the database."""

from dataclasses import dataclass
from datetime import date, timedelta

from shouwang.terms.working_days import working_day_from

STEPS = ("assigned", "visited", "compared", "reviewed", "noticed", "audited", "decided")
"""The steps of a procedure in order, each counted in days from its first day."""
AFTER_DECISION = ("measures", "told", "announced", "entered")
"""Counted from the decision."""


@dataclass(frozen=True)
class Days:
    """The deadlines of one county, in calendar days. Source: domain.md §3.2, the whole ≤ 15 days from the clue.

    `rechecked`: a more severe warning of an included household is answered in the days a clue has; our reading.
    """

    assigned: int = 1
    visited: int = 3
    compared: int = 6
    reviewed: int = 7
    noticed: int = 7
    notice_days: int = 5
    audited: int = 13
    decided: int = 15
    measures: int = 10
    told: int = 3
    rechecked: int = 15
    announced: int = 1
    entered: int = 3
    completion: int = 2
    warn: int = 2
    to_county: int = 3


DEFAULT = Days()


def due_on(step: str, *, start: date, days: Days = DEFAULT, paused_days: int = 0) -> date:
    """The day a step should be done: `start` is the first day of the procedure, or the decision for what follows it.

    An official's deadline on a day off moves to the next working day.
    """
    return working_day_from(start + timedelta(days=getattr(days, step) + paused_days))


def last_day_of_notice(posted_on: date, *, days: Days = DEFAULT) -> date:
    """The last of the full days a notice hangs; the day it is posted is not a full one, days off count."""
    return posted_on + timedelta(days=days.notice_days)


def due_after_return(step: str, *, start: date, on: date, days: Days = DEFAULT, paused_days: int = 0) -> date:
    """A case sent back keeps its clock, but has `completion` days for what is missing, within the total."""
    scheduled = due_on(step, start=start, days=days, paused_days=paused_days)
    total = due_on("decided", start=start, days=days, paused_days=paused_days)
    return max(scheduled, min(working_day_from(on + timedelta(days=days.completion)), total))


def due_after_notice(last_day: date, *, scheduled: date, paused_days: int = 0) -> date:
    """An audit is not due before the notice has run its days, and the days the clock stood are the township's too."""
    return max(scheduled, working_day_from(last_day + timedelta(days=1 + paused_days)))
