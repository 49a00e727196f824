"""Made-up accounts and households for tests of the office."""

from datetime import date
from itertools import count

from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.office.access.models import Assignment, User
from shouwang.office.access.queries import actor_of
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actor import Actor
from shouwang.office.registry.models import Household, Membership, Person

TODAY = date(2020, 7, 6)
DONGCHUAN = "530113"
TANGDAN = "530113102"
VILLAGE = "530113102001"
OTHER_VILLAGE = "530113102002"
FOREIGN_VILLAGE = "530128102201"
_numbers = count(1)


def account(role: str, area_code: str, *, name: str = "") -> tuple[User, Actor]:
    """An account with one role, and the actor it is."""
    number = next(_numbers)
    user = User.objects.create(username=f"user{number}", display_name=name or f"测试{number}")
    given = Assignment.objects.create(
        user=user, role=role, area_code=area_code, since=date(2020, 1, 1), given_by="system"
    )
    return user, actor_of(user, given)


def actor(role: str, area_code: str) -> Actor:
    return account(role, area_code)[1]


def client_of(role: str, area_code: str) -> Client:
    """A browser signed in as somebody in a role, second factor passed where the role needs one."""
    user, _ = account(role, area_code)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if ROLES[role].needs_second_factor:
        device = TOTPDevice.objects.create(user=user, name="test", confirmed=True)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client


def household(area_code: str = VILLAGE, **values: object) -> Household:
    """A household without members."""
    number = f"H{next(_numbers):011d}"
    return Household.objects.create(id=number, area_code=area_code, **{"register": "exited", **values})


def person(home: Household | None = None, *, name: str = "王小明", relation: str = "户主", **values: object) -> Person:
    """A person, living in the household since 2018 where one is given."""
    values = {"village": home.area_code if home else "", **values}
    made = Person.objects.create(id=f"P{next(_numbers):011d}", name=name, name_key=name, **values)
    if home:
        Membership.objects.create(person=made, household=home, relation=relation, since=date(2018, 12, 31))
    return made
