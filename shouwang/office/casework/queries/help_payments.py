"""The ledger: payments one by one, and sums by source and by use; a payment taken back counts nothing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Payment
from shouwang.office.registry.models import Household


@dataclass(frozen=True)
class LedgerFilters:
    """What the ledger is narrowed to; None or empty: everything of the area."""

    since: date | None = None
    until: date | None = None
    source: str = ""
    code: str = ""
    area: str = ""


@dataclass(frozen=True)
class Sums:
    """One line of the ledger's sums. `people` are the members of the households paid, each household once."""

    key: str
    payments: int
    households: int
    people: int
    amount_fen: int


def listed(scope: Scope, filters: LedgerFilters) -> "QuerySet[Payment]":
    """Payments of the area, those taken back included, with `is_cancelled` told by `cancelled_by`."""
    narrowed = scope.narrowed(filters.area)
    if narrowed is None:
        return Payment.objects.none()
    rows = narrowed.filter(Payment.objects.select_related("household", "cancelled_by"))
    if filters.since:
        rows = rows.filter(on__gte=filters.since)
    if filters.until:
        rows = rows.filter(on__lte=filters.until)
    if filters.source:
        rows = rows.filter(source=filters.source)
    return rows.filter(code=filters.code) if filters.code else rows


def counting(rows: "QuerySet[Payment]") -> "QuerySet[Payment]":
    """Without those taken back, and without the rows that take them back."""
    return rows.filter(taken_back=None, cancelled_by=None)


def by(rows: "QuerySet[Payment]", column: str) -> list[Sums]:
    """Sums of the ledger by `source` or by `code`, the largest first, and in all under an empty key."""
    counted = counting(rows)
    lines = [
        Sums(line[column], line["payments"], line["households"], 0, line["amount"])
        for line in counted.order_by()
        .values(column)
        .annotate(payments=Count("id"), households=Count("household", distinct=True), amount=Sum("amount_fen"))
    ]
    people = _people(counted, column)
    told = [Sums(line.key, line.payments, line.households, people.get(line.key, 0), line.amount_fen) for line in lines]
    return sorted(told, key=lambda line: (-line.amount_fen, line.key))


def in_all(rows: "QuerySet[Payment]") -> Sums:
    """All of it, every household once however often it was paid."""
    counted = counting(rows).order_by()
    found = counted.aggregate(
        payments=Count("id"), households=Count("household", distinct=True), amount=Coalesce(Sum("amount_fen"), 0)
    )
    homes = Household.objects.filter(pk__in=counted.values("household"))
    people = homes.aggregate(people=Coalesce(Sum("member_count"), 0))["people"]
    return Sums("", found["payments"], found["households"], people, found["amount"])


def _people(counted: "QuerySet[Payment]", column: str) -> dict[str, int]:
    """Members of the households paid, by the column; a household counts once per key."""
    pairs = counted.order_by().values_list(column, "household", "household__member_count").distinct()
    found: dict[str, int] = {}
    for key, _household, members in pairs:
        found[key] = found.get(key, 0) + members
    return found


def of_household(household_id: str) -> list[Payment]:
    """For the page of a household the caller has already found in the scope; the newest first."""
    return list(
        Payment.objects.filter(household=household_id).select_related("cancelled_by").order_by("-on", "-id")[:50]
    )
