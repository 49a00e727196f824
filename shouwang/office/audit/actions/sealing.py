"""The one sealer: chains what has been recorded, so that no writer ever waits for the writer before."""

from django.db import connection, transaction
from django.utils import timezone

from shouwang.office.audit.chain import FIELDS, GENESIS, link
from shouwang.office.audit.models import Event, Seal

BATCH = 2_000
LOCK = 5_301_001
"""Any number of ours: PostgreSQL's advisory lock of the sealer."""


def seal(batch: int = BATCH) -> int:
    """Seal the events that stand unsealed, in order of their numbers; those of transactions that end late follow in a
    later round. Returns how many were sealed. A second sealer at the same time seals nothing."""
    with transaction.atomic():
        if not _is_alone():
            return 0
        last = Seal.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, GENESIS)
        seals = []
        for event in Event.objects.filter(seal=None).order_by("id").values(*FIELDS)[:batch]:
            number += 1
            digest = link(number, previous, event)
            seals.append(
                Seal(number=number, event_id=event["id"], previous_hash=previous, hash=digest, sealed_at=timezone.now())
            )
            previous = digest
        Seal.objects.bulk_create(seals, batch_size=500)
        return len(seals)


def seal_all() -> int:
    """Seal until nothing is left."""
    total = 0
    while done := seal():
        total += done
    return total


def _is_alone() -> bool:
    """SQLite lets one writer in at a time by itself."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
