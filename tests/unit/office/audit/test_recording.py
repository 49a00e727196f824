"""Events: left in the transaction of what they tell, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actions.sealing import seal_all
from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.audit.models import Event, Seal
from shouwang.office.audit.verbs import Verb
from shouwang.terms.errors import ProgrammingError

CADRE = Actor("7", "张某", "village", "530113102001")


@pytest.mark.django_db(transaction=True)
def test_change_recorded_outside_its_transaction_is_a_mistake_of_ours():
    before = Event.objects.count()
    with pytest.raises(ProgrammingError, match="transaction"):
        record(Verb.CHANGED, by=CADRE, subject=("case", "1"))
    assert Event.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_sight_recorded_outside_a_transaction_stands_alone():
    event = record(Verb.SEEN, by=CADRE, subject=("household", "H1"), household_id="H1")
    assert Event.objects.get(pk=event.pk).household_id == "H1"


@pytest.mark.django_db(transaction=True)
def test_event_of_a_transaction_that_fails_is_gone_with_it():
    before = Event.objects.count()

    def fail() -> None:
        with transaction.atomic():
            record(Verb.CHANGED, by=CADRE, subject=("case", "1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_event_tells_who_in_which_role_where():
    event = record(Verb.DECIDED, by=CADRE, subject=("case", "1"), before={"state": "a"}, after={"state": "b"})
    event.refresh_from_db()
    told = (event.actor_id, event.actor_name, event.role, event.actor_area, event.before, event.after)
    assert told == ("7", "张某", "village", "530113102001", {"state": "a"}, {"state": "b"})


STATEMENTS = [
    "UPDATE audit_event SET actor_name = 'x'",
    "DELETE FROM audit_event",
    "UPDATE audit_seal SET hash = 'x'",
    "DELETE FROM audit_seal",
]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_database_refuses_to_change_or_remove(statement):
    record(Verb.CHANGED, by=SYSTEM, subject=("case", "1"))
    seal_all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (Event.objects.count(), Seal.objects.count()) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
def test_postgresql_refuses_to_empty_the_table(table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")
