"""Reads of published warnings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from shouwang.office.access.scope import Scope
from shouwang.office.warnings.models import Publication, Warning
from shouwang.office.warnings.queries import to_verify
from shouwang.office.warnings.queries.living import living_in
from shouwang.office.warnings.queries.publications import newest

HEAVY = (
    "reasons",
    "values",
    "changes",
    "could_be_worse",
    "contradictions",
    "household__phone",
    "household__bank_account",
)
KEYS = ("urgency", "area_code", "id")
"""The order of the list: the most urgent first, then by place."""


def of_household(household_id: str) -> "QuerySet[Warning]":
    """All warnings of a household, newest first. The caller has looked whether the household is in the scope."""
    rows = Warning.objects.filter(household_id=household_id).select_related("publication", "publication__policy")
    return rows.defer("publication__policy__frozen").order_by("-publication_id")


def told_of_household(household_id: str) -> "QuerySet[Warning]":
    """The same, with no more than its level, its change and the days of the publication."""
    shown = ("level", "change", "publication__as_of", "publication__published_on")
    rows = Warning.objects.filter(household_id=household_id).select_related("publication")
    return rows.only(*shown).order_by("-publication_id")


def beginning_with(warning_id: int) -> "QuerySet[Warning]":
    """A warning and the later ones of the same household, newest first."""
    home = Warning.objects.filter(pk=warning_id).values("household")[:1]
    rows = Warning.objects.filter(household=home, pk__gte=warning_id)
    rows = rows.select_related("publication", "publication__policy")
    return rows.defer("publication__policy__frozen").order_by("-publication_id")


def newest_of_household(household_id: str) -> Warning | None:
    return of_household(household_id).first()


def newest_in(scope: Scope, household_id: str) -> Warning | None:
    """The newest warning of a household; None where it is not there, or not inside the scope."""
    return (
        scope.filter(of_household(household_id), "household__area_code")
        .select_related("household", "publication__policy")
        .first()
    )


def listed(
    scope: Scope,
    *,
    publication: Publication | None = None,
    level: int | None = None,
    change: str = "",
    state: str = "",
) -> "QuerySet[Warning]":
    """Warnings of a publication, the newest where none is given, with every filter that is given; order by `KEYS`."""
    shown = publication or newest()
    if shown is None:
        return Warning.objects.none()
    rows = living_in(scope, Warning.objects.filter(publication=shown)).select_related("household").defer(*HEAVY)
    given = {"urgency": level, "change": change, "state": state}
    return rows.filter(**{name: value for name, value in given.items() if value}).order_by(*KEYS)


def counted(scope: Scope, publication: Publication | None) -> list[dict[str, Any]]:
    """Households and people of a publication by level, Ⅰ–Ⅳ."""
    if publication is None:
        return []
    rows = scope.filter(Warning.objects.filter(publication=publication, level__isnull=False))
    counts = rows.values("level").annotate(households=Count("id"), people=Sum("members")).order_by("level")
    found = {row["level"]: row for row in counts}
    return [found.get(level, {"level": level, "households": 0, "people": 0}) for level in (1, 2, 3, 4)]


@dataclass(frozen=True)
class Outcome:
    """One kind of change or one state of a publication, inside a scope."""

    word: str
    households: int
    people: int


@dataclass(frozen=True)
class Outcomes:
    changes: list[Outcome]
    states: list[Outcome]
    to_verify: tuple[int, int] | None
    """None where a newer publication replaced the list."""


def outcome(scope: Scope, publication: Publication) -> Outcomes:
    """What a publication did inside a scope, in households and people."""
    rows = scope.filter(Warning.objects.filter(publication=publication))
    last = newest()
    return Outcomes(
        changes=_outcomes(rows, "change", Warning.Change.choices),
        states=_outcomes(rows, "state", Warning.State.choices),
        to_verify=to_verify.counted(scope) if last and last.pk == publication.pk else None,
    )


def _outcomes(rows: "QuerySet[Warning]", column: str, choices: Sequence[tuple[str, Any]]) -> list[Outcome]:
    found = {row[column]: row for row in rows.values(column).annotate(n=Count("id"), people=Sum("members")).order_by()}
    nothing = {"n": 0, "people": 0}
    return [
        Outcome(str(word), found.get(key, nothing)["n"], found.get(key, nothing)["people"] or 0)
        for key, word in choices
    ]
