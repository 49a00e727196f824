"""Rows of households of a scope: published there, and living there still."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.registry.models import Household

T = TypeVar("T", bound=Model)


def living_in(scope: Scope, rows: "QuerySet[T]") -> "QuerySet[T]":
    """Rows whose `area_code` lies in the scope, without households that moved out of it since.

    Asked as "is there none outside": the database then expects nearly every row to stay, and reads a page in the order
    of its index, instead of a million households or of all rows to sort them.
    """
    elsewhere = Household.objects.filter(pk=OuterRef("household_id")).exclude(scope.q())
    return scope.filter(rows).filter(~Exists(elsewhere))
