"""What an auditor of an area finds, and what not."""

from datetime import date

import pytest

from shouwang.office.audit import queries
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actions.sealing import seal_all
from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.audit.models import Event, Seal
from shouwang.office.audit.verbs import Verb

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "530113102001", "530128102201"
CADRE, FOREIGN = Actor("7", "张某", "village", HERE), Actor("8", "李某", "village", ELSEWHERE)


def _found(prefix: str, **filters: object) -> list[int]:
    return [event.pk for event in queries.events(prefix, **filters)]


def test_events_of_an_area_are_those_about_it_and_those_its_people_did():
    about = record(Verb.CHANGED, by=FOREIGN, subject=("case", "1"), area_code=HERE)
    by = record(Verb.SEARCHED, by=CADRE, subject=("household", ""))
    record(Verb.CHANGED, by=CADRE, subject=("case", "2"), area_code=ELSEWHERE)  # could leak
    record(Verb.SEARCHED, by=FOREIGN, subject=("household", ""))  # could leak
    record(Verb.LOADED, by=SYSTEM, subject=("register", ""))  # could leak
    assert _found("530113") == [by.pk, about.pk]


def test_what_the_office_does_by_itself_is_seen_by_the_city():
    loaded = record(Verb.LOADED, by=SYSTEM, subject=("register", ""))
    assert (_found("5301"), _found("530113")) == ([loaded.pk], [])


@pytest.mark.parametrize("prefix", ["530113", "530113102", HERE])
def test_event_about_a_county_is_seen_at_its_level_and_not_below(prefix):
    record(Verb.CREATED, by=SYSTEM, subject=("assignment", "1"), area_code="530113")
    assert len(_found(prefix)) == (1 if prefix == "530113" else 0)


def test_filters_hold_at_once():
    wanted = record(Verb.DECIDED, by=CADRE, subject=("case", "1"), household_id="H1", area_code=HERE)
    record(Verb.CHANGED, by=CADRE, subject=("case", "1"), household_id="H1", area_code=HERE)
    record(Verb.DECIDED, by=FOREIGN, subject=("case", "1"), household_id="H1", area_code=HERE)
    record(Verb.DECIDED, by=CADRE, subject=("case", "1"), household_id="H2", area_code=HERE)
    day = wanted.at.astimezone().date()
    found = _found("5301", household_id="H1", actor_id="7", verb="decided", subject=("case", "1"), on=None)
    assert (found, day >= date(2020, 1, 1)) == ([wanted.pk], True)


def test_day_is_a_day_in_kunming():
    from datetime import UTC, datetime

    event = record(Verb.CHANGED, by=CADRE, subject=("case", "1"), area_code=HERE)
    late = Event.objects.get(pk=event.pk)
    late.pk, late.at = event.pk + 1, datetime(2020, 7, 5, 16, 0, tzinfo=UTC)
    late.save(force_insert=True)
    before = Event.objects.get(pk=event.pk)
    before.pk, before.at = event.pk + 2, datetime(2020, 7, 5, 15, 59, 59, tzinfo=UTC)
    before.save(force_insert=True)
    assert _found("5301", on=date(2020, 7, 6)) == [late.pk]


def test_head_of_a_day_is_its_last_seal():
    for _ in range(3):
        record(Verb.CHANGED, by=CADRE, subject=("case", "1"))
    seal_all()
    last = Seal.objects.order_by("-number")[0]
    day = last.sealed_at.astimezone().date()
    from django.utils import timezone

    found = queries.heads(on=timezone.localdate(last.sealed_at), days=3)
    assert [(head.number, head.hash) for head in found] == [(last.number, last.hash)]
    assert abs((found[0].day - day).days) <= 1
