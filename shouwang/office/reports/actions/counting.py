"""Counting households and people of every area, all or none."""

from collections import defaultdict

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from shouwang.office.access.scope import WHOLE_COUNTRY
from shouwang.office.audit.actor import Actor
from shouwang.office.registry.models import Household
from shouwang.office.reports.models import AreaCount, Counting
from shouwang.office.reports.queries.counted import is_stale, mark
from shouwang.office.web import jobs
from shouwang.office.web.models import Job

LEVELS = (4, 6, 9, 12)
"""Lengths of code prefixes: city, county, town, village."""
KIND = "count-areas"
Tally = dict[tuple[str, str], list[int]]


@transaction.atomic
def count_all() -> int:
    """Count the whole register anew and put the counts in place of the old. Returns how many rows there are.

    For the end of a load and for the job; one pass over the households.
    """
    now = mark()
    tally: Tally = defaultdict(lambda: [0, 0])
    for row in _grouped():
        _add(tally, row)
    AreaCount.objects.all().delete()
    AreaCount.objects.bulk_create(
        [
            AreaCount(area=area, parent=_parent(area), kind=kind, households=households, people=people)
            for (area, kind), (households, people) in tally.items()
        ],
        batch_size=500,
    )
    Counting.objects.update_or_create(pk=1, defaults={"mark": now})
    return len(tally)


def _grouped():
    """Households still there, by village, register and what the screening said."""
    rows = WHOLE_COUNTRY.filter(Household.objects.filter(closed_on=None))
    return (
        rows.order_by()
        .values("area_code", "register", "suspected_level", "suspected_status")
        .annotate(households=Count("id"), people=Coalesce(Sum("member_count"), 0))
        .iterator()
    )


def _add(tally: Tally, row: dict[str, object]) -> None:
    kinds = [AreaCount.Kind.ALL.value]
    if row["register"] in (Household.Register.EXITED, Household.Register.REGISTERED):
        kinds.append(AreaCount.Kind.POOR_REGISTER.value)
    if row["suspected_level"]:
        kinds.append(f"level-{row['suspected_level']}")
    elif row["suspected_status"] in (AreaCount.Kind.UNVERIFIED, AreaCount.Kind.UNASSESSED):
        kinds.append(str(row["suspected_status"]))
    for length in LEVELS:
        for kind in kinds:
            sums = tally[str(row["area_code"])[:length], kind]
            sums[0] += row["households"]
            sums[1] += row["people"]


def _parent(area: str) -> str:
    return next((area[:length] for length in reversed(LEVELS) if length < len(area)), "")


def ask_where_stale(*, by: Actor) -> bool:
    """Start a count where the register or the newest publication is not the one that was counted.

    Returns whether the counts are old, or there are none yet. A count that is on its way is not asked for twice.
    """
    if not is_stale():
        return False
    on_its_way = Job.objects.filter(kind=KIND, state__in=(Job.State.WAITING, Job.State.RUNNING))
    if not on_its_way.exists():
        jobs.start(KIND, by=by)
    return True
