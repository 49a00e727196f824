"""Accounts and roles: who may change whose, each change on record, none twice."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwang.office.access.actions import accounts, second_factor
from shouwang.office.access.actions.roles import end_role, give_role
from shouwang.office.access.models import Assignment, User
from shouwang.office.access.queries import mark, six_digits
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.audit.models import Event
from shouwang.terms.errors import UserError
from tests.unit.office import factories

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 6)
PASSWORD = "very-long-password"


def _admin(area: str = factories.DONGCHUAN):
    return factories.actor("administrator", area)


def _told() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("id").values_list("verb", "subject_kind"))


def test_opening_leaves_one_event_and_no_password_in_it():
    user = accounts.open_account("wang", PASSWORD, display_name="王某", by=SYSTEM)
    event = Event.objects.get()
    assert (event.verb, event.subject_id, event.after) == ("created", str(user.pk), {"username": "wang"})
    assert user.check_password(PASSWORD)


def test_name_that_is_taken():
    accounts.open_account("wang", PASSWORD, display_name="王某", by=SYSTEM)
    with pytest.raises(UserError, match="已经有人用"):
        accounts.open_account("wang", PASSWORD, display_name="王某某", by=SYSTEM)
    assert (User.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize("password", ["short", "1234567890", "password123"])
def test_weak_password(password):
    with pytest.raises(UserError):
        accounts.open_account("wang", password, display_name="王某", by=SYSTEM)


def test_opening_with_a_role_gives_a_password_to_be_changed():
    user, password = accounts.open_with_role(
        "wang", display_name="王某", organisation="", role="village", area_code=factories.VILLAGE, on=ON, by=_admin()
    )
    assert user.check_password(password)
    assert user.password_is_temporary
    assert Assignment.objects.get(user=user).area_code == factories.VILLAGE


def test_opening_with_a_role_outside_leaves_no_account():
    wrong = {"role": "village", "area_code": factories.FOREIGN_VILLAGE}
    with pytest.raises(UserError, match="范围以外"):
        accounts.open_with_role("wang", display_name="王某", organisation="", on=ON, by=_admin(), **wrong)
    assert not User.objects.filter(username="wang").exists()


WRONG = [
    ("nobody", factories.DONGCHUAN, "这一级"),
    ("village", factories.DONGCHUAN, "这一级"),
    ("county-decider", factories.VILLAGE, "这一级"),
    ("analyst", "5301", "范围以外"),
    ("village", factories.FOREIGN_VILLAGE, "范围以外"),
]


@pytest.mark.parametrize(("role", "area", "said"), WRONG)
def test_role_that_cannot_be_given(role, area, said):
    user, _ = factories.account("village", factories.VILLAGE)
    with pytest.raises(UserError, match=said):
        give_role(user, role, area, on=ON, by=_admin())


def test_role_given_twice_is_one():
    user, _ = factories.account("village", factories.VILLAGE)
    by = _admin()
    first = give_role(user, "township", factories.TANGDAN, on=ON, by=by)
    assert give_role(user, "township", factories.TANGDAN, on=ON, by=by) == first
    assert _told() == [("created", "assignment")]


def test_nobody_gives_a_role_to_themselves():
    user, by = factories.account("administrator", factories.DONGCHUAN)
    with pytest.raises(UserError, match="不能给自己"):
        give_role(user, "county-decider", factories.DONGCHUAN, on=ON, by=by)


def test_ended_role_and_the_same_given_again():
    user, _ = factories.account("village", factories.VILLAGE)
    by, row = _admin(), Assignment.objects.get(user=user)
    end_role(row, on=ON, by=by)
    end_role(row, on=ON + timedelta(days=5), by=by)  # the same form once more
    row.refresh_from_db()
    again = give_role(user, "village", factories.VILLAGE, on=ON, by=by)
    assert (row.until, again.pk != row.pk) == (ON, True)
    assert _told() == [("closed", "assignment"), ("created", "assignment")]


def test_role_that_never_held_a_day_ends_the_day_after_it_began():
    user, _ = factories.account("village", factories.VILLAGE)
    row = give_role(user, "township", factories.TANGDAN, on=ON, by=_admin())
    end_role(row, on=ON, by=_admin())
    row.refresh_from_db()
    assert row.until == ON + timedelta(days=1)


def test_open_role_stands_once_in_the_database():
    user, _ = factories.account("village", factories.VILLAGE)
    row = {"user": user, "role": "village", "area_code": factories.VILLAGE, "since": ON, "given_by": "x"}
    with pytest.raises(IntegrityError, match=r"assignment_open_once|UNIQUE"), transaction.atomic():
        Assignment.objects.create(**row)
    Assignment.objects.create(**row, until=ON + timedelta(days=1))


def test_role_cannot_end_before_it_began_in_the_database():
    user, _ = factories.account("village", factories.VILLAGE)
    row = {"user": user, "role": "township", "area_code": factories.TANGDAN, "since": ON, "given_by": "x"}
    with pytest.raises(IntegrityError, match="assignment_ends_after_start"), transaction.atomic():
        Assignment.objects.create(**row, until=ON)


def _deeds():
    return {
        "reset": lambda user, by: accounts.reset_password(user, by=by),
        "unlock": lambda user, by: accounts.unlock(user, by=by),
        "close": lambda user, by: accounts.close_account(user, by=by),
        "reopen": lambda user, by: accounts.reopen_account(user, by=by),
        "second factor": lambda user, by: second_factor.give(user, by=by),
    }


@pytest.mark.parametrize("deed", _deeds())
def test_account_that_has_a_role_elsewhere_is_not_changed_from_here(deed):
    """Else a county's administrator could sign in as somebody of the city who also serves there."""
    user, _ = factories.account("analyst", "5301")
    give_role(user, "analyst", factories.DONGCHUAN, on=ON, by=SYSTEM)
    before = User.objects.values_list("password", "is_active").get(pk=user.pk)
    with pytest.raises(UserError, match="别处还有角色"):
        _deeds()[deed](user, _admin())
    assert User.objects.values_list("password", "is_active").get(pk=user.pk) == before
    _deeds()[deed](user, _admin("5301"))


def test_reset_password_is_temporary_and_ends_sessions():
    client = factories.client_of("village", factories.VILLAGE)
    user = User.objects.latest("id")
    password = accounts.reset_password(user, by=_admin())
    user.refresh_from_db()
    assert (user.check_password(password), user.password_is_temporary, len(password)) == (True, True, 12)
    assert client.get("/me/").status_code == 302  # to the sign-in page


def test_form_shown_before_a_reset_does_not_reset_again():
    user, _ = factories.account("village", factories.VILLAGE)
    shown = mark(user)
    accounts.reset_password(user, by=_admin(), expected=shown)
    with pytest.raises(UserError, match="刚才已经改过"):
        accounts.reset_password(user, by=_admin(), expected=shown)
    with pytest.raises(UserError, match="刚才已经改过"):
        second_factor.give(user, by=_admin(), expected=shown)


def test_own_password():
    user = accounts.open_account("wang", PASSWORD, display_name="王某", by=SYSTEM, is_temporary=True)
    by = factories.actor("village", factories.VILLAGE)
    with pytest.raises(UserError, match="原密码不对"):
        accounts.change_password(user, "wrong", "another-long-password", by=by)
    with pytest.raises(UserError, match="一样"):
        accounts.change_password(user, PASSWORD, PASSWORD, by=by)
    changed = accounts.change_password(user, PASSWORD, "another-long-password", by=by)
    assert (changed.check_password("another-long-password"), changed.password_is_temporary) == (True, False)


def test_nobody_closes_their_own_account():
    user, by = factories.account("administrator", factories.DONGCHUAN)
    with pytest.raises(UserError, match="自己的"):
        accounts.close_account(user, by=by)


def test_second_factor_replaces_the_old_one_and_is_not_in_the_event():
    user, _ = factories.account("county-decider", factories.DONGCHUAN)
    first = second_factor.give(user, by=_admin())
    second = second_factor.give(user, by=_admin())
    assert user.totpdevice_set.count() == 1
    assert first.grouped != second.grouped
    assert second.grouped.replace(" ", "") in second.address
    assert Event.objects.latest("id").after == {"second_factor": "new"}
    assert len(six_digits(user) or "") == 6


OWN = [(True, True, True), (False, True, False), (True, False, True), (False, False, True)]


@pytest.mark.parametrize(("is_verified", "needs_one", "is_given"), OWN)
def test_own_second_factor_where_none_is(is_verified, needs_one, is_given):
    user = accounts.open_account("wang", PASSWORD, display_name="王某", by=SYSTEM)
    asked = {"is_verified": is_verified, "needs_one": needs_one, "by": SYSTEM, "expected": mark(user)}
    if is_given:
        assert second_factor.give_own(user, PASSWORD, **asked).grouped
        return
    with pytest.raises(UserError, match="现在的验证码"):
        second_factor.give_own(user, PASSWORD, **asked)


def test_own_second_factor_needs_the_password_and_the_old_one():
    user = accounts.open_account("wang", PASSWORD, display_name="王某", by=SYSTEM)
    second_factor.give(user, by=SYSTEM)
    asked = {"needs_one": False, "by": SYSTEM, "expected": mark(user)}
    with pytest.raises(UserError, match="密码不对"):
        second_factor.give_own(user, "wrong", is_verified=True, **asked)
    with pytest.raises(UserError, match="现在的验证码"):
        second_factor.give_own(user, PASSWORD, is_verified=False, **asked)


def test_account_without_a_second_factor_has_no_digits():
    user, _ = factories.account("village", factories.VILLAGE)
    assert six_digits(user) is None
