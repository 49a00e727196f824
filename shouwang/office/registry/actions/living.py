"""The steps life events are made of: holding a household, ending and opening a stay, a head, a count, an event."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.actions.replacing import held_sheet, replace
from shouwang.office.registry.indexes import id_index
from shouwang.office.registry.models import Household, LifeEvent, Membership, Person
from shouwang.office.registry.sources import MOVED
from shouwang.office.registry.spelling import spellings
from shouwang.office.web.days import not_before, not_long_ago
from shouwang.terms.errors import UserError

HEAD = "户主"


@dataclass(frozen=True)
class Told:
    """How an event came: the day it happened, the day it is recorded, by whom, with what note, by which form."""

    on: date
    recorded_on: date
    by: Actor
    note: str = ""
    form_number: str = ""


def hold(household: Household, told: Told, *, even_closed: bool = False) -> Household:
    """The household, locked.

    Errors: `UserError` where it is out of area or closed, the day lies ahead or many years back, or the form came
    before.
    """
    if told.on > told.recorded_on:
        raise UserError(_("日期在今天之后"), _("写事情发生的那一天；还没有发生的，发生后再记"))
    not_long_ago(told.on, on=told.recorded_on, within="event_told_within")
    if told.form_number and LifeEvent.objects.filter(form_number=told.form_number).exists():
        raise UserError(_("这张表已经记过，没有再记一次"), _("看这一户的经过"))
    row = Household.objects.select_for_update().filter(pk=household.pk, area_code__startswith=told.by.area_code).first()
    if row is None:
        raise UserError(_("没有这一户，或不在您的范围内"), _("从农户列表重新进入"))
    if row.closed_on and not even_closed:
        raise UserError(_("这一户已经关闭，不能再记变动"), _("看它后来到了哪一户"))
    return row


def open_stays(household: Household) -> list[Membership]:
    """Who lives there now, locked."""
    return list(Membership.objects.select_for_update().filter(household=household, until=None).order_by("id"))


def stay_of(household: Household, person_id: str) -> Membership:
    """Errors: `UserError` where the person does not live in the household."""
    stay = Membership.objects.select_for_update().filter(household=household, person_id=person_id, until=None).first()
    if stay is None:
        raise UserError(_("这个人现在不在这一户"), _("刷新页面，看家里人有谁"))
    return stay


def end(stay: Membership, on: date) -> None:
    """Errors: `UserError` where the stay began later, or the person was born later."""
    _born_by(stay.person, on)
    if stay.since and on < stay.since:
        raise UserError(_("日期早于这个人进入本户的日期"), _("核对日期"))
    stay.until = on
    stay.save(update_fields=["until"])


def enter(household: Household, person: Person, relation: str, on: date) -> None:
    """Errors: `UserError` where the person is in a household already, this one or another, died, or was born later."""
    now_in = Membership.objects.select_for_update().filter(person=person, until=None).first()
    if now_in is not None:
        here = now_in.household_id == household.pk
        raise UserError(
            _("这个人已经在这一户") if here else _("这个人还是另一户的成员，一个人同时只能在一户"),
            _("看家里人") if here else _("先请那一户所在的村记迁出或婚出"),
        )
    if person.died_on:
        raise UserError(_("登记册记着这个人已经死亡"), _("核对证件号；死亡记错了的，请乡镇更正"))
    _born_by(person, on)
    Membership.objects.create(person=person, household=household, relation=relation, since=on)
    person.village = household.area_code
    person.save(update_fields=["village"])


def _born_by(person: Person, on: date) -> None:
    if person.birth_date:
        not_before(on, since=person.birth_date, began=_("这个人出生"))


def new_person(*, name: str, id_number: str, sex: str, birth_date: date | None) -> Person:
    """Somebody the register does not know. Unknown: empty, or None."""
    written = " ".join(name.split())
    spelling = spellings([written])[written]
    return Person.objects.create(
        id=f"P{uuid.uuid4().hex}",
        name=written,
        name_key=spelling.key,
        pinyin=spelling.pinyin,
        id_number=id_number.strip() or None,
        id_index=id_index(id_number),
        sex=sex,
        birth_date=birth_date,
    )


def require_unknown(id_number: str) -> None:
    """Errors: `UserError` where the register has somebody of this id number: a child is born once."""
    index = id_index(id_number)
    if index and Person.objects.filter(id_index=index).exists():
        raise UserError(_("登记册里已经有人用这个证件号"), _("核对证件号；孩子已在登记册里的，记迁入"))


def settle_head(household: Household, new_head: str) -> None:
    """Whoever is left needs a head; nobody left closes nothing here. Errors: `UserError` where one is needed."""
    stays = {stay.person_id: stay for stay in open_stays(household)}
    if not stays or (household.head_id in stays and not new_head):
        return
    if new_head not in stays:
        raise UserError(_("户主不在了，家里还有人：要有新户主"), _("从家里人中选一位作户主"))
    former = stays.get(household.head_id)
    if former is not None and former.person_id != new_head:
        former.relation = ""
        former.save(update_fields=["relation"])
    stays[new_head].relation = HEAD
    stays[new_head].save(update_fields=["relation"])
    household.head_id, household.head_name = new_head, Person.objects.only("name").get(pk=new_head).name
    household.save(update_fields=["head_id", "head_name"])


def close(household: Household, closing: str, on: date) -> None:
    household.closed_on, household.closed_as = on, closing
    household.save(update_fields=["closed_on", "closed_as"])


def recount(household: Household, told: Told) -> None:
    """The household's number of people, and the facts that only count them."""
    household.member_count = Membership.objects.filter(household=household, until=None).count()
    household.save(update_fields=["member_count"])
    sheet = held_sheet(household)
    has_head = Membership.objects.filter(household=household, until=None, person_id=household.head_id).exists()
    for fact, text in (("members", str(household.member_count)), ("has_head", "yes" if has_head else "no")):
        replace(sheet, fact, text, as_of=told.on, source=MOVED, by=told.by, is_verified=False)
    sheet.save()


def forget(household: Household, facts: Iterable[str], source: str, told: Told) -> None:
    """Make facts unknown that spoke of other people than now live there; they are never carried over as if measured."""
    sheet = held_sheet(household)
    for fact in facts:
        replace(sheet, fact, None, as_of=told.on, source=source, by=told.by, is_verified=False)
    sheet.save()


def leave(
    kind: str, household: Household, told: Told, *, person: Person | None = None, other: Household | None = None
) -> LifeEvent:
    """The event itself and its trace. Must be the last step."""
    event = LifeEvent.objects.create(
        kind=kind,
        household=household,
        other_household=other,
        person=person,
        on=told.on,
        note=told.note,
        recorded_on=told.recorded_on,
        recorded_by=told.by.user_id,
        recorded_by_name=told.by.name,
        form_number=told.form_number or None,
    )
    record(
        Verb.CHANGED,
        by=told.by,
        subject=("life-event", str(event.pk)),
        household_id=household.pk,
        area_code=household.area_code,
        after={
            "kind": kind,
            "on": str(told.on),
            "person": person.pk if person else None,
            "other": other.pk if other else None,
            "members": household.member_count,
        },
    )
    return event
