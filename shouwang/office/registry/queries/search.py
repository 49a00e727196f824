"""Finding a household by what somebody has of it: its number, an id number, a phone, a name, pinyin; or its village."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from shouwang.office.access.scope import Scope
from shouwang.office.registry.coded import coded
from shouwang.office.registry.indexes import id_index, phone_index
from shouwang.office.registry.models import Household, Membership, Person
from shouwang.office.registry.spelling import key_of, typed_pinyin
from shouwang.office.web.places import tree
from shouwang.screening.linkage.names import is_han
from shouwang.terms.writing import plain

LIMIT = 50
SLACK = 4
"""So many times the households that are shown are looked through: some people live in one, some have left."""
SHOWN = ("area_code", "head_id", "head_name", "suspected_level", "suspected_status", "confirmed_level")
"""What a household found is shown with."""
LAST = "\U0010ffff"
"""Stands behind every text that begins alike."""
LETTERS_OF_A_START = 8
"""So many letters of pinyin before a name is completed: fewer would begin a tenth of all names."""


@dataclass(frozen=True)
class Found:
    """A household, and by what it was found."""

    household: Household
    because: str


def search(scope: Scope, text: str, *, limit: int = LIMIT) -> list[Found]:
    """Households of the area that fit, the surest kind of fit alone. What was searched for is written nowhere."""
    text = text.strip()
    if len(text) < 2:
        return []
    for ask in (_by_number, _by_id_number, _by_phone, _by_name, _by_pinyin):
        if found := ask(scope, text, limit):
            return found
    return []


def _by_number(scope: Scope, text: str, limit: int) -> list[Found]:
    rows = scope.filter(Household.objects.filter(pk__in=(text, text.upper())))
    return [Found(row, _("户编号")) for row in rows[:limit]]


def _by_id_number(scope: Scope, text: str, limit: int) -> list[Found]:
    if not re.fullmatch(r"[0-9０-９xXｘＸ\s]{15,40}", text):
        return []
    return _of_people(scope, "id_index", id_index(text), limit, because=_("证件号"))


def _by_phone(scope: Scope, text: str, limit: int) -> list[Found]:
    if not re.fullmatch(r"[0-9\s+()-]{7,20}", text):
        return []
    rows = scope.filter(Household.objects.filter(phone_index=phone_index(text)))
    return [Found(row, _("电话")) for row in rows.order_by("id")[:limit]]


def _by_name(scope: Scope, text: str, limit: int) -> list[Found]:
    key = key_of(text)
    if len(key) < 2 or not any(map(is_han, key)):
        return []
    return _of_people(scope, "name_key", key, limit) or _of_people(scope, "name_key", key, limit, is_start=True)


def _by_pinyin(scope: Scope, text: str, limit: int) -> list[Found]:
    sound = typed_pinyin(text)
    if len(sound) < 3 or any(character.isdigit() or is_han(character) for character in text):
        return []
    found = _of_people(scope, "pinyin", sound, limit)
    if found or len(sound) < LETTERS_OF_A_START:
        return found
    return _of_people(scope, "pinyin", sound, limit, is_start=True)


def _of_people(
    scope: Scope, column: str, text: str, limit: int, *, is_start: bool = False, because: str = ""
) -> list[Found]:
    """Households in which somebody lives whose `column` is the text or begins with it, the head's own first."""
    asked = {f"{column}__gte": text, f"{column}__lt": text + LAST} if is_start else {column: text}
    people = Person.objects.filter(**asked)
    if column != "id_index":
        people = people.filter(scope.q("village"))
    stays = Membership.objects.filter(person_id__in=people.values("pk")[: SLACK * limit], until=None)
    stays = stays.select_related("household", "person")
    stays = stays.only("relation", "person__name", *(f"household__{name}" for name in SHOWN))
    rows = scope.filter(stays, "household__area_code")[:limit]
    found: dict[str, Found] = {}
    for row in sorted(rows, key=lambda row: (row.person_id != row.household.head_id, row.household_id)):
        said = because or _("%(name)s，%(relation)s") % {
            "name": row.person.name,
            "relation": coded(row.relation, "relation") or _("家人"),
        }
        found.setdefault(row.household_id, Found(row.household, said))
    return list(found.values())


def villages_called(scope: Scope, text: str) -> list[str]:
    """Codes of the villages of the area that are called so, with or without the ending. Their households are a list."""
    return [code for code in _villages().get(_village_key(text), ()) if scope.contains(code)]


@cache
def _villages() -> dict[str, tuple[str, ...]]:
    """Village by folded name, with and without the ending."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in _named():
        for key in {plain(name), _village_key(name)}:
            found[key] = (*found.get(key, ()), code)
    return found


def _named() -> Iterable[tuple[str, str]]:
    for village in tree().villages():
        yield str(village.code), village.name


def _village_key(name: str) -> str:
    """`汤丹村委会` and `汤丹村` are one."""
    return re.sub(r"(村民委员会|居民委员会|村委会|居委会|社区|村)$", "", plain(name)) or plain(name)
