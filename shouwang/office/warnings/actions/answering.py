"""What casework does with warnings: a case takes them up, joins later ones, answers them when it is closed."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from shouwang.office.warnings.models import Warning

BATCH = 900


@transaction.atomic
def join(warnings: Collection[int]) -> int:
    """Say of open warnings that they joined a case that is open already. Returns how many."""
    ids = sorted(warnings)
    parts = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    rows = Warning.objects.filter(state=Warning.State.OPEN)
    return sum(rows.filter(pk__in=part).update(state=Warning.State.JOINED) for part in parts)


@transaction.atomic
def answer(household_id: str, *, on: date) -> int:
    """A case of this household ended: its warnings are answered; the same rules with the same values are no new clue.

    The event is left by the case that ends. Returns how many.
    """
    rows = Warning.objects.select_for_update().filter(household_id=household_id)
    at_work = rows.filter(state__in=(Warning.State.OPEN, Warning.State.JOINED))
    first = at_work.order_by("publication_id").values_list("publication_id", flat=True).first()
    if first is None:
        return 0
    notes = rows.filter(state=Warning.State.NOTE, level__isnull=False, publication_id__gte=first)
    count = notes.update(state=Warning.State.ANSWERED, answered_on=on)
    return count + at_work.update(state=Warning.State.ANSWERED, answered_on=on)
