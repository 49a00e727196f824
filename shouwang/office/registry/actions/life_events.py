"""What happens in a household, one function per kind. Each checks, changes who lives where, and leaves an event."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.registry.actions import living
from shouwang.office.registry.actions.founding import new_household
from shouwang.office.registry.actions.living import HEAD, Told
from shouwang.office.registry.actions.newcomers import Newcomer, person_of
from shouwang.office.registry.actions.replacing import new_sheet, replace
from shouwang.office.registry.models import FACTS, Household, HouseholdLink, LifeEvent, Membership
from shouwang.office.registry.sources import MERGED, MOVED, SPLIT
from shouwang.terms.errors import UserError

Kind, Closing = LifeEvent.Kind, Household.Closing
OF_THE_PLACE = ("register", "housing_grade", "water_safe")
"""Facts that do not depend on who lives there."""
COUNTED = ("members", "has_head")
OF_THE_PEOPLE = tuple(spec.name for spec in FACTS if spec.name not in (*OF_THE_PLACE, *COUNTED))
URBAN = "非农业"


@transaction.atomic
def birth(household: Household, newborn: Newcomer, *, told: Told) -> LifeEvent:
    """A child joins the household on the day of its birth."""
    home = living.hold(household, told)
    living.require_unknown(newborn.id_number)
    person = living.new_person(
        name=newborn.name, id_number=newborn.id_number, sex=newborn.sex, birth_date=newborn.birth_date or told.on
    )
    living.enter(home, person, newborn.relation, told.on)
    living.recount(home, told)
    return living.leave(Kind.BIRTH, home, told, person=person)


@transaction.atomic
def death(household: Household, person_id: str, *, told: Told, new_head: str = "") -> LifeEvent:
    """The person's stay ends. Whoever is left has a head; where nobody is left the household is closed."""
    home = living.hold(household, told)
    stay = living.stay_of(home, person_id)
    living.end(stay, told.on)
    stay.person.died_on = told.on
    stay.person.save(update_fields=["died_on"])
    _after_leaving(home, told, new_head=new_head, closing=Closing.DIED)
    return living.leave(Kind.DEATH, home, told, person=stay.person)


@transaction.atomic
def married_in(household: Household, newcomer: Newcomer, *, told: Told) -> LifeEvent:
    """Somebody joins by marriage."""
    return _joined(Kind.MARRIED_IN, household, newcomer, told)


@transaction.atomic
def moved_in(household: Household, newcomer: Newcomer, *, told: Told) -> LifeEvent:
    """Somebody joins from elsewhere."""
    return _joined(Kind.MOVED_IN, household, newcomer, told)


@transaction.atomic
def married_out(household: Household, person_id: str, *, told: Told, new_head: str = "") -> LifeEvent:
    """Somebody leaves by marriage."""
    return _left(Kind.MARRIED_OUT, household, person_id, told, new_head)


@transaction.atomic
def moved_out(household: Household, person_id: str = "", *, told: Told, new_head: str = "") -> LifeEvent:
    """Somebody leaves; without a person the whole household does, and is closed."""
    if person_id:
        return _left(Kind.MOVED_OUT, household, person_id, told, new_head)
    home = living.hold(household, told)
    for stay in living.open_stays(home):
        living.end(stay, told.on)
    _after_leaving(home, told, new_head="", closing=Closing.MOVED)
    return living.leave(Kind.MOVED_OUT, home, told)


@transaction.atomic
def split(
    household: Household, leaving: Sequence[str], *, told: Told, head_of_new: str, new_head: str = ""
) -> LifeEvent:
    """Some people found a household of their own, with a number of its own; the others keep theirs.

    Nothing that was measured of all of them is said of either. What the county confirmed holds for both until removed:
    `casework.actions.life_events` gives the new one a case to hold it by, in the same transaction.
    """
    home = living.hold(household, told)
    stays = [living.stay_of(home, person_id) for person_id in dict.fromkeys(leaving)]
    if not stays or len(stays) == len(living.open_stays(home)):
        raise UserError(_("分户要有人分出去，也要有人留下"), _("选分出去的人；全户离开的，记迁出"))
    if head_of_new not in [stay.person_id for stay in stays]:
        raise UserError(_("新户要有户主"), _("从分出去的人中选一位"))
    new = new_household(home)
    for stay in stays:
        living.end(stay, told.on)
        living.enter(new, stay.person, HEAD if stay.person_id == head_of_new else "", told.on)
    living.settle_head(home, new_head)
    living.settle_head(new, head_of_new)
    HouseholdLink.objects.create(before=home, after=new, kind="split", on=told.on)
    _new_facts(new, told)
    living.forget(home, OF_THE_PEOPLE, SPLIT, told)
    living.recount(home, told)
    return living.leave(Kind.SPLIT, home, told, other=new)


@transaction.atomic
def merge(household: Household, into: Household, *, told: Told) -> LifeEvent:
    """Everybody moves into another household; this one is closed. The graver confirmed level holds for the other."""
    if household.pk == into.pk:
        raise UserError(_("不能并入自己"), _("选另一户"))
    first, second = sorted((household, into), key=lambda row: row.pk)
    held = {row.pk: row for row in (living.hold(first, told), living.hold(second, told))}
    home, other = held[household.pk], held[into.pk]
    for stay in living.open_stays(home):
        living.end(stay, told.on)
        living.enter(other, stay.person, "", told.on)
    _take_graver_level(home, other)
    living.close(home, Closing.MERGED, told.on)
    HouseholdLink.objects.get_or_create(before=home, after=other, kind="merge", defaults={"on": told.on})
    living.forget(other, OF_THE_PEOPLE, MERGED, told)
    living.recount(other, told)
    living.recount(home, told)
    return living.leave(Kind.MERGE, home, told, other=other)


@transaction.atomic
def new_head(household: Household, person_id: str, *, told: Told) -> LifeEvent:
    """Another member becomes head."""
    home = living.hold(household, told)
    stay = living.stay_of(home, person_id)
    if person_id == home.head_id:
        raise UserError(_("这个人已经是户主"), _("选另一位"))
    living.settle_head(home, person_id)
    living.recount(home, told)
    return living.leave(Kind.NEW_HEAD, home, told, person=stay.person)


@transaction.atomic
def urban_hukou(household: Household, *, told: Told) -> LifeEvent:
    """The household's hukou becomes urban. It stays watched: what it is owed does not end with the word."""
    home = living.hold(household, told)
    if home.hukou == URBAN:
        raise UserError(_("这一户已经是非农业户口"), _("看这一户的经过"))
    home.hukou = URBAN
    home.save(update_fields=["hukou"])
    return living.leave(Kind.URBAN_HUKOU, home, told)


def _joined(kind: str, household: Household, newcomer: Newcomer, told: Told) -> LifeEvent:
    home = living.hold(household, told)
    person = person_of(newcomer)
    living.enter(home, person, newcomer.relation, told.on)
    living.recount(home, told)
    return living.leave(kind, home, told, person=person)


def _left(kind: str, household: Household, person_id: str, told: Told, new_head: str) -> LifeEvent:
    home = living.hold(household, told)
    stay = living.stay_of(home, person_id)
    living.end(stay, told.on)
    _after_leaving(home, told, new_head=new_head, closing=Closing.MOVED)
    return living.leave(kind, home, told, person=stay.person)


def _after_leaving(home: Household, told: Told, *, new_head: str, closing: str) -> None:
    if Membership.objects.filter(household=home, until=None).exists():
        living.settle_head(home, new_head)
    else:
        living.close(home, closing, told.on)
    living.recount(home, told)


def _new_facts(new: Household, told: Told) -> None:
    """Everything is unknown since the split, but what the register says by itself."""
    sheet = new_sheet(new, source=SPLIT)
    replace(sheet, "register", new.register or None, as_of=told.on, source=MOVED, by=told.by, is_verified=False)
    sheet.save()
    living.recount(new, told)


def _take_graver_level(home: Household, other: Household) -> None:
    levels = [(row.confirmed_level, row.confirmed_on) for row in (other, home) if row.confirmed_level is not None]
    if levels:
        other.confirmed_level, other.confirmed_on = min(levels, key=lambda pair: pair[0])
        other.save(update_fields=["confirmed_level", "confirmed_on"])
