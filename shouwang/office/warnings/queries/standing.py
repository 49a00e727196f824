"""What the database knows before a run is published: the change of every household is against this."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from shouwang.office.access.scope import Scope
from shouwang.office.warnings.models import Publication, Suppression, ToVerify, Warning
from shouwang.office.warnings.queries.publications import newest
from shouwang.office.warnings.queries.suppressions import in_force


@dataclass(frozen=True)
class Before:
    """The last publication's levels, and what became of every clue so far."""

    publication: Publication | None = None
    levels: dict[str, int] = field(default_factory=dict)
    areas: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    """Of the formerly warned: area and members, for households that left the register."""
    unverified: frozenset[str] = frozenset()
    clues: dict[str, str] = field(default_factory=dict)
    """Household to the state of its newest warning that is more than a note."""
    answered: dict[tuple[str, str], date] = field(default_factory=dict)
    """Household and fingerprint to the day it was answered."""
    suppressions: dict[str, list[Suppression]] = field(default_factory=dict)


def before(whole: Scope, *, on: date) -> Before:
    """Everything about the whole population: it takes `WHOLE_COUNTRY`, which says so."""
    last = newest()
    rows = (
        whole.filter(Warning.objects.filter(publication=last, level__isnull=False)) if last else Warning.objects.none()
    )
    told = list(rows.values_list("household_id", "level", "area_code", "members"))
    clues = Warning.objects.exclude(state=Warning.State.NOTE).order_by("publication_id")
    answered = Warning.objects.filter(state=Warning.State.ANSWERED).exclude(fingerprint="")
    return Before(
        publication=last,
        levels={household: level for household, level, _, _ in told},
        areas={household: (area, members) for household, _, area, members in told},
        unverified=frozenset(ToVerify.objects.values_list("household_id", flat=True)),
        clues=dict(clues.values_list("household_id", "state")),
        answered={
            (household, mark): day
            for household, mark, day in answered.order_by("answered_on").values_list(
                "household_id", "fingerprint", "answered_on"
            )
        },
        suppressions=_in_force(on),
    )


def _in_force(on: date) -> dict[str, list[Suppression]]:
    found: dict[str, list[Suppression]] = defaultdict(list)
    for row in Suppression.objects.filter(in_force(on)):
        found[row.household_id].append(row)
    return dict(found)
