"""Opening and ending accounts, and their passwords."""

import secrets
from datetime import date

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.office.access.actions.governing import governed
from shouwang.office.access.actions.roles import give_role
from shouwang.office.access.models import User
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.terms.errors import UserError

EASY = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits nobody mistakes for each other: a temporary password is told by phone."""
TEMPORARY = 12


@transaction.atomic
def open_account(
    username: str, password: str, *, display_name: str, organisation: str = "", by: Actor, is_temporary: bool = False
) -> User:
    """Errors: `UserError` where the name is taken or the password too weak."""
    user = User(
        username=username,
        display_name=display_name,
        organisation=organisation,
        password_is_temporary=is_temporary,
    )
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise UserError(_("这个用户名已经有人用"), _("换一个用户名")) from None
    record(Verb.CREATED, by=by, subject=("user", str(user.pk)), after={"username": username})
    return user


@transaction.atomic
def change_password(user: User, old: str, new: str, *, by: Actor) -> User:
    """Somebody changes their own. Errors: `UserError` where the old one is wrong, or the new one weak or the same."""
    user = governed(user, by=by)
    if not user.check_password(old):
        raise UserError(_("原密码不对"), _("再输一次原密码"))
    if old == new:
        raise UserError(_("新密码和原密码一样"), _("换一个新密码"))
    _set_password(user, new)
    user.password_is_temporary = False
    user.save(update_fields=["password", "password_is_temporary"])
    record(Verb.CHANGED, by=by, subject=("user", str(user.pk)), after={"password": "own"})
    return user


@transaction.atomic
def open_with_role(
    username: str, *, display_name: str, organisation: str, role: str, area_code: str, on: date, by: Actor
) -> tuple[User, str]:
    """An account, its first role, and the temporary password to tell its owner."""
    password = temporary_password()
    user = open_account(
        username, password, display_name=display_name, organisation=organisation, by=by, is_temporary=True
    )
    give_role(user, role, area_code, on=on, by=by)
    return user, password


@transaction.atomic
def reset_password(user: User, *, by: Actor, expected: str | None = None) -> str:
    """A temporary password, which must be changed at the next sign-in; all sessions of the account end."""
    user = governed(user, by=by, expected=expected)
    password = temporary_password()
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    reset(username=user.username)
    record(Verb.CHANGED, by=by, subject=("user", str(user.pk)), after={"password": "temporary"})
    return password


def temporary_password() -> str:
    return "".join(secrets.choice(EASY) for _ in range(TEMPORARY))


@transaction.atomic
def unlock(user: User, *, by: Actor) -> None:
    """Let in again who gave too many wrong passwords."""
    user = governed(user, by=by)
    reset(username=user.username)
    record(Verb.CHANGED, by=by, subject=("user", str(user.pk)), after={"lock": "off"})


@transaction.atomic
def close_account(user: User, *, by: Actor) -> None:
    """The account can no longer sign in, and its sessions end. Errors: `UserError` where it is one's own."""
    user = governed(user, by=by)
    if by.user_id == str(user.pk):
        raise UserError(_("不能停用自己的账号"), _("请另一位管理员来做"))
    if not user.is_active:
        return
    User.objects.filter(pk=user.pk).update(is_active=False)
    record(Verb.CLOSED, by=by, subject=("user", str(user.pk)), before={"active": True}, after={"active": False})


@transaction.atomic
def reopen_account(user: User, *, by: Actor) -> None:
    """The account can sign in again, with the roles it still has."""
    user = governed(user, by=by)
    if user.is_active:
        return
    User.objects.filter(pk=user.pk).update(is_active=True)
    record(Verb.CHANGED, by=by, subject=("user", str(user.pk)), before={"active": False}, after={"active": True})


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UserError(" ".join(error.messages), _("换一个密码")) from None
    user.set_password(password)
