"""Every address × every role, with an object inside the area and one in a foreign county that could leak.

New addresses are found by themselves: one whose view asks for no permission, or whose arguments nobody here knows how
to make, fails until it is named below with its reason.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from shouwang.office.access.permissions import Permission
from shouwang.office.access.roles import ROLES
from shouwang.office.registry.models import Household
from tests.unit.office import factories
from tests.unit.office.world import ARGUMENTS, OF_THE_PAGE, World

pytestmark = pytest.mark.django_db
OPEN = {
    "first": "sends everybody to their own first page",
    "sign-in": "the door",
    "sign-out": "the door",
    "second-factor": "the door",
    "choose-role": "shows one's own roles",
    "set-language": "a cookie",
    "job": "shows only who started it: tests of the web",
    "health": "for the machine",
    "metrics": "for the machine itself: tests of the web",
    "my-account": "one's own",
    "my-password": "one's own",
    "my-second-factor": "one's own",
}
"""Addresses without a permission, and why."""
OF_OWN_TESTS = {
    "deliveries:one": "one's own department's files",
    "deliveries:agree": "one's own department's files",
    "deliveries:reply": "one's own department's files",
    "deliveries:doubt": "needs a city on disk",
    "warnings:preview": "needs a run on disk",
    "warnings:publish": "needs a run on disk",
    "warnings:publication": "publications are of the whole city",
    "audit:exported": "needs an export that is done",
}
"""Addresses whose object is no row of an area: who may not open them is asked here, the rest in tests of the room."""
WHOLE = {"policy-one": "policies are the same for everybody"}
"""Addresses with an argument that is nobody's."""
AREA = {4: factories.DONGCHUAN, 6: factories.DONGCHUAN, 9: factories.TANGDAN, 12: factories.VILLAGE}
REFUSED, NOT_THERE, NOT_SO = 403, 404, 405
FOREIGN = "欧阳外县"
"""What everybody of the foreign village is called."""
TELLING = {
    "audit:events",
    "cases:assigning",
    "cases:decisions",
    "cases:help-measures",
    "cases:help-payments",
    "cases:help-payments-export",
    "cases:levels",
    "cases:list",
    "households",
    "households-find",
    "registry:contradictions",
    "today",
    "warnings:export",
    "warnings:list",
    "warnings:suppressions",
    "warnings:to_verify",
    "warnings:to_verify_export",
}
"""Lists that must show the foreign village to its own county, or a test of what they hide could not fail."""


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple[str, ...]
    permission: Permission | None


@cache
def addresses() -> tuple[Address, ...]:
    """Every named address of the site."""
    return tuple(sorted(_walk(get_resolver().url_patterns, ""), key=lambda address: address.name))


def _walk(patterns: list, room: str) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            name = f"{room}{pattern.name}"
            permission = getattr(pattern.callback, "permission", None)
            yield Address(name, tuple(pattern.pattern.converters), permission)
        else:
            inner = f"{room}{pattern.app_name}:" if pattern.app_name else room
            for address in _walk(pattern.url_patterns, inner):
                outer = tuple(pattern.pattern.converters)
                yield Address(address.name, outer + address.arguments, address.permission)


def test_every_address_asks_for_a_permission_or_says_why_not():
    without = {address.name for address in addresses() if address.permission is None}
    assert without == set(OPEN)


def test_every_address_can_be_made():
    unknown = [
        f"{address.name} <{argument}>"
        for address in addresses()
        for argument in address.arguments
        if argument not in ARGUMENTS and address.name not in {*OF_THE_PAGE, *OF_OWN_TESTS, *OPEN}
    ]
    assert unknown == []


def test_named_exceptions_are_addresses_of_the_site():
    names = {address.name for address in addresses()}
    assert {*OPEN, *OF_OWN_TESTS, *WHOLE, *OF_THE_PAGE} - names == set()


def _path(address: Address, world: World) -> str:
    makers = ARGUMENTS | OF_THE_PAGE.get(address.name, {})
    known = {name: makers[name](world) for name in address.arguments}
    return reverse(address.name, kwargs=known)


def _nowhere(address: Address) -> str:
    """An address of an object that is not there."""
    kinds = {"number": 10**9, "as_of": "2020-06-30", "folder": "run-x"}
    known = {name: kinds.get(name, 10**9 if name.endswith("_id") else "x") for name in address.arguments}
    return reverse(address.name, kwargs=known)


def _answer(client: Client, path: str) -> int:
    """What a page says to a look, or to an empty form where it takes nothing else."""
    status, _ = _looked(client.get(path))
    return status if status != NOT_SO else _looked(client.post(path))[0]


def _looked(answer: HttpResponse) -> tuple[int, str]:
    """The status of an answer and all it says; of a workbook what is in it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return answer.status_code, content.decode("utf-8", "replace")


def _area(role: str) -> str:
    return AREA[min(ROLES[role].levels, key=lambda level: (level < 6, level))]


GATED = [address for address in addresses() if address.permission is not None]


@pytest.mark.parametrize("role", ROLES)
def test_role_opens_what_it_may_in_its_area_and_nothing_else(role: str):
    client, inside = factories.client_of(role, _area(role)), World(factories.VILLAGE)
    client.raise_request_exception = False
    foreign = World(factories.FOREIGN_VILLAGE)
    faults = []
    for address in GATED:
        may = address.permission in ROLES[role].permissions
        if address.name in OF_OWN_TESTS:
            if not may and _answer(client, _nowhere(address)) != REFUSED:
                faults.append(f"{address.name}: not refused")
            continue
        status = _answer(client, _path(address, inside))
        if (status == REFUSED) is may or status == NOT_THERE or status >= 500:
            faults.append(f"{address.name}: {status} inside, {'may' if may else 'may not'}")
        if address.arguments and address.name not in WHOLE:
            said, path = NOT_THERE if may else REFUSED, _path(address, foreign)
            looked, sent = _answer(client, path), client.post(path).status_code
            if looked != said or sent not in (said, NOT_SO):
                faults.append(f"{address.name}: {looked} {sent} for a foreign object, {'may' if may else 'may not'}")
        if not may and client.post(_path(address, inside)).status_code not in (REFUSED, NOT_SO):
            faults.append(f"{address.name}: a form is not refused")
    assert faults == []


def test_stranger_is_sent_to_the_door():
    inside, faults = World(factories.VILLAGE), []
    for address in GATED:
        path = _nowhere(address) if address.name in OF_OWN_TESTS else _path(address, inside)
        looked, sent = Client().get(path), Client().post(path)
        if not (looked.status_code in (302, 405) and sent.status_code in (401, 405)):
            faults.append(f"{address.name}: {looked.status_code} {sent.status_code}")
        if looked.status_code == 302 and not looked["Location"].startswith("/in/"):
            faults.append(f"{address.name}: to {looked['Location']}")
    assert faults == []


def test_account_without_a_role_opens_nothing():
    from shouwang.office.access.models import User

    client, inside = Client(), World(factories.VILLAGE)
    user = User.objects.create(username="nobody", display_name="无角色")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    paths = [(address.name, _path(address, inside)) for address in GATED if address.name not in OF_OWN_TESTS]
    assert [name for name, path in paths if _answer(client, path) != REFUSED] == []


LISTS = [address for address in GATED if not address.arguments and address.name not in OF_OWN_TESTS]
ASKED = ("", f"?q={FOREIGN}", f"?area={factories.FOREIGN_VILLAGE}")


def _told(client: Client, address: Address, homes: set[str]) -> set[str]:
    """Which of the households a list, a form, a search or an export gives away, by number or by name."""
    plain = reverse(address.name)
    answers = [_looked(client.get(plain + asked)) for asked in ASKED]
    if answers[0][0] == NOT_SO:
        answers = [_looked(client.post(plain, {"text": FOREIGN, "as": "csv"}))]
        homes = homes | {f",{FOREIGN}"}
    else:
        homes = homes | {FOREIGN}
    return {sign for sign in homes for _, said in answers if sign in said}


def _homes(world: World) -> set[str]:
    return set(Household.objects.filter(area_code=world.area_code).values_list("pk", flat=True))


@pytest.mark.parametrize("role", ROLES)
def test_no_list_search_or_export_tells_of_a_foreign_village(role: str):
    homes = _homes(World(factories.FOREIGN_VILLAGE, name=FOREIGN).everything())
    client = factories.client_of(role, _area(role))
    told = {address.name: _told(client, address, homes) for address in LISTS}
    assert {name: signs for name, signs in told.items() if signs} == {}


def test_lists_would_tell_if_they_could():
    homes, told = _homes(World(factories.FOREIGN_VILLAGE, name=FOREIGN).everything()), set()
    for role in ("auditor", *ROLES):  # first, before the looks of the others fill the page of events
        client = factories.client_of(role, factories.FOREIGN_VILLAGE[:6])
        told |= {address.name for address in LISTS if _told(client, address, homes)}
    assert told == TELLING
