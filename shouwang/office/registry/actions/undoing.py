"""A death that was recorded wrongly is taken back: both the event and its correction stay on record."""

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.registry.actions import living
from shouwang.office.registry.actions.living import HEAD, Told
from shouwang.office.registry.models import Household, LifeEvent, Membership
from shouwang.terms.errors import UserError


@transaction.atomic
def undo_death(household: Household, person_id: str, *, told: Told) -> LifeEvent:
    """The person lives, in the household as before. One that was closed because nobody was left is open again; where it
    was closed for another reason since, the person is in no household until one is said to have taken them in.

    Who was head comes back as head only where nobody else is. Errors: `UserError` where the person is not recorded as
    dead in that household, or no reason is written.
    """
    if not told.note.strip():
        raise UserError(_("没有写更正的原因"), _("写明怎么知道记错了"))
    home = living.hold(household, told, even_closed=True)
    stay = _last_stay(home, person_id)
    stay.person.died_on = None
    stay.person.save(update_fields=["died_on"])
    if not home.closed_on or home.closed_as == Household.Closing.DIED:
        _bring_back(home, stay)
        living.recount(home, told)
    return living.leave(LifeEvent.Kind.DEATH_UNDONE, home, told, person=stay.person)


def _bring_back(home: Household, stay: Membership) -> None:
    others = Membership.objects.filter(household=home, until=None).exists()
    stay.until, stay.relation = None, "" if others and stay.relation == HEAD else stay.relation
    stay.save(update_fields=["until", "relation"])
    home.closed_on, home.closed_as = None, ""
    home.save(update_fields=["closed_on", "closed_as"])
    if not others:
        living.settle_head(home, stay.person_id)


def _last_stay(home: Household, person_id: str) -> Membership:
    stay = (
        Membership.objects.select_for_update(of=("self",))
        .filter(household=home, person_id=person_id, person__died_on__isnull=False, until__isnull=False)
        .select_related("person")
        .order_by("-until", "-id")
        .first()
    )
    if stay is None or stay.until != stay.person.died_on:
        raise UserError(_("登记册没有记这个人在这一户死亡"), _("在死亡时所在的那一户更正"))
    return stay
