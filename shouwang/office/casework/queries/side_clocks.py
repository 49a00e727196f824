"""What is due beside the states of cases: results to announce, entries, looks back."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Announcement, SideClock
from shouwang.office.casework.queries.cases import DIGITS, LISTED
from shouwang.office.casework.transitions import SIDE

HOLDERS = frozenset(clock.holder for clock in SIDE.values())
KEYS = ("due_on", "id")
VILLAGE = DIGITS["village"]


def held(scope: Scope, role: str, *, until: date) -> "QuerySet[SideClock]":
    """Clocks beside states that the role holds and that run out by a day, by clock; one index."""
    rows = scope.filter(SideClock.objects.filter(holder_role=role, ended_on=None, due_on__lte=until))
    shown = [f"case__{name}" for name in LISTED]
    return rows.select_related("case__household").only("step", "due_on", *shown).order_by(*KEYS)


@dataclass(frozen=True)
class Waiting:
    """Results of one village that do not hang there yet: how many, how many of them late, the first deadline."""

    area_code: str
    results: int
    late: int
    due_on: date


def villages(scope: Scope, *, on: date) -> list[Waiting]:
    """Villages of the area where a result waits to be announced, the most urgent first. One query."""
    rows = scope.filter(_unannounced()).order_by().values("area_code")
    counted = rows.annotate(n=Count("id"), late=Count("id", filter=Q(due_on__lt=on)), first=Min("due_on"))
    return [
        Waiting(row["area_code"], row["n"], row["late"], row["first"]) for row in counted.order_by("first", "area_code")
    ]


def is_village(area_code: str) -> bool:
    return len(area_code) == VILLAGE and area_code.isdigit()


def results_of(scope: Scope, village: str) -> "QuerySet[SideClock]":
    """Results of one village to announce; order by `KEYS`. None of anything larger than a village."""
    inside = scope.narrowed(village)
    if inside is None or len(village) != VILLAGE:
        return SideClock.objects.none()
    shown = [f"case__{name}" for name in LISTED]
    rows = inside.filter(_unannounced()).select_related("case__household")
    return rows.only("procedure", "due_on", "started_on", *shown)


def _unannounced() -> "QuerySet[SideClock]":
    return SideClock.objects.filter(step="announced", holder_role=SIDE["announced"].holder, ended_on=None)


def announcement(scope: Scope, number: int) -> Announcement | None:
    """A result sheet of a village inside the scope."""
    return scope.filter(Announcement.objects.filter(pk=number)).first()
