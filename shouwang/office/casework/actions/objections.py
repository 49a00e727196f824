"""Objections to a notice: while one is open the clock stands still."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish
from shouwang.office.casework.models import Case, Notice, Objection
from shouwang.office.casework.queries.schedules import days_for
from shouwang.office.casework.ticking import shift
from shouwang.terms.errors import UserError


@transaction.atomic
def receive(case_id: int, *, text: str, raised_by: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Objection:
    """Keep an objection to the newest notice, with or without a name; the clock stops."""
    move = begin(case_id, "object", by=by, on=on, sending=sending)
    case = move.case
    notice = Notice.objects.filter(case=case, procedure=case.procedure).order_by("-id").first()
    if notice is None or not text.strip():
        raise UserError(_("异议没有内容，或没有公示"), _("写明异议是什么"))
    objection = Objection.objects.create(
        case=case,
        notice=notice,
        received_on=on,
        raised_by=raised_by.strip(),
        text=text.strip(),
        received_by=by.user_id,
        received_by_name=by.name,
    )
    case.paused_since = case.paused_since or on
    finish(move, told={"objection": objection.pk})
    return objection


@transaction.atomic
def settle(
    case_id: int, *, objection_id: int, outcome: str, answer: str, by: Actor, on: date, sending: Sending = NO_FORM
) -> Objection:
    """Settle an objection; with the last open one the clock goes on, later by the days it stood."""
    move = begin(case_id, "settle", by=by, on=on, sending=sending)
    objection = Objection.objects.filter(case=move.case, pk=objection_id, outcome="").select_related("notice").first()
    if objection is None:
        raise UserError(_("这条异议已经处理，或不在这一户"), _("打开这一户看最新情况"))
    if outcome not in Objection.Outcome.values or not answer.strip():
        raise UserError(_("异议的处理不完整"), _("选结果，并写明答复"))
    objection.outcome, objection.answer = outcome, answer.strip()
    objection.settled_on, objection.settled_by, objection.settled_by_name = on, by.user_id, by.name
    objection.save()
    _go_on(move.case, objection.notice.posted_on, on=on)
    finish(move, told={"objection": objection.pk, "outcome": outcome})
    return objection


def _go_on(case: Case, posted_on: date, *, on: date) -> None:
    if case.paused_since is None or Objection.objects.filter(case=case, outcome="").exists():
        return
    paused = (on - case.paused_since).days
    shift(case, paused=paused, posted_on=posted_on, days=days_for(case.area_code, on=case.clock_from))
    case.paused_since = None
