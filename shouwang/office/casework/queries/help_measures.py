"""Lists of measures of an area."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.casework.measure_steps import WAITING
from shouwang.office.casework.models import Measure

LATE = "late"
"""Beside the statuses: planned or held, and past its start."""


@dataclass(frozen=True)
class MeasureFilters:
    """What a list is narrowed to; empty: everything of the area."""

    status: str = ""
    code: str = ""
    area: str = ""


def listed(scope: Scope, filters: MeasureFilters, *, on: date) -> "QuerySet[Measure]":
    """Measures of the area with their household. An area outside the scope has none."""
    narrowed = scope.narrowed(filters.area)
    if narrowed is None:
        return Measure.objects.none()
    rows = narrowed.filter(Measure.objects.select_related("case__household", "plan__cadre"))
    if filters.status == LATE:
        rows = rows.filter(status__in=WAITING, starts_on__lt=on)
    elif filters.status in Measure.Status.values:
        rows = rows.filter(status=filters.status)
    return rows.filter(code=filters.code) if filters.code else rows


def one(scope: Scope, measure_id: int) -> Measure | None:
    """None where it is not there, or not in the scope."""
    rows = Measure.objects.select_related("case__household", "plan__cadre", "person")
    return scope.filter(rows).filter(pk=measure_id).first()
