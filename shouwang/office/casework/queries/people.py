"""Clues nobody is sent to yet, village by village, and who is offered to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from shouwang.office.access.queries import holders
from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Assignee, Case, State
from shouwang.office.casework.queries.cases import DIGITS, HEAVY

KEYS = ("next_due_on", "id")
VILLAGE = DIGITS["village"]
NAMES = 8
"""Names offered for each side."""
LOOKED_AT = 100
"""The newest assignments of a village that are looked at for names."""


@dataclass(frozen=True)
class Waiting:
    """Clues of one village that wait for two people: how many, how many of them late, the first deadline."""

    area_code: str
    clues: int
    late: int
    due_on: date


def villages(scope: Scope, *, on: date) -> list[Waiting]:
    """Villages of the area where a clue waits, the most urgent first. One query."""
    rows = scope.filter(_clues()).order_by().values("area_code")
    counted = rows.annotate(n=Count("id"), late=Count("id", filter=Q(next_due_on__lt=on)), first=Min("next_due_on"))
    return [
        Waiting(row["area_code"], row["n"], row["late"], row["first"]) for row in counted.order_by("first", "area_code")
    ]


def clues_of(scope: Scope, village: str) -> "QuerySet[Case]":
    """Clues of one village inside the scope; order by `KEYS`. None of anything larger than a village."""
    inside = scope.narrowed(village)
    if inside is None or len(village) != VILLAGE:
        return Case.objects.none()
    return inside.filter(_clues()).select_related("household").defer(*HEAVY)


def _clues() -> "QuerySet[Case]":
    return Case.objects.filter(state=State.CLUE, next_due_on__isnull=False)


@dataclass(frozen=True)
class Offered:
    """Who may go, those sent last first, then those who have an account for the village or its township."""

    village: Sequence[str]
    township: Sequence[str]

    @property
    def first(self) -> dict[str, str]:
        """What a form begins with, by side."""
        return {side: names[0] for side, names in (("village", self.village), ("township", self.township)) if names}


def offered(area_code: str, *, on: date) -> Offered:
    """The people of a village. The caller has looked at the scope. Three queries."""
    rows = Assignee.objects.filter(case__area_code=area_code).order_by("-id").values_list("side", "name")[:LOOKED_AT]
    sent = list(rows)

    def names(side: str) -> tuple[str, ...]:
        before = [name for of, name in sent if of == side]
        return tuple(dict.fromkeys([*before, *holders(area_code[: DIGITS[side]], side, on=on)]))[:NAMES]

    return Offered(names(Assignee.Side.VILLAGE), names(Assignee.Side.TOWNSHIP))
