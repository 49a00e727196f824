"""Rows of households of a scope: published there, and living there still."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.db.models.functions import Substr

from shouwang.office.access.scope import Scope

T = TypeVar("T", bound=Model)


def living_in(scope: Scope, rows: "QuerySet[T]") -> "QuerySet[T]":
    """Rows whose `area_code` lies in the scope, without households that moved out of it since.

    The household's own code is compared by its beginning, not as a range: a range would lead the database to begin with
    a million households instead of the few that are asked for.
    """
    home = Substr("household__area_code", 1, len(scope.prefix))
    return scope.filter(rows).alias(home_prefix=home).filter(home_prefix=scope.prefix)
