"""Working out, after publishing, what would change each warning: it takes the longest of all that a page tells."""

from collections.abc import Callable

from shouwang.office.warnings.models import Warning
from shouwang.office.warnings.queries.explaining import explanation

Step = Callable[[str, float | None], None]
BATCH = 100


def explain_all(publication: int, *, step: Step) -> int:
    """Fill in `changes` where it is not known yet, the most urgent first. Safe to run again. Returns how many.

    It leaves no event: nothing is decided, only reckoned from what the warning keeps.
    """
    waiting = Warning.objects.filter(publication_id=publication, changes__isnull=True).order_by("urgency", "id")
    total, done = waiting.count(), 0
    while rows := list(waiting.select_related("publication__policy").defer("publication__policy__frozen")[:BATCH]):
        for row in rows:
            row.changes = [list(said) for said in explanation(row).changes]
        Warning.objects.bulk_update(rows, ["changes"])
        done += len(rows)
        step("推算怎样会变", done / total)
    return done
