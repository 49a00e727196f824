"""New keys for old values: a batch at a time, and killed at any point it can be run again."""

import pytest
from django.db import connection

from shouwang.office.audit.models import Event
from shouwang.office.privacy import actions
from shouwang.office.privacy.actions import rotate
from shouwang.office.registry.models import Person
from tests.unit.office import factories
from tests.unit.office.privacy.test_fields import key, ring  # noqa: F401

pytestmark = pytest.mark.django_db


def _numbers() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM registry_person WHERE id_number IS NOT NULL ORDER BY id")
        return [bytes(row[0])[0] for row in cursor.fetchall()]


def _people(number: int) -> list[str]:
    people = [factories.person(id_number=f"53011319900101{place:04d}") for place in range(number)]
    factories.person(id_number=None)
    return [person.id_number for person in people]


def test_rotation_puts_every_value_under_the_first_key(ring):  # noqa: F811
    ring(key(1))
    numbers = _people(7)
    ring(key(2), key(1))
    assert rotate(batch=3) == 7
    assert _numbers() == [2] * 7
    ring(key(2))
    read = Person.objects.exclude(id_number=None).order_by("id").values_list("id_number", flat=True)
    assert list(read) == numbers


def test_rotation_leaves_an_event_with_the_number_and_no_value(ring):  # noqa: F811
    ring(key(1))
    _people(2)
    ring(key(2), key(1))
    rotate()
    event = Event.objects.latest("id")
    assert (event.subject_kind, event.subject_id, event.after) == ("keyring", "2", {"values": 2})


def test_rotation_killed_half_way_goes_on_where_it_was(ring, monkeypatch):  # noqa: F811
    ring(key(1))
    numbers = _people(7)
    ring(key(2), key(1))
    whole, calls = Person._default_manager.bulk_update, []

    def killed(rows, *arguments, **options):
        calls.append(len(rows))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return whole(rows, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Person._default_manager, "bulk_update", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate(batch=3)
    assert sorted(_numbers()) == [1, 1, 1, 1, 2, 2, 2]
    everything = Person.objects.exclude(id_number=None).order_by("id").values_list("id_number", flat=True)
    assert list(everything) == numbers  # readable in between, under either key
    assert rotate(batch=3) == 4
    assert _numbers() == [2] * 7


def test_rotation_of_what_is_under_the_first_key_changes_nothing(ring):  # noqa: F811
    ring(key(1))
    _people(2)
    assert rotate() == 0


def test_every_encrypted_column_of_the_office_is_known():
    found = sorted(f"{model._meta.label}.{field.name}" for model, field in actions.encrypted_fields())
    wanted = ["registry.Household.bank_account", "registry.Household.phone", "registry.Person.id_number"]
    assert [name for name in found if name.startswith("registry")] == wanted
