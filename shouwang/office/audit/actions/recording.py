"""Recording an event, in the transaction of what it tells about."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from shouwang.office.audit.actor import Actor
from shouwang.office.audit.models import Event
from shouwang.office.audit.verbs import Verb
from shouwang.terms.errors import ProgrammingError

READS = (Verb.SEEN, Verb.SEARCHED, Verb.SIGNED_IN, Verb.SIGNED_OUT, Verb.REFUSED, Verb.REVEALED, Verb.EXPORTED)
"""What changes nothing else, and so may stand in a transaction of its own."""


def record(
    verb: Verb,
    *,
    by: Actor,
    subject: tuple[str, str],
    household_id: str = "",
    area_code: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    run: str = "",
    policy: str = "",
) -> Event:
    """Leave an event. `subject` is kind and internal id, e.g. ("case", "17").

    Errors: `ProgrammingError` where a change is recorded outside the transaction that makes it.
    """
    event = event_of(
        verb,
        by=by,
        subject=subject,
        household_id=household_id,
        area_code=area_code,
        before=before,
        after=after,
        run=run,
        policy=policy,
    )
    _inside_its_transaction(event)
    event.save(force_insert=True)
    return event


def record_all(events: Iterable[Event]) -> None:
    """Leave events of many things that happened together, in one query. Errors: as `record`."""
    rows = list(events)
    for event in rows:
        _inside_its_transaction(event)
    Event.objects.bulk_create(rows, batch_size=500)


def _inside_its_transaction(event: Event) -> None:
    if event.verb not in READS and not transaction.get_connection().in_atomic_block:
        raise ProgrammingError(f"事件 {event.verb} 应和它所记的改动在同一事务里 → 在 transaction.atomic() 里调用")


def event_of(
    verb: Verb,
    *,
    by: Actor,
    subject: tuple[str, str],
    household_id: str = "",
    area_code: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    run: str = "",
    policy: str = "",
) -> Event:
    """An event that is not left yet, for `record_all`."""
    kind, identifier = subject
    return Event(
        at=timezone.now(),
        actor_id=by.user_id,
        actor_name=by.name,
        role=by.role,
        actor_area=by.area_code,
        verb=verb,
        subject_kind=kind,
        subject_id=identifier,
        household_id=household_id,
        area_code=area_code,
        before=before,
        after=after,
        run=run,
        policy=policy,
    )
