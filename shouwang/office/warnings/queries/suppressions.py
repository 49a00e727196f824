"""Reads of suppressions."""

from datetime import date

from django.db.models import Q, QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.warnings.models import Suppression

KEYS = ("-id",)


def listed(scope: Scope, *, on: date, only_in_force: bool = False) -> "QuerySet[Suppression]":
    """Newest first; order by `KEYS`."""
    rows = scope.filter(Suppression.objects.select_related("household"))
    rows = rows.defer("household__phone", "household__bank_account")
    return (rows.filter(in_force(on)) if only_in_force else rows).order_by(*KEYS)


def in_force(on: date) -> Q:
    """The condition for those that hold on a day."""
    return Q(since__lte=on, until__gt=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def one(scope: Scope, number: int) -> Suppression | None:
    """None where it is not there, or not inside the scope."""
    return scope.filter(Suppression.objects.select_related("household")).filter(pk=number).first()
