"""Reads of accounts and roles."""

from datetime import date
from hashlib import sha256

from django.db.models import Q, QuerySet
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from shouwang.office.access.models import Assignment, User
from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor


def assignments(user: User, *, on: date) -> list[Assignment]:
    """The roles in force on a day, the narrowest area first."""
    current = user.assignments.filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on))
    return sorted(current, key=lambda row: (-len(row.area_code), row.role, row.area_code))


def actor_of(user: User, assignment: Assignment) -> Actor:
    return Actor(str(user.pk), user.display_name, assignment.role, assignment.area_code)


def six_digits(user: User) -> str | None:
    """What the authenticator of an account shows now; None where it has none."""
    device = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return f"{totp(device.bin_key, step=device.step, t0=device.t0, digits=device.digits):06d}" if device else None


def mark(user: User) -> str:
    """What a form carries to say which password and second factor it was shown with."""
    device = TOTPDevice.objects.filter(user=user).values_list("pk", flat=True).first()
    return sha256(f"{user.pk} {user.password} {device}".encode()).hexdigest()[:16]


def governs(area_code: str, user: User) -> bool:
    """Whether every role the account still has lies inside an area."""
    open_roles = user.assignments.filter(until=None).values_list("area_code", flat=True)
    return all(code.startswith(area_code) for code in open_roles)


def account(scope: Scope, user_id: int) -> User | None:
    """An account that has or had a role inside the area; None where there is none, or only elsewhere."""
    return User.objects.filter(pk=user_id, pk__in=_given(scope).values("user")).first()


def assignment(scope: Scope, assignment_id: int) -> Assignment | None:
    return _given(scope).filter(pk=assignment_id).first()


def accounts(scope: Scope) -> "QuerySet[Assignment]":
    """Roles given inside the area, with their accounts."""
    return _given(scope).select_related("user").order_by("area_code", "role", "id")


def _given(scope: Scope) -> "QuerySet[Assignment]":
    return Assignment.objects.filter(scope.q_of_any_level())


def holders(area_code: str, role: str, *, on: date) -> list[str]:
    """Names of those who have the role over exactly this area: who holds a clock."""
    rows = Assignment.objects.filter(area_code=area_code, role=role, since__lte=on).filter(
        Q(until=None) | Q(until__gt=on)
    )
    return list(rows.filter(user__is_active=True).order_by("id").values_list("user__display_name", flat=True))
