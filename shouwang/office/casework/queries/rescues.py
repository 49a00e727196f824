"""Rescues whose paper is still to follow."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from shouwang.office.access.scope import WHOLE_COUNTRY, Scope
from shouwang.office.casework.models import Case, Decision, Rescue
from shouwang.office.casework.queries.cases import LISTED
from shouwang.office.registry.models import Household


def listed(scope: Scope) -> "QuerySet[Rescue]":
    """All of the area, each with `is_settled`: whether the county has decided on the household since, or had before."""
    decided = Decision.objects.filter(
        case__household=OuterRef("household"),
        kind__in=(Decision.Kind.INCLUDE, Decision.Kind.REFUSE),
        on__gte=OuterRef("on"),
    )
    helped = Case.objects.filter(household=OuterRef("household"), included_on__lte=OuterRef("on")).filter(
        Q(closed_on=None) | Q(closed_on__gte=OuterRef("on"))
    )
    rows = scope.filter(Rescue.objects.select_related("household"))
    return rows.annotate(is_settled=Exists(decided) | Exists(helped))


def open_ones(scope: Scope) -> "QuerySet[Rescue]":
    """Those the county has not decided on yet, the most urgent first."""
    return listed(scope).filter(is_settled=False).order_by("due_on", "id")


def unsettled(scope: Scope) -> "QuerySet[Rescue]":
    """The same by the index of what is not known to be settled, each with `holder`: the role in whose hands the
    procedure of the household is, the village where there is none.
    """
    running = Case.objects.filter(household=OuterRef("household"), closed_on=None).values("holder_role")
    holder = Coalesce(NullIf(Subquery(running[:1]), Value("")), Value("village"))
    return open_ones(scope).filter(settled_on=None).annotate(holder=holder)


def cases_of(rows: Iterable[Rescue]) -> dict[str, Case]:
    """The last case of each household, by the household: a rescue opens one, or joins it. One query."""
    homes = {row.household_id for row in rows}
    shown = ("procedure", *LISTED)
    cases = Case.objects.filter(household__in=homes).select_related("household").only(*shown).order_by("id")
    return {case.household_id: case for case in cases}


def late(scope: Scope, *, on: date) -> "QuerySet[Rescue]":
    return open_ones(scope).filter(due_on__lt=on)


def counted_late(scope: Scope, *, on: date) -> tuple[int, int]:
    """Households and people of late rescues, each household once."""
    homes = Household.objects.filter(pk__in=late(scope, on=on).order_by().values("household"))
    found = homes.aggregate(households=Count("id"), people=Coalesce(Sum("member_count"), 0))
    return found["households"], found["people"]


def of_household(household_id: str) -> list[Rescue]:
    """For the page of a household the caller has already found in the scope; asked first, since hardly any has one.

    With their payments and the files of these.
    """
    if not Rescue.objects.filter(household=household_id).exists():
        return []
    rows = listed(WHOLE_COUNTRY).filter(household=household_id).order_by("-id")
    return list(rows.prefetch_related("payments__files"))
