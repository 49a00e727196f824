"""What counties have late in their own hands. Nobody stands above a county to whom it would go up: the city looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Case
from shouwang.office.casework.queries.schedules import COUNTY
from shouwang.office.casework.transitions import RECHECK


@dataclass(frozen=True)
class CountyLate:
    """Households of one county: decisions past their deadline, and levels not decided in time."""

    county: str
    decisions: int
    rechecks: int


def by_county(scope: Scope, *, on: date) -> Sequence[CountyLate]:
    """Counties that have something late, those with most first. Two queries, each over one index."""
    late = Case.objects.filter(holder_role=RECHECK.holder, next_due_on__lt=on, paused_since=None)
    decisions = _counted(scope.filter(late))
    rechecks = _counted(scope.filter(Case.objects.filter(recheck_due_on__lt=on)))
    rows = [CountyLate(county, decisions.get(county, 0), rechecks.get(county, 0)) for county in {*decisions, *rechecks}]
    return sorted(rows, key=lambda row: (-row.decisions - row.rechecks, row.county))


def _counted(rows: "QuerySet[Case]") -> dict[str, int]:
    counties = rows.order_by().annotate(county=Substr("area_code", 1, COUNTY)).values("county")
    return dict(counties.annotate(households=Count("id")).values_list("county", "households"))
