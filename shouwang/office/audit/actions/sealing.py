"""The one sealer: chains what has been recorded, so that no writer ever waits for the writer before."""

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from shouwang.office.audit.chain import FIELDS, GENESIS, link
from shouwang.office.audit.models import Event, Seal

BATCH = 2_000
LOCK = 5_301_001
"""Any number of ours: PostgreSQL's advisory lock of the sealer."""


LOOK_BACK = 50_000
"""Events behind the last sealed one in which a round looks for those whose transaction ended late."""


def seal(batch: int = BATCH, *, is_whole: bool = False) -> int:
    """Seal the events that stand unsealed, in order of their numbers; those of transactions that end late follow in a
    later round. Returns how many were sealed. A second sealer at the same time seals nothing.

    `is_whole` looks at all events ever, and not only a little behind the last sealed one.
    """
    if not _waiting(is_whole).exists():
        return 0  # and nobody's write waited for us
    with transaction.atomic():
        if not _is_alone():
            return 0
        last = Seal.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, GENESIS)
        seals = []
        for event in _waiting(is_whole).order_by("id").values(*FIELDS)[:batch]:
            number += 1
            digest = link(number, previous, event)
            seals.append(
                Seal(number=number, event_id=event["id"], previous_hash=previous, hash=digest, sealed_at=timezone.now())
            )
            previous = digest
        Seal.objects.bulk_create(seals, batch_size=500)
        return len(seals)


def seal_all(*, is_whole: bool = True) -> int:
    """Seal until nothing is left."""
    total = 0
    while done := seal(is_whole=is_whole):
        total += done
    return total


def _waiting(is_whole: bool) -> "QuerySet[Event]":
    rows = Event.objects.filter(seal=None)
    if is_whole:
        return rows
    furthest = Seal.objects.aggregate(at=Max("event_id"))["at"] or 0
    return rows.filter(id__gt=furthest - LOOK_BACK)


def _is_alone() -> bool:
    """SQLite lets one writer in at a time by itself."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
