"""Signing in, and the gate before every page."""

import pytest
from axes.models import AccessAttempt
from django.test import Client

from shouwang.office.access.actions.accounts import open_account
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.audit.models import Event
from tests.unit.office import factories

pytestmark = pytest.mark.django_db


def test_sign_in_with_the_right_password_leaves_an_event():
    open_account("wang", "very-long-password", display_name="王某", by=SYSTEM)
    answer = Client().post("/in/", {"username": "wang", "password": "very-long-password"})
    assert answer.status_code == 302
    assert Event.objects.filter(verb="signed-in").count() == 1


def test_sign_in_with_a_wrong_password_says_so_and_keeps_the_name():
    answer = Client().post("/in/", {"username": "wang", "password": "no"})
    assert answer.status_code == 401
    assert "用户名或密码不对" in answer.content.decode()
    assert 'value="wang"' in answer.content.decode()


def test_sign_in_after_five_wrong_passwords_is_locked():
    open_account("wang", "very-long-password", display_name="王某", by=SYSTEM)
    client = Client()
    for _ in range(5):
        client.post("/in/", {"username": "wang", "password": "no"})
    assert client.post("/in/", {"username": "wang", "password": "very-long-password"}).status_code == 429


def test_form_of_an_ended_session_comes_back_after_signing_in():
    open_account("wang", "very-long-password", display_name="王某", by=SYSTEM)
    answer = Client().post(
        "/in/",
        {"username": "wang", "password": "very-long-password", "next": "/cases/1/visit/", "carried-note": "收入少了"},
    )
    page = answer.content.decode()
    assert 'action="/cases/1/visit/"' in page
    assert "收入少了" in page


def test_form_that_is_carried_outlives_a_wrong_password_and_the_lock_and_is_kept_nowhere():
    """The lock keeps what a failed sign-in posted; it may hold anybody's id number."""
    client, text = Client(), "证件号 530113199001018888"
    for _ in range(6):
        page = client.post("/in/", {"username": "wang", "password": "no", "next": "/cases/", "carried-note": text})
        assert f'name="carried-note" value="{text}"' in page.content.decode()
    assert page.status_code == 429
    (kept,) = AccessAttempt.objects.values_list("get_data", "post_data")
    assert set("".join(kept)) <= {"\n", "-"}  # between one attempt and the next


def test_sign_in_page_without_its_token_carries_on_what_it_carried():
    client = Client(enforce_csrf_checks=True)
    given = {"username": "wang", "password": "no", "next": "/cases/1/visit/", "carried-note": "收入少了"}
    page = client.post("/in/", given).content.decode()
    assert 'name="carried-note" value="收入少了"' in page
    assert 'name="next" value="/cases/1/visit/"' in page


def test_who_signs_out_leaves_no_page_and_no_draft_in_the_browser():
    client = factories.client_of("village", factories.VILLAGE)
    answer = client.post("/out/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "data-draft-done" in client.get(answer["Location"]).content.decode()
    assert "data-draft-done" not in client.get("/in/").content.decode()  # a session that ended keeps them
