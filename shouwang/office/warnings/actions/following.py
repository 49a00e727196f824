"""A household moved to another area: what waits there to be looked at goes with it."""

from shouwang.office.warnings.models import Suppression, ToVerify, Warning
from shouwang.office.warnings.queries.publications import newest


def follow(household_id: str, *, area_code: str) -> None:
    """What the newest publication says of the household, and what is suppressed, is in the lists of its area of now.

    Earlier publications stay as they were.
    """
    Warning.objects.filter(household=household_id, publication=newest()).update(area_code=area_code)
    ToVerify.objects.filter(household=household_id).update(area_code=area_code)
    Suppression.objects.filter(household=household_id, ended_on=None).update(area_code=area_code)
