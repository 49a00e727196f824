"""Giving the second factor: a new secret, shown once and never again."""

import base64
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.office.access.actions.governing import governed
from shouwang.office.access.models import User
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.terms.errors import UserError

GROUP = 4


@dataclass(frozen=True)
class Secret:
    """What an authenticator needs: typed in by groups, or opened as an `otpauth` address."""

    grouped: str
    address: str


@transaction.atomic
def give_own(user: User, password: str, *, is_verified: bool, needs_one: bool, by: Actor, expected: str) -> Secret:
    """Somebody replaces their own. Errors: `UserError` where the password is wrong, or where a role of theirs needs one
    that this session has not passed: whoever only knows the password must not make a second factor of it."""
    if not user.check_password(password):
        raise UserError(_("密码不对"), _("再输一次密码"))
    if not is_verified and (needs_one or TOTPDevice.objects.filter(user=user).exists()):
        raise UserError(_("先用现在的验证码登录"), _("没有验证器了，请管理员重设第二道验证"))
    return give(user, by=by, expected=expected)


@transaction.atomic
def give(user: User, *, by: Actor, expected: str | None = None) -> Secret:
    """A new second factor in place of any old one; sessions that passed the old one must pass the new one."""
    user = governed(user, by=by, expected=expected)
    TOTPDevice.objects.filter(user=user).delete()
    device = TOTPDevice.objects.create(user=user, name="authenticator", confirmed=True)
    record(Verb.CHANGED, by=by, subject=("user", str(user.pk)), after={"second_factor": "new"})
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    grouped = " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))
    return Secret(grouped, device.config_url)
