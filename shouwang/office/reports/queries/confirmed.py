"""What the county decided: the only figures that are reported upwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce, Substr

from shouwang.office.access.scope import Scope
from shouwang.office.registry.models import Household
from shouwang.office.registry.models.households import LEVELS
from shouwang.office.reports.queries.cells import Cell, summed

REGISTERED = ("exited", "registered")


@dataclass(frozen=True)
class Confirmed:
    """Confirmed households of an area: by level, and by register, national type and level."""

    levels: Mapping[int, Cell]
    cross: Mapping[tuple[bool, str, int], Cell]
    """(on the register of the poor, national type or empty, level)."""
    places: Mapping[str, Cell]
    """Warned ones, Ⅰ–Ⅳ, by area one step down."""

    @property
    def warned(self) -> Cell:
        """Ⅰ–Ⅳ; Ⅴ is not warned."""
        return summed(cell for level, cell in self.levels.items() if level < LEVELS[-1])


def confirmed(scope: Scope, *, digits: int) -> Confirmed:
    """Confirmed households of the scope; `digits` is the length of the codes one step down. One query.

    Unknown: the register of a household may be empty; it counts as not registered.
    """
    rows = (
        scope.filter(Household.objects.filter(confirmed_level__isnull=False, closed_on=None))
        .order_by()
        .annotate(place=Substr("area_code", 1, digits))
        .values("place", "register", "national_type", "confirmed_level")
        .annotate(households=Count("id"), people=Coalesce(Sum("member_count"), 0))
    )
    levels: dict[int, Cell] = {}
    cross: dict[tuple[bool, str, int], Cell] = {}
    places: dict[str, Cell] = {}
    for row in rows:
        cell, level = Cell(row["households"], row["people"]), row["confirmed_level"]
        levels[level] = levels.get(level, Cell()) + cell
        key = (row["register"] in REGISTERED, row["national_type"], level)
        cross[key] = cross.get(key, Cell()) + cell
        if level < LEVELS[-1]:
            places[row["place"]] = places.get(row["place"], Cell()) + cell
    return Confirmed(levels, cross, places)
