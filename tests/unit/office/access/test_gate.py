"""The gate before every page: role, second factor, a password to be changed, a role that is over."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.office.access.actions.accounts import open_account, unlock
from shouwang.office.access.actions.roles import give_role
from shouwang.office.access.models import Assignment, User
from shouwang.office.access.queries import six_digits
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.audit.models import Event
from tests.unit.office import factories

pytestmark = pytest.mark.django_db
PASSWORD = "very-long-password"


def _open(role: str, area: str) -> tuple[User, Client]:
    user = open_account("wang", PASSWORD, display_name="王某", by=SYSTEM)
    give_role(user, role, area, on=date(2020, 1, 1), by=SYSTEM)
    client = Client()
    client.post("/in/", {"username": "wang", "password": PASSWORD})
    return user, client


def test_refused_page_is_recorded():
    client = factories.client_of("village", factories.VILLAGE)
    assert client.get("/accounts/").status_code == 403
    event = Event.objects.latest("id")
    assert (event.verb, event.subject_kind, event.subject_id) == ("refused", "page", "accounts")


def test_administrator_without_the_second_factor_is_sent_for_it():
    user, client = _open("administrator", factories.DONGCHUAN)
    assert client.get("/accounts/")["Location"] == "/in/code/?next=/accounts/"
    TOTPDevice.objects.create(user=user, name="test", confirmed=True)
    assert client.get("/accounts/")["Location"] == "/in/code/?next=/accounts/"
    assert client.post("/in/code/", {"code": "000000"}).status_code == 401


def test_right_digits_open_the_page():
    user, client = _open("administrator", factories.DONGCHUAN)
    TOTPDevice.objects.create(user=user, name="test", confirmed=True)
    answer = client.post("/in/code/", {"code": six_digits(user), "next": "/accounts/"})
    assert answer["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200


def test_digits_serve_once():
    user, client = _open("administrator", factories.DONGCHUAN)
    TOTPDevice.objects.create(user=user, name="test", confirmed=True)
    digits = six_digits(user)
    client.post("/in/code/", {"code": digits})
    again = Client()
    again.post("/in/", {"username": "wang", "password": PASSWORD})
    assert again.post("/in/code/", {"code": digits}).status_code == 401


def test_temporary_password_must_be_changed_first():
    user, client = _open("auditor", "5301")
    User.objects.filter(pk=user.pk).update(password_is_temporary=True)
    assert client.get("/audit/")["Location"] == "/me/"
    form = {"old": PASSWORD, "new": "another-long-password", "again": "another-long-password"}
    assert client.post("/me/password/", form).status_code == 302
    assert client.get("/audit/").status_code == 200  # and this session goes on


def test_role_that_ended_yesterday_opens_nothing_in_a_session_that_goes_on():
    user, client = _open("auditor", "5301")
    assert client.get("/audit/").status_code == 200
    Assignment.objects.filter(user=user).update(until=date(2020, 7, 6))
    assert client.get("/audit/").status_code == 403


def test_closed_account_ends_its_session():
    user, client = _open("auditor", "5301")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/audit/").status_code == 302


def test_role_of_somebody_else_cannot_be_chosen():
    user, client = _open("village", factories.VILLAGE)
    other, _ = factories.account("auditor", "5301")
    client.post("/in/role/", {"role": Assignment.objects.get(user=other).pk})
    assert client.get("/audit/").status_code == 403
    assert user.pk != other.pk


def test_one_role_at_a_time():
    user, client = _open("village", factories.VILLAGE)
    auditor = give_role(user, "auditor", "5301", on=date(2020, 1, 1), by=SYSTEM)
    assert client.get("/audit/").status_code == 403
    client.post("/in/role/", {"role": auditor.pk})
    assert client.get("/audit/").status_code == 200


def test_locked_account_is_unlocked_by_an_administrator():
    user, _ = _open("village", factories.VILLAGE)
    client = Client()
    for _ in range(5):
        client.post("/in/", {"username": "wang", "password": "no"})
    assert client.post("/in/", {"username": "wang", "password": PASSWORD}).status_code == 429
    unlock(user, by=factories.actor("administrator", factories.DONGCHUAN))
    assert client.post("/in/", {"username": "wang", "password": PASSWORD}).status_code == 302


def test_locked_account_locks_nobody_else_out():
    open_account("other", PASSWORD, display_name="李某", by=SYSTEM)
    client = Client()
    for _ in range(5):
        client.post("/in/", {"username": "wang", "password": "no"})
    assert client.post("/in/", {"username": "other", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_a_foreign_address_after_signing_in(target):
    open_account("wang", PASSWORD, display_name="王某", by=SYSTEM)
    answer = Client().post("/in/", {"username": "wang", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/"


def test_session_that_ended_while_a_form_was_filled_gives_the_text_back():
    page = Client().post("/accounts/new/?area=530113", {"display_name": "王某", "username": "wang"})
    text = page.content.decode()
    assert page.status_code == 401
    assert 'name="carried-display_name" value="王某"' in text
    assert 'name="carried-username" value="wang"' in text
    assert 'name="next" value="/accounts/new/?area=530113"' in text


def test_page_that_was_asked_for_comes_back_with_all_its_filters():
    answer = Client().get("/cases/?state=clue&late=yes")
    assert QueryDict(urlsplit(answer["Location"]).query)["next"] == "/cases/?state=clue&late=yes"


@pytest.mark.parametrize("name", ["password", "old", "new", "again", "code"])
def test_password_is_never_carried(name):
    page = Client().post("/accounts/new/", {name: "secret-secret", "username": "wang"})
    assert "secret-secret" not in page.content.decode()


@pytest.mark.parametrize("said", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_form_of_another_site_is_not_carried_to_be_sent_on_by_who_signs_in(said):
    answer = Client().post("/accounts/new/", {"display_name": "王某"}, headers=said)
    assert (answer.status_code, answer["Location"]) == (302, "/in/")


def test_form_of_our_own_page_is_carried():
    page = Client().post("/accounts/new/", {"display_name": "王某"}, headers={"Origin": "http://testserver"})
    assert page.status_code == 401
    assert "王某" in page.content.decode()


def test_form_that_meets_the_second_factor_comes_back_after_it():
    user, _ = factories.account("administrator", "5301")
    TOTPDevice.objects.create(user=user, name="test", confirmed=True)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    asked = client.post("/accounts/new/?area=530113", {"display_name": "王某"}).content.decode()
    assert 'action="/in/code/"' in asked
    assert 'name="carried-display_name" value="王某"' in asked
    given = {"next": "/accounts/new/?area=530113", "carried-display_name": "王某", "code": six_digits(user)}
    page = client.post("/in/code/", given).content.decode()
    assert 'action="/accounts/new/?area=530113"' in page
    assert "王某" in page


def test_session_ended_behind_a_fragment_sends_the_whole_page_to_the_sign_in():
    answer = Client().get("/accounts/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/in/?next=/accounts/")


def test_session_is_kept_by_use_and_not_written_at_every_click():
    client = factories.client_of("auditor", "5301")
    client.get("/audit/")
    seen = client.session["seen-at"]
    client.get("/audit/")
    assert client.session["seen-at"] == seen
    session = client.session
    session["seen-at"] = seen - 61
    session.save()
    client.get("/audit/")
    assert client.session["seen-at"] >= seen
