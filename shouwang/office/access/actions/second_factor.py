"""Giving the second factor: a new secret, shown once and never again."""

import base64
from dataclasses import dataclass

from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.office.access.models import User
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb

GROUP = 4


@dataclass(frozen=True)
class Secret:
    """What an authenticator needs: typed in by groups, or opened as an `otpauth` address."""

    grouped: str
    address: str


@transaction.atomic
def give(user: User, *, by: Actor) -> Secret:
    """A new second factor in place of any old one; sessions that passed the old one must pass the new one."""
    TOTPDevice.objects.filter(user=user).delete()
    device = TOTPDevice.objects.create(user=user, name="authenticator", confirmed=True)
    record(Verb.CHANGED, by=by, subject=("user", str(user.pk)), after={"second_factor": "new"})
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    grouped = " ".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))
    return Secret(grouped, device.config_url)
