"""Showing an encrypted value: a deliberate act that leaves an event; and rotating keys."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.privacy.fields import EncryptedField
from shouwang.office.privacy.keys import keyring

BATCH = 5_000


def reveal(
    row: models.Model, field: str, *, by: Actor, household_id: str = "", area_code: str = "", reason: str = ""
) -> str | None:
    """The value in clear, and an event that says who asked, for whom, which field, and why. Unknown: None."""
    record(
        Verb.REVEALED,
        by=by,
        subject=(row._meta.model_name or "", str(row.pk)),
        household_id=household_id,
        area_code=area_code,
        after={"field": field, "reason": reason},
    )
    value = getattr(row, field)
    return None if value is None else str(value)


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedField]]:
    """Every encrypted column of the office."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedField):
                yield model, field


def rotate(batch: int = BATCH) -> int:
    """Encrypt anew, in batches, what is not under the current key; can be stopped and run again. Returns how many."""
    total = sum(_rotate_column(model, field, batch) for model, field in encrypted_fields())
    with transaction.atomic():
        record(Verb.CHANGED, by=SYSTEM, subject=("keyring", str(keyring().current)), after={"values": total})
    return total


def _rotate_column(model: type[models.Model], field: EncryptedField, batch: int) -> int:
    """Walks the table once in order of its key: a batch never looks again at what stands before it."""
    current = bytes([keyring().current])
    stale = model._default_manager.exclude(**{field.name: None}).extra(
        where=[f"substr({field.column}, 1, 1) <> %s"], params=[current]
    )
    total, last = 0, None
    while True:
        ahead = stale if last is None else stale.filter(pk__gt=last)
        with transaction.atomic():
            rows = list(ahead.order_by("pk").only("pk", field.name).select_for_update()[:batch])
            model._default_manager.bulk_update(rows, [field.name], batch_size=500)
        if not rows:
            return total
        total, last = total + len(rows), rows[-1].pk
