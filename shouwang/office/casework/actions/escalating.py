"""What is late goes one level up, and after some days to the county: once per case, step and level."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction

from shouwang.office.access.scope import WHOLE_COUNTRY
from shouwang.office.casework.clocks import Days
from shouwang.office.casework.models import Case, Escalation, SideClock
from shouwang.office.casework.queries import rescues
from shouwang.office.casework.queries.schedules import COUNTY, days_for
from shouwang.office.casework.transitions import ABOVE

CHUNK = 2_000
DaysOf = Callable[[str], Days]


@transaction.atomic
def escalate(*, on: date) -> int:
    """Pass what is late on a day upwards. Running it again changes nothing. Returns how many new rows there are."""
    before = Escalation.objects.count()
    days = _days_on(on)
    rows = [*_steps(days, on=on), *_beside(days, on=on), *_rescues(days, on=on)]
    Escalation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
    return Escalation.objects.count() - before


def _steps(days: DaysOf, *, on: date) -> Iterable[Escalation]:
    """Whatever the state of a case waits for, help in progress included."""
    late = Case.objects.filter(next_due_on__lt=on, paused_since=None, holder_role__in=ABOVE).order_by("next_due_on")
    for case in late.iterator(CHUNK):
        assert case.next_due_on is not None
        for role in _up(case.holder_role, case.next_due_on, days(case.area_code), on=on):
            yield _row(case, case.state, role, due_on=case.next_due_on, on=on)


def _beside(days: DaysOf, *, on: date) -> Iterable[Escalation]:
    """What runs beside the states of cases."""
    late = SideClock.objects.filter(ended_on=None, holder_role__in=ABOVE, due_on__lt=on).order_by("due_on")
    for row in late.select_related("case").iterator(CHUNK):
        for role in _up(row.holder_role, row.due_on, days(row.area_code), on=on):
            yield _row(row.case, row.step, role, due_on=row.due_on, on=on)


def _rescues(days: DaysOf, *, on: date) -> Iterable[Escalation]:
    """The paper of a rescue, above whoever has the procedure in hand."""
    late = list(rescues.unsettled(WHOLE_COUNTRY).filter(due_on__lt=on, holder__in=ABOVE))
    cases = rescues.cases_of(late)
    for row in late:
        for role in _up(row.holder, row.due_on, days(row.area_code), on=on):
            yield _row(cases[row.household_id], Escalation.RESCUE, role, due_on=row.due_on, on=on)


def _days_on(on: date) -> DaysOf:
    counties: dict[str, Days] = {}

    def days(area_code: str) -> Days:
        county = area_code[:COUNTY]
        if county not in counties:
            counties[county] = days_for(county, on=on)
        return counties[county]

    return days


def _up(holder: str, due_on: date, days: Days, *, on: date) -> Iterable[str]:
    first = ABOVE[holder]
    yield first
    if first in ABOVE and on >= due_on + timedelta(days=days.to_county):
        yield ABOVE[first]


def _row(case: Case, what: str, role: str, *, due_on: date, on: date) -> Escalation:
    return Escalation(
        case=case,
        area_code=case.area_code,
        procedure=case.procedure,
        state=what,
        to_role=role,
        due_on=due_on,
        on=on,
    )
