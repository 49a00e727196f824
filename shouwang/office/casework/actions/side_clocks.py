"""Clocks beside the state of a case: a decision starts them, what is done or overtaken ends them."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shouwang.office.casework.clocks import Days, due_on
from shouwang.office.casework.models import Case, Escalation, SideClock, State
from shouwang.office.casework.queries.schedules import days_in
from shouwang.office.casework.transitions import SIDE, Transition
from shouwang.policy.help_figures import figure
from shouwang.terms.months import months_after
from shouwang.terms.working_days import working_day_from

LOOKED_BACK = "looked-back"
Taken = tuple[Case, Transition]


def follow(taken: Sequence[Taken], *, on: date) -> None:
    """After a step of cases: end the clock it meets, and start those that follow from it."""
    _end_met(taken, on=on)
    if starting := [one for one in taken if one[1].starts]:
        _end_overtaken(starting, on=on)
        _start(starting, on=on)


def _end_met(taken: Sequence[Taken], *, on: date) -> None:
    met = [case.pk for case, row in taken if row.meets in SIDE]
    if met:
        end(SideClock.objects.filter(case__in=met, step=taken[0][1].meets), on=on)
    over = [case.pk for case, _row in taken if case.state == State.CLOSED and case.included_on]
    if over:
        end(SideClock.objects.filter(case__in=over), on=on)


def _end_overtaken(starting: Sequence[Taken], *, on: date) -> None:
    """What an earlier procedure left open is told by the later decision."""
    cases = [case.pk for case, _row in starting]
    end(SideClock.objects.filter(case__in=cases).exclude(procedure=starting[0][1].procedure), on=on)


def _start(starting: Sequence[Taken], *, on: date) -> None:
    days = days_in(case.area_code for case, _row in starting)
    SideClock.objects.bulk_create(
        SideClock(
            case=case,
            area_code=case.area_code,
            procedure=row.procedure,
            step=step,
            holder_role=SIDE[step].holder,
            started_on=on,
            due_on=due,
        )
        for case, row in starting
        for step in row.starts
        if (due := _due(case, step, on=on, days=days(case.area_code, case.clock_from)))
    )


def _due(case: Case, step: str, *, on: date, days: Days) -> date | None:
    """The day of a step that follows `on`; None where tracking is over."""
    if step != LOOKED_BACK:
        return due_on(step, start=on, days=days)
    due = months_after(on, figure("look_back_every", on))
    last = months_after(case.removed_on or on, figure("looked_back_for", on))
    return working_day_from(due) if due <= last else None


def end(clocks: "QuerySet[SideClock]", *, on: date) -> int:
    """End those of the clocks that run, and what of them went up. Returns how many."""
    running = list(clocks.filter(ended_on=None).values_list("pk", "case", "step"))
    if not running:
        return 0
    steps = {step for _pk, _case, step in running}
    raised = Escalation.objects.filter(case__in={case for _pk, case, _step in running}, ended_on=None)
    raised.filter(state__in=steps).update(ended_on=on)
    return SideClock.objects.filter(pk__in=[pk for pk, _case, _step in running]).update(ended_on=on)


def deadlines(cases: Iterable[Case], step: str) -> dict[int, date | None]:
    """By case the day of a clock that runs; None where it does not."""
    known = {case.pk: None for case in cases}
    rows = SideClock.objects.filter(case__in=known, step=step, ended_on=None)
    return {**known, **dict(rows.values_list("case", "due_on"))}


def end_without_household(*, on: date) -> int:
    """Nobody looks back at a household that is no more, or that has a new case; run daily. Returns how many ended."""
    later = Case.objects.filter(household=OuterRef("case__household"), closed_on=None)
    closed = SideClock.objects.filter(ended_on=None, case__closed_on__isnull=False)
    gone = Q(case__household__closed_on__isnull=False) | Q(Exists(later), step=LOOKED_BACK)
    return end(closed.filter(gone), on=on)
