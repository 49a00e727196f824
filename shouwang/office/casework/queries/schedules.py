"""The deadlines in force in a county."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date

from django.db.models import QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.casework.clocks import DEFAULT, Days
from shouwang.office.casework.models import Schedule
from shouwang.office.web.places import children, short_place

COUNTY = 6
"""Digits of a county's code."""


def days_for(area_code: str, *, on: date) -> Days:
    """The deadlines for a procedure that begins on a day; the default where the county set none."""
    return days_in([area_code])(area_code, on)


def days_in(areas: Iterable[str]) -> Callable[[str, date], Days]:
    """The same for many procedures in these areas, asked of the database once: area and first day → deadlines."""
    counties = {area[:COUNTY] for area in areas}
    rows = list(Schedule.objects.filter(area_code__in=counties).order_by("-since"))

    def days(area_code: str, on: date) -> Days:
        county = area_code[:COUNTY]
        return next((days_of(row) for row in rows if row.area_code == county and row.since <= on), DEFAULT)

    return days


def days_of(row: Schedule) -> Days:
    return Days(**{field.name: getattr(row, field.name) for field in fields(Days)})


def listed(scope: Scope) -> "QuerySet[Schedule]":
    """What was ever set in the counties of the scope, the newest first."""
    return Schedule.objects.filter(scope.q_of_any_level()).order_by("area_code", "-since")


def counties(scope: Scope) -> list[tuple[str, str]]:
    """Code and name of the counties a person may set deadlines for."""
    if len(scope.prefix) >= COUNTY:
        code = scope.prefix[:COUNTY]
        return [(code, short_place(code))]
    return children(scope.prefix)
