"""A household, who lives in it, and lists of an area."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.privacy.masking import mask_id
from shouwang.office.registry.models import Household, Membership


@dataclass(frozen=True)
class Member:
    """Somebody of a household. Unknown: None, or an empty text. `id_masked` shows area and last four only."""

    person_id: str
    name: str
    relation: str
    is_head: bool
    sex: str
    age: int | None
    health: str
    labour: str
    education: str
    in_school: str
    ethnic: str
    id_masked: str
    since: date | None


def one(scope: Scope, household_id: str) -> Household | None:
    """None where it is not there or lies outside: the same answer."""
    return scope.filter(Household.objects.filter(pk=household_id)).first()


def listed(scope: Scope, *, area_code: str = "", is_closed: bool = False) -> "QuerySet[Household]":
    """Households of an area; page them by area_code and id."""
    inside = scope.narrowed(area_code)
    if inside is None:
        return Household.objects.none()
    return inside.filter(Household.objects.filter(closed_on__isnull=not is_closed))


def members(household: Household, *, on: date) -> list[Member]:
    """Who lives there on a day, the head first, then the eldest."""
    stays = (
        Membership.objects.filter(household=household)
        .filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gt=on))
        .select_related("person")
    )
    found = [_member(stay, household, on) for stay in stays]
    return sorted(found, key=lambda member: (not member.is_head, -(member.age or 0), member.person_id))


def died_in(household: Household, *, on: date) -> list[Member]:
    """Who is recorded as having died in the household, the last first."""
    stays = Membership.objects.filter(household=household, until=F("person__died_on")).select_related("person")
    return [_member(stay, household, on) for stay in stays.order_by("-until", "-id")]


def _member(stay: Membership, household: Household, on: date) -> Member:
    person = stay.person
    return Member(
        person_id=person.pk,
        name=person.name,
        relation=stay.relation,
        is_head=person.pk == household.head_id,
        sex=person.sex,
        age=_age(person.birth_date, on),
        health=person.health,
        labour=person.labour,
        education=person.education,
        in_school=person.in_school,
        ethnic=person.ethnic,
        id_masked=mask_id(person.id_number),
        since=stay.since,
    )


def _age(born: date | None, on: date) -> int | None:
    """Whole years on a day. Unknown: None; also before birth."""
    if born is None or born > on:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
