"""Reads for the auditor: events of a household, a person who acted, a day, a kind of deed; newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from shouwang.office.audit.models import Event, Seal
from shouwang.office.audit.verbs import Verb


def events(
    area_prefix: str,
    *,
    household_id: str = "",
    actor_id: str = "",
    on: date | None = None,
    verb: str = "",
    subject: tuple[str, str] | None = None,
) -> QuerySet[Event]:
    """Events about the area, or done by people of the area; with every filter that is given."""
    found = Event.objects.filter(_about(area_prefix))
    if household_id:
        found = found.filter(household_id=household_id)
    if actor_id:
        found = found.filter(actor_id=actor_id)
    if on:
        found = found.filter(at__gte=_start(on), at__lt=_start(on + timedelta(days=1)))
    if verb:
        found = found.filter(verb=verb)
    if subject:
        found = found.filter(subject_kind=subject[0], subject_id=subject[1])
    return found.annotate(seal_number=F("seal__number"), seal_hash=F("seal__hash")).order_by("-id")


@dataclass(frozen=True)
class Head:
    """The last seal of a day: whoever keeps its hash elsewhere can prove later that the chain was not made anew."""

    day: date
    number: int
    hash: str


def heads(*, on: date, days: int) -> list[Head]:
    """The head of each day back from a day; a day on which nothing was sealed has none. Newest first."""
    found = []
    for back in range(days):
        day = on - timedelta(days=back)
        rows = Seal.objects.filter(sealed_at__gte=_start(day), sealed_at__lt=_start(day + timedelta(days=1)))
        if last := rows.order_by("-sealed_at", "-number").first():
            found.append(Head(day, last.number, last.hash))
    return found


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


CITY, VILLAGE = 4, 12
"""Digits of a city's code: its auditor also sees what the office does by itself, over no area."""


def _about(area_prefix: str) -> Q:
    """As ranges of digits, which an index serves and no collation moves."""
    last = area_prefix.ljust(VILLAGE, "9")
    found = Q(area_code__gte=area_prefix, area_code__lte=last)
    found |= Q(area_code="", actor_area__gte=area_prefix, actor_area__lte=last)
    return found | Q(area_code="", actor_area="") if len(area_prefix) <= CITY else found


def decisions(area_prefix: str) -> QuerySet[Event]:
    return events(area_prefix, verb=Verb.DECIDED)


def of_household(household_id: str, limit: int) -> list[Event]:
    """The newest changes of one household, without mere sights."""
    return list(
        Event.objects.filter(household_id=household_id)
        .exclude(verb__in=(Verb.SEEN, Verb.SEARCHED))
        .order_by("-id")[:limit]
    )
