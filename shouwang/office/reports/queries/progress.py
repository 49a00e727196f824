"""How cases move: by step, whose clock ran out, what the month brought, removal, help."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import BooleanField, Count, Exists, OuterRef, Q, Sum, Value, When
from django.db.models import Case as Case_
from django.db.models.functions import Coalesce, Substr

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Case, Decision, Measure, State
from shouwang.office.casework.queries.help_faults import HELPED
from shouwang.office.casework.transitions import RECHECK
from shouwang.office.reports.queries.cells import Cell, summed
from shouwang.rules.display import number_shown


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


@dataclass(frozen=True)
class Progress:
    """Cases of an area: open ones by state, late ones by who holds them and by area one step down, help and removal."""

    states: Mapping[str, Cell]
    late: Cell
    due_today: Cell
    late_holders: Mapping[str, Cell]
    late_places: Mapping[str, Cell]
    late_decisions: Mapping[str, Cell]
    """Late in the county's own hands, by area one step down: decisions, and levels that a warning puts in question."""
    late_rechecks: Mapping[str, Cell]
    helped: Share
    """Households in help that have a measure, of all included and not yet removed."""
    removal: Share
    """Removed of all that were ever included. Source: 保山市 2021 年通报：消除人数 ÷ 累计识别人数。"""


def progress(scope: Scope, *, on: date, digits: int) -> Progress:
    """All of it in one pass over the cases. A deadline that is paused by an objection is not late.

    The county's clock for a level that a warning puts in question is late like any other, and stops for nothing.
    """
    measures = Measure.objects.filter(case=OuterRef("pk")).exclude(status=Measure.Status.STOPPED)
    rows = (
        scope.filter(Case.objects.all())
        .order_by()
        .annotate(
            place=Substr("area_code", 1, digits),
            is_late=_claim(Q(next_due_on__lt=on, paused_since=None)),
            is_recheck_late=_claim(Q(recheck_due_on__lt=on)),
            is_due=_claim(Q(next_due_on=on, paused_since=None) | Q(recheck_due_on=on)),
            is_included=_claim(Q(included_on__isnull=False)),
            has_measure=_claim(Q(Q(state__in=HELPED) & Exists(measures))),
        )
        .values("state", "place", "holder_role", "is_late", "is_recheck_late", "is_due", "is_included", "has_measure")
        .annotate(households=Count("id"), people=Coalesce(Sum("household__member_count"), 0))
    )
    return _told([(row, Cell(row["households"], row["people"])) for row in rows])


def _claim(condition: Q) -> Case_:
    return Case_(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _told(rows: "list[tuple[dict[str, Any], Cell]]") -> Progress:
    late = [(row, cell) for row, cell in rows if row["is_late"] or row["is_recheck_late"]]
    holders = [(row | {"holder_role": holder}, cell) for row, cell in late for holder in _late_holders(row)]
    helped = [(row, cell) for row, cell in rows if row["state"] in HELPED]
    included = [(row, cell) for row, cell in rows if row["is_included"]]
    return Progress(
        states=_by("state", [(row, cell) for row, cell in rows if row["state"] not in State.ended()]),
        late=summed(cell for _row, cell in late),
        due_today=summed(cell for row, cell in rows if row["is_due"]),
        late_holders=_by("holder_role", holders),
        late_places=_by("place", late),
        late_decisions=_by("place", [(r, c) for r, c in late if r["is_late"] and r["holder_role"] == RECHECK.holder]),
        late_rechecks=_by("place", [(row, cell) for row, cell in late if row["is_recheck_late"]]),
        helped=Share(summed(cell for row, cell in helped if row["has_measure"]), summed(cell for _, cell in helped)),
        removal=Share(
            summed(cell for row, cell in included if row["state"] == State.REMOVED),
            summed(cell for _, cell in included),
        ),
    )


def _late_holders(row: "dict[str, Any]") -> set[str]:
    """Who holds a clock that ran out: both clocks of a case may have."""
    held = {row["holder_role"]} if row["is_late"] else set()
    return held | ({RECHECK.holder} if row["is_recheck_late"] else set())


def _by(column: str, rows: "list[tuple[dict[str, Any], Cell]]") -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for row, cell in rows:
        found[row[column]] = found.get(row[column], Cell()) + cell
    return found


def of_month(scope: Scope, *, on: date) -> dict[str, Cell]:
    """Included, removed and refused from the first of the month until the day."""
    first = on.replace(day=1)
    rows = scope.filter(Decision.objects.filter(on__gte=first, on__lte=on), "case__area_code")
    people = Coalesce(Sum("case__household__member_count"), 0)
    counted = rows.order_by().values("kind").annotate(households=Count("id"), people=people)
    found = {row["kind"]: Cell(row["households"], row["people"]) for row in counted}
    kinds = (Decision.Kind.INCLUDE, Decision.Kind.REMOVE, Decision.Kind.REFUSE)
    return {kind.value: found.get(kind.value, Cell()) for kind in kinds}
