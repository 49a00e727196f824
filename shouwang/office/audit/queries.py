"""Reads for the auditor: events of a household, a person who acted, a day, a kind of deed; newest first."""

from datetime import date

from django.db.models import Q, QuerySet

from shouwang.office.audit.models import Event
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
        found = found.filter(at__date=on)
    if verb:
        found = found.filter(verb=verb)
    if subject:
        found = found.filter(subject_kind=subject[0], subject_id=subject[1])
    return found.order_by("-id")


CITY = 4
"""Digits of a city's code: its auditor also sees what the office does by itself, over no area."""


def _about(area_prefix: str) -> Q:
    """As ranges, which an index serves; `:` is the character after 9."""
    behind = area_prefix + ":"
    found = Q(area_code__gte=area_prefix, area_code__lt=behind)
    found |= Q(area_code="", actor_area__gte=area_prefix, actor_area__lt=behind)
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
