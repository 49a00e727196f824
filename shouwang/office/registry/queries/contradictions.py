"""Facts on which two sources disagree: of a household, and the inbox of an area."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.registry.evidence import SPECS
from shouwang.office.registry.models import Contradiction, Household
from shouwang.office.registry.queries.facts import source_words, text_shown
from shouwang.office.registry.values import fact_name


@dataclass(frozen=True)
class SideShown:
    """What one side says. Unknown: `value` is None."""

    key: str
    value: str | None
    source: str
    as_of: date | None


@dataclass(frozen=True)
class ContradictionShown:
    """One open contradiction; the first side is the one that counts now."""

    number: int
    household: Household
    fact: str
    name: str
    first: SideShown
    second: SideShown
    found_at: object


def of_household(household: Household) -> list[ContradictionShown]:
    """The open ones, in the order they were found."""
    rows = Contradiction.objects.filter(household=household, kept="").order_by("id")
    return [contradiction_shown(row, household) for row in rows]


def inbox(scope: Scope) -> "QuerySet[Contradiction]":
    """Open ones of an area with their households; page them by rank, area and number: what rules read comes first."""
    return scope.filter(Contradiction.objects.filter(kept="").select_related("household"))


def one(scope: Scope, number: int) -> Contradiction | None:
    """None where it is not there or lies outside: the same answer."""
    rows = Contradiction.objects.filter(pk=number).select_related("household")
    return scope.filter(rows).first()


def contradiction_shown(row: Contradiction, household: Household) -> ContradictionShown:
    spec = SPECS[row.fact]
    return ContradictionShown(
        number=row.pk,
        household=household,
        fact=row.fact,
        name=fact_name(spec),
        first=SideShown("first", text_shown(spec, row.first_value), source_words(row.first_source), row.first_as_of),
        second=SideShown(
            "second", text_shown(spec, row.second_value), source_words(row.second_source), row.second_as_of
        ),
        found_at=row.found_at,
    )
