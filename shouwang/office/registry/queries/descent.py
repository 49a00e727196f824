"""Which household came from which, and went into which: by splits and merges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from shouwang.office.access.scope import Scope
from shouwang.office.registry.models import Household, HouseholdLink, LifeEvent

HEAVY = ("before__phone", "before__bank_account", "after__phone", "after__bank_account")


@dataclass(frozen=True)
class Kin:
    """Another household and what binds it, in words. `told_until`: what happened to it by then happened to both.

    `household` is None where it lies outside the area of who looks.
    """

    word: str
    on: date
    told_until: date
    household: Household | None
    came_from: bool
    """The one looked at came from it; otherwise it went into it, or this one came out of it."""


def kin_of(scope: Scope, household: Household) -> list[Kin]:
    """The households next to this one, the earliest first; one query."""
    links = _links(Q(before=household) | Q(after=household))
    return [_kin(scope, link, household) for link in links]


def told_of(scope: Scope, kin: Sequence[Kin]) -> Mapping[str, date]:
    """Households whose history is that of this one too, with the last day of it: those next to it, and those they came
    from. Only what lies in the scope.
    """
    found = {row.household.pk: row.told_until for row in kin if row.household}
    above = {row.household.pk for row in kin if row.household and row.came_from}
    while above:
        links = [link for link in _links(Q(after__in=above)) if scope.contains(link.before.area_code)]
        above = {link.before_id for link in links} - found.keys()
        found |= {link.before_id: link.told_until for link in links if link.before_id in above}
    return found


def _links(condition: Q) -> "QuerySet[HouseholdLink]":
    same = LifeEvent.objects.filter(
        household=OuterRef("before"), other_household=OuterRef("after"), kind=OuterRef("kind")
    )
    rows = HouseholdLink.objects.filter(condition).select_related("before", "after").defer(*HEAVY)
    return rows.annotate(told_until=Coalesce(Subquery(same.values("recorded_on")[:1]), "on")).order_by("on", "id")


def _kin(scope: Scope, link: HouseholdLink, looked_at: Household) -> Kin:
    came_from = link.after_id == looked_at.pk
    other = link.before if came_from else link.after
    words = {
        ("split", True): _("由这一户分户而来"),
        ("split", False): _("分出这一户"),
        ("merge", True): _("这一户并入本户"),
        ("merge", False): _("并入这一户"),
    }
    return Kin(
        word=words[link.kind, came_from],
        on=link.on,
        told_until=link.told_until,
        household=other if scope.contains(other.area_code) else None,
        came_from=came_from,
    )
