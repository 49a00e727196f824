"""A small city: two counties, a town with two villages, warned and confirmed households."""

from typing import Any

from shouwang.office.registry.models import Household
from shouwang.office.reports.actions.counting import count_all
from tests.unit.office.factories import FOREIGN_VILLAGE, OTHER_VILLAGE, TODAY, VILLAGE, household


def homes(number: int, area_code: str, **values: Any) -> list[Household]:
    """Households of three people each."""
    return [household(area_code, **{"member_count": 3, **values}) for _ in range(number)]


def city() -> None:
    """In the village 4 of 10 warned, beside it 1 of 5, in another county 2 of 4; one is closed and counts nowhere."""
    homes(4, VILLAGE, suspected_level=4, suspected_status="graded")
    homes(3, VILLAGE, suspected_level=5, suspected_status="graded")
    homes(3, VILLAGE, suspected_status="unverified")
    homes(1, OTHER_VILLAGE, suspected_level=1, suspected_status="graded")
    homes(4, OTHER_VILLAGE, register="general", suspected_status="unassessed")
    homes(2, FOREIGN_VILLAGE, suspected_level=3, suspected_status="graded", register="general")
    homes(2, FOREIGN_VILLAGE, suspected_level=5, suspected_status="graded")
    homes(1, VILLAGE, suspected_level=4, closed_on=TODAY, closed_as="moved")
    count_all()


def confirm(home: Household, level: int, national_type: str = "脱贫不稳定户") -> Household:
    Household.objects.filter(pk=home.pk).update(confirmed_level=level, confirmed_on=TODAY, national_type=national_type)
    home.refresh_from_db()
    return home
