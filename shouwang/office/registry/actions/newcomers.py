"""Who joins a household: somebody the register knows by the id number, or somebody new to it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.registry.actions.living import new_person
from shouwang.office.registry.indexes import id_index
from shouwang.office.registry.models import Person
from shouwang.office.registry.spelling import key_of
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Newcomer:
    """As written on the form. Unknown: empty, or None."""

    name: str
    relation: str
    sex: str = ""
    id_number: str = ""
    birth_date: date | None = None


def person_of(newcomer: Newcomer) -> Person:
    """Errors: `UserError` where the id number is known under another name, or leads to two people."""
    index = id_index(newcomer.id_number)
    known = list(Person.objects.select_for_update().filter(id_index=index)[:2]) if index else []
    if len(known) > 1:
        raise UserError(_("登记册里有两个人用这个证件号"), _("先请乡镇核对证件号"))
    if not known:
        return new_person(
            name=newcomer.name, id_number=newcomer.id_number, sex=newcomer.sex, birth_date=newcomer.birth_date
        )
    if known[0].name_key != key_of(newcomer.name):
        raise UserError(_("这个证件号在登记册里是另一个姓名"), _("核对证件号和姓名"))
    return known[0]
