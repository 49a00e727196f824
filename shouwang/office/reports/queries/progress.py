"""How cases move: by step, whose clock ran out, what the month brought, removal, help."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, Substr

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Case, Decision, Measure
from shouwang.office.casework.queries.help_faults import HELPED
from shouwang.office.reports.queries.cells import Cell
from shouwang.rules.display import number_shown

PEOPLE = Coalesce(Sum("household__member_count"), 0)


@dataclass(frozen=True)
class Late:
    """Cases past their clock, by who holds them and by area one step down."""

    holders: Mapping[str, Cell]
    places: Mapping[str, Cell]


@dataclass(frozen=True)
class Share:
    """A part of a whole, each in households and people. Unknown: no share of nothing, and none of what is hidden."""

    part: Cell
    whole: Cell

    @property
    def is_hidden(self) -> bool:
        return self.part.is_hidden or self.whole.is_hidden

    @property
    def of_people(self) -> Fraction | None:
        return Fraction(self.part.people, self.whole.people) if self.whole.people and not self.is_hidden else None

    @property
    def of_households(self) -> Fraction | None:
        if not self.whole.households or self.is_hidden:
            return None
        return Fraction(self.part.households, self.whole.households)

    @property
    def people_percent(self) -> str | None:
        return None if self.of_people is None else number_shown(self.of_people, "份额")

    @property
    def households_percent(self) -> str | None:
        return None if self.of_households is None else number_shown(self.of_households, "份额")


def by_state(scope: Scope) -> dict[str, Cell]:
    """Open cases by state."""
    return _cells(scope.filter(Case.objects.filter(closed_on=None)), "state")


def late(scope: Scope, *, on: date, digits: int) -> Late:
    """Cases whose deadline is over; one that is paused by an objection is not late."""
    rows = (
        scope.filter(Case.objects.filter(next_due_on__lt=on, paused_since=None))
        .order_by()
        .annotate(place=Substr("area_code", 1, digits))
        .values("holder_role", "place")
        .annotate(households=Count("id"), people=PEOPLE)
    )
    holders: dict[str, Cell] = {}
    places: dict[str, Cell] = {}
    for row in rows:
        cell = Cell(row["households"], row["people"])
        holders[row["holder_role"]] = holders.get(row["holder_role"], Cell()) + cell
        places[row["place"]] = places.get(row["place"], Cell()) + cell
    return Late(holders, places)


def of_month(scope: Scope, *, on: date) -> dict[str, Cell]:
    """Included, removed and refused from the first of the month until the day."""
    first = on.replace(day=1)
    rows = scope.filter(Decision.objects.filter(on__gte=first, on__lte=on), "case__area_code")
    people = Coalesce(Sum("case__household__member_count"), 0)
    counted = rows.order_by().values("kind").annotate(households=Count("id"), people=people)
    found = {row["kind"]: Cell(row["households"], row["people"]) for row in counted}
    kinds = (Decision.Kind.INCLUDE, Decision.Kind.REMOVE, Decision.Kind.REFUSE)
    return {kind.value: found.get(kind.value, Cell()) for kind in kinds}


def removal(scope: Scope) -> Share:
    """Removed of all that were ever included. Source: 保山市 2021 年通报：消除人数 ÷ 累计识别人数。"""
    found = scope.filter(Case.objects.filter(included_on__isnull=False)).aggregate(
        households=Count("id"),
        people=PEOPLE,
        removed=Count("id", filter=Q(removed_on__isnull=False)),
        removed_people=Coalesce(Sum("household__member_count", filter=Q(removed_on__isnull=False)), 0),
    )
    return Share(Cell(found["removed"], found["removed_people"]), Cell(found["households"], found["people"]))


def helped(scope: Scope) -> Share:
    """Households in help that have a measure, of all included and not yet removed."""
    measures = Measure.objects.filter(case=OuterRef("pk")).exclude(status=Measure.Status.STOPPED)
    rows = scope.filter(Case.objects.filter(state__in=HELPED)).annotate(has_measure=Exists(measures))
    counted = rows.order_by().values("has_measure").annotate(households=Count("id"), people=PEOPLE)
    cells = {row["has_measure"]: Cell(row["households"], row["people"]) for row in counted}
    return Share(cells.get(True, Cell()), cells.get(True, Cell()) + cells.get(False, Cell()))


def _cells(rows: object, column: str) -> dict[str, Cell]:
    counted = rows.order_by().values(column).annotate(households=Count("id"), people=PEOPLE)  # type: ignore[attr-defined]
    return {row[column]: Cell(row["households"], row["people"]) for row in counted}
