"""The counts kept ready: what they hold, and when they are old."""

from datetime import date

import pytest

from shouwang.office.registry.models import FactBatch
from shouwang.office.reports.actions.counting import KIND, ask_where_stale, count_all
from shouwang.office.reports.models import AreaCount
from shouwang.office.web.jobs import work_once
from shouwang.office.web.models import Job
from tests.unit.office.factories import FOREIGN_VILLAGE, OTHER_VILLAGE, TANGDAN, VILLAGE, actor, household
from tests.unit.office.reports.factories import city

pytestmark = pytest.mark.django_db


def _of(area: str) -> dict[str, tuple[int, int]]:
    return {row.kind: (row.households, row.people) for row in AreaCount.objects.filter(area=area)}


def test_counts_of_every_area_from_city_to_village() -> None:
    city()
    assert _of(VILLAGE) == {
        "all": (10, 30),
        "poor-register": (10, 30),
        "level-4": (4, 12),
        "level-5": (3, 9),
        "unverified": (3, 9),
    }
    assert _of(TANGDAN) == {
        "all": (15, 45),
        "poor-register": (11, 33),
        "level-1": (1, 3),
        "level-4": (4, 12),
        "level-5": (3, 9),
        "unverified": (3, 9),
        "unassessed": (4, 12),
    }
    assert _of("5301")["all"] == (19, 57)
    assert _of(FOREIGN_VILLAGE)["level-3"] == (2, 6)


def test_counting_again_puts_new_counts_in_place_of_the_old() -> None:
    city()
    household(OTHER_VILLAGE, member_count=2)
    rows = count_all()
    assert (rows, AreaCount.objects.count()) == (AreaCount.objects.count(), rows)
    assert _of(OTHER_VILLAGE)["all"] == (6, 17)


def test_counts_are_old_when_the_register_is_a_newer_one() -> None:
    by = actor("leader", "5301")
    city()
    assert (ask_where_stale(by=by), Job.objects.count()) == (False, 0)
    FactBatch.objects.create(run_digest="d", as_of=date(2020, 6, 30), register_month="2020-06", sources={})
    assert (ask_where_stale(by=by), ask_where_stale(by=by), Job.objects.count()) == (True, True, 1)
    assert work_once() is True
    job = Job.objects.get(kind=KIND)
    assert (job.state, job.result_url) == ("done", "/reports/")
    assert ask_where_stale(by=by) is False


def test_before_the_first_count_everything_is_old() -> None:
    assert ask_where_stale(by=actor("leader", "5301")) is True
