"""What is late goes one level up, and after some days to the county: once per case, step and level."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from shouwang.office.casework.clocks import Days
from shouwang.office.casework.models import Case, Escalation
from shouwang.office.casework.queries.schedules import COUNTY, days_for
from shouwang.office.casework.transitions import ABOVE

CHUNK = 2_000


@transaction.atomic
def escalate(*, on: date) -> int:
    """Pass what is late on a day upwards. Running it again changes nothing. Returns how many new rows there are."""
    before = Escalation.objects.count()
    counties: dict[str, Days] = {}
    late = Case.objects.filter(next_due_on__lt=on, paused_since=None, holder_role__in=ABOVE).order_by("next_due_on")
    rows: list[Escalation] = []
    for case in late.iterator(CHUNK):
        county = case.area_code[:COUNTY]
        if county not in counties:
            counties[county] = days_for(county, on=on)
        rows += [_row(case, role, on=on) for role in _up(case, counties[county], on=on)]
    Escalation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
    return Escalation.objects.count() - before


def _up(case: Case, days: Days, *, on: date) -> Iterable[str]:
    first = ABOVE[case.holder_role]
    yield first
    if first in ABOVE and case.next_due_on and on >= case.next_due_on + timedelta(days=days.to_county):
        yield ABOVE[first]


def _row(case: Case, role: str, *, on: date) -> Escalation:
    return Escalation(
        case=case,
        area_code=case.area_code,
        procedure=case.procedure,
        state=case.state,
        to_role=role,
        due_on=case.next_due_on,
        on=on,
    )
