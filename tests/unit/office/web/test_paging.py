"""Pages by key: every row once, in order, from any mark."""

import pytest
from django.http import QueryDict

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.audit.models import Event
from shouwang.office.audit.verbs import Verb
from shouwang.office.web.paging import page

pytestmark = pytest.mark.django_db
KINDS = ["a", "b", "b", "b", "c", "c", "d"]


@pytest.fixture(autouse=True)
def _rows():
    for kind in KINDS:
        record(Verb.CHANGED, by=SYSTEM, subject=(kind, ""))


def _walk(keys: tuple[str, ...], size: int) -> list[list[Event]]:
    pages, query = [], QueryDict("verb=changed")
    while True:
        found = page(Event.objects.all(), query, keys=keys, size=size)
        pages.append(list(found.rows))
        if not found.next:
            return pages
        query = QueryDict(found.next)
        assert query["verb"] == "changed"


@pytest.mark.parametrize("keys", [("-id",), ("id",), ("subject_kind", "id"), ("-subject_kind", "id")])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_row_stands_on_one_page_in_order(keys, size):
    rows = [row for rows in _walk(keys, size) for row in rows]
    assert rows == list(Event.objects.order_by(*keys))


def test_last_page_that_is_just_full_has_no_next():
    assert [len(rows) for rows in _walk(("id",), 7)] == [7]


def test_page_after_the_first_leads_back_to_the_start():
    first = page(Event.objects.all(), QueryDict("verb=x"), keys=("id",), size=3)
    second = page(Event.objects.all(), QueryDict(first.next), keys=("id",), size=3)
    assert (first.previous, second.previous) == ("", "verb=x")


@pytest.mark.parametrize("mark", ["after=abc", "after=", "after=1&after=2", "after=99999999999999999999999"])
def test_mark_that_cannot_be_read_is_the_start_or_beyond_the_end(mark):
    found = page(Event.objects.all(), QueryDict(mark), keys=("id",), size=3)
    assert len(found.rows) in (0, 3)


def test_mark_of_a_time_that_cannot_be_read_is_the_start():
    assert len(page(Event.objects.all(), QueryDict("after=x&after=1"), keys=("at", "id"), size=3).rows) == 3


@pytest.mark.django_db
def test_page_is_one_query_however_far(django_assert_num_queries):
    mark = Event.objects.order_by("id")[4].pk
    with django_assert_num_queries(1):
        page(Event.objects.all(), QueryDict(f"after={mark}"), keys=("id",), size=2)
