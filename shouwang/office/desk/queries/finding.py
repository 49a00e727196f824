"""Households by what somebody knows of them, and lists of an area by level."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from shouwang.office.access.scope import Scope
from shouwang.office.registry.models import Household

STATES = ("suspected", "confirmed", "unverified", "all")


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. None of it is personal, so it may stand in an address."""

    area_code: str = ""
    level: int | None = None
    state: str = "suspected"


def filters_of(query: QueryDict) -> Filters:
    """Read from an address; what cannot be read is left out. Of several areas one inside the other the last counts."""
    level = query.get("level", "")
    state = query.get("state", "")
    return Filters(
        area_code=_innermost(query.getlist("area")),
        level=int(level) if level in ("1", "2", "3", "4", "5") else None,
        state=state if state in STATES else "suspected",
    )


def _innermost(areas: Iterable[str]) -> str:
    found = ""
    for area in areas:
        if not area or not area.startswith(found):
            break
        found = area
    return found


def households(scope: Scope, filters: Filters) -> "QuerySet[Household]":
    """Open households of the area that meet the filters; ordered by the pager, served by one index each."""
    inside = scope.narrowed(filters.area_code)
    if inside is None:
        return Household.objects.none()
    found = inside.filter(Household.objects.filter(closed_on=None))
    if filters.state == "unverified":
        return found.filter(suspected_status="unverified")
    if filters.state == "confirmed":
        return (
            found.filter(confirmed_level=filters.level)
            if filters.level
            else found.filter(confirmed_level__isnull=False)
        )
    if filters.state == "suspected":
        wanted = Q(suspected_level=filters.level) if filters.level else Q(suspected_level__lte=4)
        return found.filter(wanted)
    return found.filter(suspected_level=filters.level) if filters.level else found


KEYS = {
    "suspected": ("suspected_level", "area_code", "id"),
    "confirmed": ("confirmed_level", "area_code", "id"),
    "unverified": ("area_code", "id"),
    "all": ("area_code", "id"),
}
"""The order of each list, and what its pages are marked by."""
