"""What the county's decisions brought: how many more or fewer of each level this month, and how long they took."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from django.db.models import Count, F

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Decision

FIRST_DECISIONS = (Decision.Kind.INCLUDE, Decision.Kind.REFUSE)
MOVING = (Decision.Kind.INCLUDE, Decision.Kind.RAISE, Decision.Kind.REMOVE)


@dataclass(frozen=True)
class Waited:
    """How long households waited from clue to decision. Unknown: None, nothing was decided."""

    decisions: int
    median_days: int | None


def changes_of_month(scope: Scope, *, on: date) -> dict[int, int]:
    """Households more or fewer of each level since the end of last month, by the county's decisions. One query.

    Shape: a level that gained and lost as many is not there. A level that was raised is lost by the one before.
    """
    first = on.replace(day=1)
    decided = Decision.objects.filter(kind__in=MOVING, on__lte=on)
    moved = decided.filter(on__gte=first).values("case")
    rows = scope.filter(decided.filter(case__in=moved), "case__area_code").order_by("id")
    now: dict[int, int] = {}
    changes: Counter[int] = Counter()
    for case, kind, level, day in rows.values_list("case", "kind", "level", "on"):
        before = now.pop(case, None)
        if kind != Decision.Kind.REMOVE and level:
            now[case] = level
        if day >= first:
            changes.update({known: by for known, by in ((before, -1), (now.get(case), 1)) if known})
    return {level: count for level, count in changes.items() if count}


def waited(scope: Scope, *, on: date) -> Waited:
    """The median of calendar days from clue to decision, of those decided since 1 January. One query."""
    rows = (
        scope.filter(
            Decision.objects.filter(kind__in=FIRST_DECISIONS, on__gte=on.replace(month=1, day=1), on__lte=on),
            "case__area_code",
        )
        .order_by()
        .values(day=F("on"), clue=F("case__clock_from"))
        .annotate(n=Count("id"))
    )
    days = Counter[int]()
    for row in rows:
        days[(row["day"] - row["clue"]).days] += row["n"]
    return Waited(days.total(), median_low(days.elements()) if days else None)
