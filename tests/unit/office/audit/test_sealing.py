"""The chain: one place per event, in order, by one sealer."""

import threading

import pytest
from django.db import connection, connections, transaction

from shouwang.office.audit.actions import sealing
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.audit.chain import GENESIS
from shouwang.office.audit.models import Event, Seal
from shouwang.office.audit.verbs import Verb


def _events(number: int) -> list[int]:
    return [record(Verb.CHANGED, by=SYSTEM, subject=("case", str(place))).pk for place in range(number)]


@pytest.mark.django_db
def test_seals_follow_the_order_of_events():
    made = _events(3)
    assert sealing.seal() == 3
    seals = list(Seal.objects.order_by("number"))
    assert [seal.number for seal in seals] == [1, 2, 3]
    assert [seal.event_id for seal in seals] == made
    assert [seal.previous_hash for seal in seals] == [GENESIS, seals[0].hash, seals[1].hash]


@pytest.mark.django_db
def test_second_round_goes_on_where_the_first_ended():
    _events(2)
    sealing.seal()
    _events(1)
    assert sealing.seal() == 1
    first, second, third = Seal.objects.order_by("number")
    assert third.previous_hash == second.hash
    assert first.previous_hash == GENESIS


@pytest.mark.django_db
def test_round_seals_no_more_than_its_batch():
    _events(5)
    assert [sealing.seal(2), sealing.seal(2), sealing.seal(2), sealing.seal(2)] == [2, 2, 1, 0]


@pytest.mark.django_db
def test_event_whose_transaction_ended_late_is_sealed_in_a_later_round():
    early = _events(1)[0]
    late = Event.objects.get(pk=early)
    late.pk = early + 1000
    late.save(force_insert=True)
    sealing.seal()
    missed = Event.objects.get(pk=early)
    missed.pk = early + 500  # its number was drawn before, its transaction ended after
    missed.save(force_insert=True)
    assert sealing.seal() == 1
    assert Seal.objects.order_by("-number").values_list("event_id", flat=True)[0] == early + 500


@pytest.mark.django_db
def test_event_further_back_than_a_round_looks_is_sealed_by_a_whole_one(monkeypatch):
    early = _events(1)[0]
    last = Event.objects.get(pk=early)
    last.pk = early + 1000
    last.save(force_insert=True)
    sealing.seal()
    missed = Event.objects.get(pk=early)
    missed.pk = early + 1
    missed.save(force_insert=True)
    monkeypatch.setattr(sealing, "LOOK_BACK", 10)
    assert (sealing.seal(), sealing.seal(is_whole=True)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_two_sealers_leave_one_chain():
    start = Seal.objects.count()
    with transaction.atomic():
        _events(300)

    def run() -> None:
        try:
            while sealing.seal(20):
                pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealing.seal_all()
    seals = list(Seal.objects.order_by("number"))
    assert len(seals) - start == 300
    assert [seal.number for seal in seals] == list(range(1, len(seals) + 1))
    assert [seal.previous_hash for seal in seals[1:]] == [seal.hash for seal in seals[:-1]]


@pytest.mark.django_db(transaction=True)
def test_sealer_on_postgresql_waits_for_nobody():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time by itself")
    with transaction.atomic():
        _events(1)
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
                taken.set()
                done.wait(10)
        finally:
            connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    taken.wait(10)
    assert sealing.seal() == 0
    done.set()
    other.join()
    assert sealing.seal() == 1
