"""A whole household moves to another village of the city: it keeps its number, its people and what it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.actions import living
from shouwang.office.registry.actions.living import Told
from shouwang.office.registry.models import Contradiction, Household, LifeEvent, Person
from shouwang.office.registry.sources import RELOCATED
from shouwang.office.web.places import is_village
from shouwang.terms.errors import UserError

LEFT_BEHIND = ("housing_grade", "water_safe")
"""Facts of the old place: nobody has seen the new one yet."""


@transaction.atomic
def move(household: Household, to: str, *, told: Told) -> LifeEvent:
    """Whoever looks after the other village has the household from now on; both sides find the event in their audit.

    Errors: `UserError` for a village there is not, or the one it lives in.
    """
    home = living.hold(household, told)
    if not is_village(to):
        raise UserError(_("没有选迁到哪个村"), _("先选乡镇，再选村"))
    if to == home.area_code:
        raise UserError(_("这一户就在这个村"), _("选迁到的那个村"))
    left = home.area_code
    home.area_code, home.hamlet, home.address = to, "", ""
    home.save(update_fields=["area_code", "hamlet", "address"])
    Contradiction.objects.filter(household=home, kept="").update(area_code=to)
    Person.objects.filter(memberships__household=home, memberships__until=None).update(village=to)
    living.forget(home, LEFT_BEHIND, RELOCATED, told)
    event = living.leave(LifeEvent.Kind.MOVED_WITHIN, home, told)
    for area in (left, to):
        record(
            Verb.CHANGED,
            by=told.by,
            subject=("household", home.pk),
            household_id=home.pk,
            area_code=area,
            before={"area": left},
            after={"area": to},
        )
    return event
