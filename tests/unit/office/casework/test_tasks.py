"""Work in the background, by the jobs that ask for it."""

from datetime import date
from pathlib import Path

import pytest

from shouwang.office.casework.actions import daily
from shouwang.office.casework.models import Escalation, State
from shouwang.office.web import jobs
from shouwang.office.web.models import Job
from tests.unit.office import small_city
from tests.unit.office.casework.factories import RAN, case_in, fresh, home_with
from tests.unit.office.factories import actor

pytestmark = pytest.mark.django_db


def test_day_passes_up_what_is_late_and_closes_what_is_no_more() -> None:
    late = case_in(State.ASSIGNED)
    home = home_with()
    gone = case_in(State.ASSIGNED, home=home)
    home.closed_on, home.closed_as = RAN, "moved"
    home.save()
    for _time in range(2):
        daily.run(on=date(2020, 6, 29))
    assert (fresh(gone).closed_as, list(Escalation.objects.values_list("case", flat=True))) == ("moved", [late.pk])


@pytest.mark.parametrize("name", ["../run-2020-06", ".run", "", "run-1999-01"])
def test_publish_of_no_run_fails_with_a_word(name, settings, tmp_path) -> None:
    settings.CITY = str(tmp_path / "city")
    jobs.start("publish-run", by=actor("analyst", "5301"), run=name)
    assert jobs.work_once()
    job = Job.objects.get()
    assert (job.state, job.result_url) == ("failed", "")
    assert "→" in job.message


def test_publish_and_leave_as_jobs(settings, tmp_path_factory, tmp_path) -> None:
    city: Path = small_city.copied(small_city.made(tmp_path_factory), tmp_path / "place")
    small_city.registered(small_city.rows_of(city.parent / "run-2020-06"))
    settings.CITY = str(city)
    by = actor("analyst", "5301")
    first = jobs.start("publish-run", by=by, run="run-2020-06")
    while jobs.work_once():
        pass
    first.refresh_from_db()
    assert (first.state, first.message, first.result_url) == ("done", "", "/warnings/")
    last = jobs.start("daily-clocks", by=by)
    assert jobs.work_once()
    last.refresh_from_db()
    assert (last.state, last.message) == ("done", "")
