"""Rows in bulk: insert, merge, update."""

import pytest

from shouwang.office.registry import bulk
from shouwang.office.registry.models import Household, Person
from shouwang.terms.errors import ProgrammingError
from tests.unit.office.factories import VILLAGE, household

COLUMNS = (
    "id",
    "area_code",
    "hamlet",
    "address",
    "register",
    "hukou",
    "head_id",
    "head_name",
    "member_count",
    "phone_index",
)


def row(number, hamlet):
    return (number, VILLAGE, hamlet, "", "exited", "", "", "", 0, "")


@pytest.mark.django_db
def test_insert_and_merge_and_update():
    told = []
    assert bulk.insert(Household, COLUMNS, [row("A", "一组"), row("B", "一组")], step=told.append) == 2
    assert bulk.merge(Household, COLUMNS, [row("B", "二组"), row("C", "二组")]) == 2
    assert bulk.update(Household, ("id", "hamlet"), [("A", "三组"), ("nobody", "三组")]) == 1

    assert dict(Household.objects.values_list("id", "hamlet")) == {"A": "三组", "B": "二组", "C": "二组"}
    assert told == [2]


@pytest.mark.django_db
def test_indexes_are_there_again():
    from django.db import connection

    def indexes():
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, Person._meta.db_table))

    before = indexes()
    with bulk.without_indexes(Person):
        assert "person_by_name" not in indexes()
    assert indexes() == before


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_refused():
    household()
    with pytest.raises(ProgrammingError, match="要在一个事务里"):
        bulk.insert(Household, COLUMNS, [row("A", "")])
