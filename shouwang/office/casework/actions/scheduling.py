"""Setting the deadlines of a county."""

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.access.permissions import Permission
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.clocks import STEPS, Days
from shouwang.office.casework.models import Schedule
from shouwang.office.casework.queries.schedules import COUNTY, days_for
from shouwang.office.web.days import not_far_ahead
from shouwang.terms.errors import UserError

NOTICE_AT_LEAST = 5
"""Source: domain.md §3.2, 村级公示."""


def fault(days: Days) -> str:
    """What is wrong with a set of deadlines; empty where they can be."""
    if days.notice_days < NOTICE_AT_LEAST:
        return _("公示不能少于 %(days)d 天") % {"days": NOTICE_AT_LEAST}
    if days.noticed + days.notice_days >= days.audited:
        return _("公示没有满期就要审核")
    if [getattr(days, step) for step in STEPS] != sorted(getattr(days, step) for step in STEPS):
        return _("各步的天数要从早到晚")
    return ""


@transaction.atomic
def set_days(area_code: str, days: Days, *, since: date, by: Actor, on: date) -> Schedule:
    """New deadlines of a county for procedures that begin on `since` or later; running ones keep theirs."""
    if Permission.SETTINGS_CHANGE not in ROLES[by.role].permissions or not area_code.startswith(by.area_code):
        raise UserError(_("您不能改这个县的期限"), _("请管这个县的系统管理员来改"))
    if len(area_code) != COUNTY or fault(days):
        raise UserError(fault(days) or _("期限按县设置"), _("改好再存"))
    if since < on:
        raise UserError(_("期限不能从过去的日子改起"), _("填今天或以后的日子"))
    not_far_ahead(since, on=on, within="deadlines_set_within")
    if Schedule.objects.filter(area_code=area_code, since=since).exists():
        raise UserError(_("这个县从那一天起的期限已经设过"), _("换一天，或看已设的期限"))
    before = days_for(area_code, on=since)
    row = Schedule.objects.create(
        area_code=area_code, since=since, set_by=by.user_id, set_by_name=by.name, **asdict(days)
    )
    record(
        Verb.CHANGED,
        by=by,
        subject=("schedule", str(row.pk)),
        area_code=area_code,
        before=asdict(before),
        after={**asdict(days), "since": since.isoformat()},
    )
    return row
