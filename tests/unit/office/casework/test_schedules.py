"""Deadlines of a county: who may set which, from when, for which cases."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwang.office.access.scope import Scope
from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import clues
from shouwang.office.casework.actions.scheduling import set_days
from shouwang.office.casework.clocks import DEFAULT
from shouwang.office.casework.forms.scheduling import WORDS
from shouwang.office.casework.models import Case, Schedule
from shouwang.office.casework.queries.schedules import counties, days_for, listed
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import OPENED, home_with
from tests.unit.office.factories import DONGCHUAN, FOREIGN_VILLAGE, VILLAGE, actor, client_of

pytestmark = pytest.mark.django_db
QUICK = replace(DEFAULT, visited=2)


@pytest.fixture
def administrator():
    return actor("administrator", DONGCHUAN)


def test_days_of_a_county_from_a_day_on(administrator) -> None:
    set_days(DONGCHUAN, QUICK, since=OPENED, by=administrator, on=OPENED)
    assert days_for(VILLAGE, on=OPENED) == QUICK
    assert days_for(VILLAGE, on=OPENED - timedelta(days=1)) == DEFAULT
    assert days_for(FOREIGN_VILLAGE, on=OPENED) == DEFAULT
    event = Event.objects.get(subject_kind="schedule")
    assert event.before == asdict(DEFAULT)
    assert event.after == {**asdict(QUICK), "since": "2020-06-22"}


def test_days_of_a_county_hold_for_its_new_cases(administrator) -> None:
    set_days(DONGCHUAN, replace(DEFAULT, assigned=0), since=OPENED, by=administrator, on=OPENED)
    said = clues.Declared("declaration", "住院")
    clues.open_declared(home_with().pk, said, by=actor("village", VILLAGE), on=OPENED)
    clues.open_declared(home_with(FOREIGN_VILLAGE).pk, said, by=actor("village", FOREIGN_VILLAGE), on=OPENED)
    assert dict(Case.objects.values_list("area_code", "next_due_on")) == {
        VILLAGE: OPENED,
        FOREIGN_VILLAGE: date(2020, 6, 23),
    }


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (replace(DEFAULT, notice_days=4), "公示不能少于 5 天"),
        (replace(DEFAULT, audited=12), "公示没有满期就要审核"),
        (replace(DEFAULT, visited=7), "各步的天数要从早到晚"),
    ],
)
def test_days_that_cannot_be_are_refused(administrator, days, found) -> None:
    with pytest.raises(UserError) as told:
        set_days(DONGCHUAN, days, since=OPENED, by=administrator, on=OPENED)
    assert told.value.found == found
    with pytest.raises(IntegrityError), transaction.atomic():
        Schedule.objects.create(area_code=DONGCHUAN, since=OPENED, set_by="1", set_by_name="测试", **asdict(days))


def test_days_from_the_past_or_twice_are_refused(administrator) -> None:
    with pytest.raises(UserError) as told:
        set_days(DONGCHUAN, QUICK, since=OPENED - timedelta(days=1), by=administrator, on=OPENED)
    assert told.value.found == "期限不能从过去的日子改起"
    set_days(DONGCHUAN, QUICK, since=OPENED, by=administrator, on=OPENED)
    with pytest.raises(UserError) as told:
        set_days(DONGCHUAN, QUICK, since=OPENED, by=administrator, on=OPENED)
    assert told.value.found == "这个县从那一天起的期限已经设过"


@pytest.mark.parametrize(("role", "area"), [("administrator", "530128"), ("county-decider", DONGCHUAN)])
def test_days_of_a_county_by_somebody_else_are_refused(role, area) -> None:
    with pytest.raises(UserError) as told:
        set_days(DONGCHUAN, QUICK, since=OPENED, by=actor(role, area), on=OPENED)
    assert told.value.found == "您不能改这个县的期限"


def test_schedules_shown_of_the_scope(administrator) -> None:
    set_days(DONGCHUAN, QUICK, since=OPENED, by=administrator, on=OPENED)
    set_days("530128", QUICK, since=OPENED, by=actor("administrator", "530128"), on=OPENED)
    assert [row.area_code for row in listed(Scope(DONGCHUAN))] == [DONGCHUAN]
    assert counties(Scope(DONGCHUAN)) == [(DONGCHUAN, "东川区")]
    assert len(counties(Scope("5301"))) > 10


def test_schedules_page_sets_days() -> None:
    client = client_of("administrator", DONGCHUAN)
    assert client.get("/cases/schedules/").status_code == 200
    form = {"area_code": DONGCHUAN, "since": "2020-07-06", **asdict(QUICK)}
    assert client.post("/cases/schedules/", {**form, "notice_days": 3}).status_code == 422
    assert client.post("/cases/schedules/", form).status_code == 302
    assert Schedule.objects.get().visited == 2
    page = client.get("/cases/schedules/").content.decode()
    assert [word for name, word in WORDS.items() if f'{word} <b class="num">{getattr(QUICK, name)}<' not in page] == []
