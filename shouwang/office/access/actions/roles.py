"""Giving and ending roles."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.access.models import Assignment, User
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.terms.errors import UserError


@transaction.atomic
def give_role(user: User, role: str, area_code: str, *, on: date, by: Actor) -> Assignment:
    """Errors: `UserError` where there is no such role, or none over an area of that level, or over one of others, or
    where it would be one's own."""
    if role not in ROLES or len(area_code) not in ROLES[role].levels:
        raise UserError(_("这个角色不能管这一级的地区"), _("换一个地区或角色"))
    if not (area_code.isascii() and area_code.isdigit() and area_code.startswith(by.area_code)):
        raise UserError(_("地区在您的范围以外"), _("只能给本地区的人分配角色"))
    if by.user_id == str(user.pk):
        raise UserError(_("不能给自己分配角色"), _("请另一位管理员来做"))
    given, is_new = Assignment.objects.get_or_create(
        user=user, role=role, area_code=area_code, until=None, defaults={"since": on, "given_by": by.user_id}
    )
    if is_new:
        after = {"user": str(user.pk), "role": role, "area": area_code, "since": on.isoformat()}
        record(Verb.CREATED, by=by, subject=("assignment", str(given.pk)), area_code=area_code, after=after)
    return given


@transaction.atomic
def end_role(assignment: Assignment, *, on: date, by: Actor) -> None:
    """The role no longer holds from that day on; one that never held a day ends the day after it began. Ending what has
    ended changes nothing."""
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if row.until is not None:
        return
    row.until = max(on, row.since + timedelta(days=1))
    row.save(update_fields=["until"])
    record(
        Verb.CLOSED,
        by=by,
        subject=("assignment", str(row.pk)),
        area_code=row.area_code,
        before={"user": str(row.user_id), "role": row.role, "until": None},
        after={"until": row.until.isoformat()},
    )
