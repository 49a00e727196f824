"""Opening accounts and giving roles."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from shouwang.office.access.models import Assignment, User
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.terms.errors import UserError


@transaction.atomic
def open_account(username: str, password: str, *, display_name: str, organisation: str = "", by: Actor) -> User:
    """Errors: `UserError` where the name is taken or the password too weak."""
    if User.objects.filter(username=username).exists():
        raise UserError("这个用户名已经有人用", "换一个用户名")
    user = User(username=username, display_name=display_name, organisation=organisation)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UserError("；".join(error.messages), "换一个密码") from None
    user.set_password(password)
    user.save()
    record(Verb.CREATED, by=by, subject=("user", str(user.pk)), after={"username": username})
    return user


@transaction.atomic
def give_role(user: User, role: str, area_code: str, *, on: date, by: Actor) -> Assignment:
    """Errors: `UserError` where there is no such role, or none over an area of that level, or over one of others."""
    if role not in ROLES or len(area_code) not in ROLES[role].levels:
        raise UserError("这个角色不能管这一级的地区", "换一个地区或角色")
    if not area_code.startswith(by.area_code):
        raise UserError("地区在您的范围以外", "只能给本地区的人分配角色")
    given, is_new = Assignment.objects.get_or_create(
        user=user, role=role, area_code=area_code, until=None, defaults={"since": on, "given_by": by.user_id}
    )
    if is_new:
        after = {"role": role, "area": area_code, "since": on.isoformat()}
        record(Verb.CREATED, by=by, subject=("assignment", str(given.pk)), area_code=area_code, after=after)
    return given


@transaction.atomic
def end_role(assignment: Assignment, *, on: date, by: Actor) -> None:
    """The role no longer holds from that day on; one that never held a day ends the day after it began."""
    assignment.until = max(on, assignment.since + timedelta(days=1))
    assignment.save(update_fields=["until"])
    record(
        Verb.CLOSED,
        by=by,
        subject=("assignment", str(assignment.pk)),
        area_code=assignment.area_code,
        after={"until": assignment.until.isoformat()},
    )
