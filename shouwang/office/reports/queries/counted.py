"""Whether the counts are of the register and publication of today."""

from django.db.models import Max

from shouwang.office.registry.models import FactBatch
from shouwang.office.reports.models import Counting
from shouwang.office.warnings.models import Publication


def mark() -> str:
    """What would be counted now."""
    batch = FactBatch.objects.aggregate(newest=Max("id"))["newest"]
    publication = Publication.objects.aggregate(newest=Max("id"))["newest"]
    return f"{batch or 0}-{publication or 0}"


def last() -> Counting | None:
    """The last count. Unknown: None, nothing was counted yet."""
    return Counting.objects.first()


def is_stale() -> bool:
    counting = last()
    return counting is None or counting.mark != mark()
