"""Households a case can be opened for."""

from shouwang.office.access.scope import Scope
from shouwang.office.registry.models import Household


def home(scope: Scope, household_id: str) -> Household | None:
    """A household inside the scope; else there is none."""
    rows = scope.filter(Household.objects.filter(pk=household_id))
    return rows.defer("phone", "bank_account").first()
