"""Reads of the to-verify list."""

from django.db.models import Count, QuerySet, Sum

from shouwang.office.access.scope import Scope
from shouwang.office.warnings.models import ToVerify
from shouwang.office.warnings.queries.living import living_in

KEYS = ("rank",)


def listed(scope: Scope, *, could_be: int | None = None) -> "QuerySet[ToVerify]":
    """Households to be verified, best use of a visit first; order by `KEYS`."""
    rows = living_in(scope, ToVerify.objects.select_related("household"))
    rows = rows.defer("household__phone", "household__bank_account")
    return (rows.filter(could_be=could_be) if could_be else rows).order_by(*KEYS)


def counted(scope: Scope) -> tuple[int, int]:
    """Households and people."""
    found = scope.filter(ToVerify.objects.all()).aggregate(households=Count("pk"), people=Sum("members"))
    return found["households"], found["people"] or 0


def of_household(household_id: str) -> ToVerify | None:
    """The caller has looked whether the household is in the scope."""
    return ToVerify.objects.select_related("publication").filter(pk=household_id).first()
