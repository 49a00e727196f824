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
    return answer_all([household_id], on=on)


@transaction.atomic
def answer_all(households: Collection[str], *, on: date) -> int:
    """The same for many households at once, in as many queries as for one. Notes count from the first warning at work:
    what was noted before it spoke of something else.
    """
    rows = Warning.objects.select_for_update().filter(household_id__in=households).order_by("publication_id", "id")
    at_work = rows.filter(state__in=(Warning.State.OPEN, Warning.State.JOINED))
    found = list(at_work.values_list("id", "household_id", "publication_id"))
    if not found:
        return 0
    first: dict[str, int] = {}
    for _warning, home, publication in found:
        first.setdefault(home, publication)
    noted = rows.filter(state=Warning.State.NOTE, level__isnull=False, household_id__in=first)
    notes = [
        number
        for number, home, publication in noted.values_list("id", "household_id", "publication_id")
        if publication >= first[home]
    ]
    ids = [*notes, *(number for number, _home, _publication in found)]
    parts = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    answered = {"state": Warning.State.ANSWERED, "answered_on": on}
    return sum(Warning.objects.filter(pk__in=part).update(**answered) for part in parts)
