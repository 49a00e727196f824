"""Door A and door B with a real city: a run becomes cases, a visit becomes a fact of the next run."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from shouwang.areas import kunming
from shouwang.office.casework.actions import visits
from shouwang.office.casework.actions.clues import Opened
from shouwang.office.casework.actions.leaving import leave
from shouwang.office.casework.actions.publishing import Done, publish_run
from shouwang.office.casework.models import Case, State
from shouwang.office.registry.actions.loading import load
from shouwang.office.registry.models import Household
from shouwang.office.warnings.models import Publication, Warning
from shouwang.office.web.jobs import start, work_once
from shouwang.office.web.models import Job
from shouwang.policy import load as policy
from shouwang.screening.run import Request, screen
from shouwang.terms.errors import UserError
from tests.support.full_disk import no_room_in
from tests.unit.office import small_city
from tests.unit.office.casework.factories import case_in
from tests.unit.office.factories import actor, client_of

pytestmark = pytest.mark.django_db
PUBLISHED = date(2020, 7, 6)


def _silent(word: str, share: float | None) -> None:
    pass


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A city of our own, loaded into the office."""
    city = small_city.copied(small_city.made(tmp_path_factory), tmp_path / "place")
    load(city, city.parent / "run-2020-06", by=actor("analyst", "5301"), step=_silent)
    return city.parent


def test_run_published_opens_cases_once(place: Path) -> None:
    by, run = actor("analyst", "5301"), place / "run-2020-06"
    warned = {row["household_id"]: row["level"] for row in small_city.rows_of(run) if row["level"] in (1, 2, 3, 4)}
    done = publish_run(run, by=by, on=PUBLISHED, step=_silent)
    assert done == Done(is_new=True, opened=Opened(opened=len(warned)))
    assert dict(Case.objects.values_list("household_id", "suspected_level")) == warned
    assert dict(Household.objects.filter(suspected_level__lte=4).values_list("id", "suspected_level")) == warned
    assert publish_run(run, by=by, on=PUBLISHED, step=_silent) == Done(is_new=False, opened=Opened())
    assert Case.objects.count() == len(warned)


def test_run_more_severe_than_what_the_county_confirmed_asks_it_once(place: Path) -> None:
    by, run = actor("analyst", "5301"), place / "run-2020-06"
    worst = next(row for row in small_city.rows_of(run) if row["level"] and row["level"] <= 3)
    home = Household.objects.get(pk=worst["household_id"])
    case = case_in(State.IN_HELP, home=home, confirmed_level=4, suspected_level=4)
    done = publish_run(run, by=by, on=PUBLISHED, step=_silent)
    assert (done.opened.joined, done.opened.rechecks) == (1, 1)
    for _time in range(2):
        case.refresh_from_db()
        assert (case.recheck_level, case.recheck_due_on) == (worst["level"], date(2020, 7, 21))
        assert not publish_run(run, by=by, on=PUBLISHED, step=_silent).is_new
    client = client_of("county-decider", home.area_code[:6])
    page = client.get(f"/cases/{case.pk}/keep-level/")
    assert page.context["asked"].warning == case.recheck_warning
    assert page.context["asked"].why.lines
    assert client.post(f"/cases/{case.pk}/keep-level/", {"reason": "数据有误"}).status_code == 302
    case.refresh_from_db()
    assert (case.recheck_due_on, case.confirmed_level) == (None, 4)
    assert Warning.objects.get(household=home).state == "answered"


@pytest.mark.django_db(transaction=True)
def test_run_published_on_a_full_disk_leaves_nothing_and_can_be_published_again(place: Path, settings: Any) -> None:
    settings.CITY = str(place / "city")
    start("publish-run", by=actor("analyst", "5301"), run="run-2020-06")
    with no_room_in("casework_case"):
        work_once()
    job = Job.objects.get()
    assert (job.state, job.message) == ("failed", "磁盘满了：请管理员腾出空间，再做一次；没有留下半份结果")
    left = (Publication.objects.count(), Warning.objects.count(), Case.objects.count())
    assert (*left, Household.objects.filter(suspected_level__isnull=False).count()) == (0, 0, 0, 0)
    start("publish-run", by=actor("analyst", "5301"), run="run-2020-06")
    work_once()
    assert (Publication.objects.count(), Case.objects.exists()) == (1, True)


def test_visit_is_a_fact_of_the_next_run(place: Path) -> None:
    by, run = actor("analyst", "5301"), place / "run-2020-06"
    publish_run(run, by=by, on=PUBLISHED, step=_silent)
    case = Case.objects.filter(suspected_level=4).order_by("pk").first()
    assert case is not None
    Case.objects.filter(pk=case.pk).update(state=State.ASSIGNED)
    found = [visits.Finding("water_safe", "no"), visits.Finding("net_income", "99000.00")]
    people = [visits.Signature(row.person_id, why_not="外出") for row in case.household.memberships.filter(until=None)]
    held = visits.Held(on=PUBLISHED, visitors=("张一", "李二"), findings=found, signatures=people)
    visits.record(case.pk, held, by=actor("village", case.area_code), on=PUBLISHED)
    leave(place / "city", "2020-07", by=by, step=_silent)
    screen(Request(place / "city", date(2020, 7, 31), place / "run-2020-07", policy("kunming-2020"), kunming(), None))
    facts = pq.read_table(place / "run-2020-07" / "facts.parquet", filters=[("household_id", "=", case.household_id)])
    row = facts.to_pylist()[0]
    assert (row["water_safe"], row["net_income"]) == (False, 99_000_00)
    shutil.rmtree(place)


def test_leaving_by_a_county_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        leave(tmp_path, "2020-07", by=actor("analyst", "530113"), step=_silent)
