"""Accounts on the page: opened, given roles, reset; secrets shown once; nothing outside the area."""

import re

import pytest
from django.test import Client

from shouwang.office.access.models import Assignment, User
from shouwang.office.audit.models import Event
from tests.unit.office import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return factories.client_of("administrator", factories.DONGCHUAN)


def _form(**changed: str) -> dict[str, str]:
    return {"username": "wang", "display_name": "王某", "organisation": "", "role": "village", **changed}


def test_list_shows_the_area_and_no_neighbour(admin):
    mine, _ = factories.account("village", factories.VILLAGE, name="本地人")
    factories.account("village", factories.FOREIGN_VILLAGE, name="外地人")
    page = admin.get("/accounts/").content.decode()
    assert (mine.username in page, "外地人" in page) == (True, False)


def test_list_of_an_area_below_and_of_one_outside(admin):
    factories.account("village", factories.VILLAGE, name="本地人")
    answers = [admin.get(f"/accounts/?area={area}") for area in (factories.VILLAGE, "530113101", "530128", "5301")]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    assert ["本地人" in answer.content.decode() for answer in answers[:2]] == [True, False]


def test_list_asks_a_fixed_number_of_questions(admin, django_assert_num_queries):
    admin.get("/accounts/")
    for _ in range(60):
        factories.account("village", factories.VILLAGE)
    with django_assert_num_queries(5):  # session, account, roles, second factor, accounts
        admin.get("/accounts/")


def test_account_is_opened_and_its_owner_signs_in(admin):
    page = admin.post(f"/accounts/new/?area={factories.VILLAGE}", _form()).content.decode()
    password = re.search(r'class="secret">([^<]+)<', page)[1]
    owner = Client()
    assert owner.post("/in/", {"username": "wang", "password": password}).status_code == 302
    assert "先改掉" in owner.get("/me/").content.decode()
    assert Assignment.objects.get(user__username="wang").area_code == factories.VILLAGE


def test_faults_of_the_form_stand_at_their_fields_and_the_text_stays(admin):
    answer = admin.post(f"/accounts/new/?area={factories.VILLAGE}", _form(username="王", role="analyst"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (page.count('aria-invalid="true"'), 'value="王某"' in page) == (2, True)
    assert User.objects.filter(display_name="王某").count() == 0


def test_name_that_is_taken_is_told_at_its_field(admin):
    admin.post(f"/accounts/new/?area={factories.VILLAGE}", _form())
    answer = admin.post(f"/accounts/new/?area={factories.VILLAGE}", _form())
    assert (answer.status_code, "已经有人用" in answer.content.decode()) == (422, True)


def test_account_outside_is_not_there(admin):
    foreign, _ = factories.account("village", factories.FOREIGN_VILLAGE)
    row = Assignment.objects.get(user=foreign)
    paths = [f"/accounts/{foreign.pk}/{deed}" for deed in ("role/", "password/", "second-factor/", "unlock/", "close/")]
    answers = [admin.post(path, {}).status_code for path in [*paths, f"/accounts/roles/{row.pk}/end/"]]
    assert answers == [404] * 6
    assert admin.get(f"/accounts/{foreign.pk}/").status_code == 404
    assert Event.objects.count() == 0


def test_role_given_and_ended(admin):
    user, _ = factories.account("village", factories.VILLAGE)
    form = {"role": "township", "area_code": factories.TANGDAN}
    assert admin.post(f"/accounts/{user.pk}/role/", form).status_code == 302
    given = Assignment.objects.get(user=user, role="township")
    admin.post(f"/accounts/roles/{given.pk}/end/")
    given.refresh_from_db()
    assert given.until is not None
    outside = admin.post(f"/accounts/{user.pk}/role/", {"role": "village", "area_code": factories.FOREIGN_VILLAGE})
    assert (outside.status_code, "范围以外" in outside.content.decode()) == (422, True)


@pytest.mark.parametrize("code", ["53０１１３", "５３０１１３", "530199", "5301"])
def test_role_over_an_area_there_is_not_is_refused(admin, code):
    """Digits of full width are digits to Python, and the area of nobody."""
    user, _ = factories.account("village", factories.VILLAGE)
    before = user.assignments.count()
    answer = admin.post(f"/accounts/{user.pk}/role/", {"role": "county-decider", "area_code": code})
    assert (answer.status_code, user.assignments.count()) == (422, before)


@pytest.mark.parametrize("code", ["53011３", "530113９", "53011", "530113999"])
def test_account_is_opened_over_no_area_there_is_not(admin, code):
    assert admin.get("/accounts/new/", {"area": code}).status_code == 404


def test_password_is_shown_once_and_the_same_form_does_not_change_it_again(admin):
    user, _ = factories.account("village", factories.VILLAGE)
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', admin.get(f"/accounts/{user.pk}/").content.decode())[1]
    first = admin.post(f"/accounts/{user.pk}/password/", {"mark": mark})
    second = admin.post(f"/accounts/{user.pk}/password/", {"mark": mark})
    assert (first.status_code, second.status_code) == (200, 409)
    user.refresh_from_db()
    assert user.check_password(re.search(r'class="secret">([^<]+)<', first.content.decode())[1])


def test_second_factor_is_shown_once_as_groups_and_address(admin):
    user, _ = factories.account("county-decider", factories.DONGCHUAN)
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', admin.get(f"/accounts/{user.pk}/").content.decode())[1]
    page = admin.post(f"/accounts/{user.pk}/second-factor/", {"mark": mark}).content.decode()
    assert re.search(r'class="secret">([A-Z2-7]{4} ){7}[A-Z2-7]{4}<', page)
    assert "otpauth://totp/" in page
    assert "otpauth://" not in admin.get(f"/accounts/{user.pk}/").content.decode()


def test_account_closed_and_reopened(admin):
    user, _ = factories.account("village", factories.VILLAGE)
    for deed, is_active in (("close", False), ("close", False), ("reopen", True), ("reopen", True)):
        admin.post(f"/accounts/{user.pk}/{deed}/")
        user.refresh_from_db()
        assert user.is_active is is_active
    told = list(Event.objects.filter(subject_kind="user").order_by("id").values_list("verb", flat=True))
    assert told == ["closed", "changed"]


def test_own_account_offers_no_way_to_change_itself(admin):
    me = User.objects.latest("id")
    page = admin.get(f"/accounts/{me.pk}/").content.decode()
    assert (f"/accounts/{me.pk}/password/" in page, f"/accounts/{me.pk}/role/" in page) == (False, False)


def test_own_page_for_somebody_without_a_role():
    user = User.objects.create(username="nobody", display_name="无角色")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "还没有角色" in client.get("/me/").content.decode()
    assert Client().get("/me/")["Location"] == "/in/?next=/me/"


def test_own_password_that_was_mistyped(admin):
    form = {"old": "x", "new": "another-long-password", "again": "something else"}
    answer = admin.post("/me/password/", form)
    assert (answer.status_code, "不一样" in answer.content.decode()) == (422, True)
    wrong = admin.post("/me/password/", {**form, "again": "another-long-password"})
    assert (wrong.status_code, "原密码不对" in wrong.content.decode()) == (422, True)


def test_own_second_factor(admin):
    me = User.objects.latest("id")
    me.set_password("very-long-password")
    me.save()
    admin.force_login(me, backend="django.contrib.auth.backends.ModelBackend")  # without the second factor now
    mark = re.search(r'name="mark" value="([0-9a-f]+)"', admin.get("/me/").content.decode())[1]
    answer = admin.post("/me/second-factor/", {"mark": mark, "password": "very-long-password"})
    assert (answer.status_code, "现在的验证码" in answer.content.decode()) == (409, True)
