"""Holding back warnings of one household for a while, with a reason and a name."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.models import Household
from shouwang.office.warnings.models import Suppression
from shouwang.terms.errors import UserError

LONGEST_DAYS = 366
SHORTEST_REASON = 10


@transaction.atomic
def suppress(
    household: Household, *, reason: str, until: date, by: Actor, on: date, rule: str = "", fingerprint: str = ""
) -> Suppression:
    """From today until the day given no new clue of this household by the rule; an empty rule is every rule.

    Sent twice it does nothing twice. Errors: `UserError` for a day that is past or further than a year, or a
    reason that says nothing.
    """
    if not on < until:
        raise UserError(_("截止日不在今天之后"), _("改成今天以后的日子"))
    if (until - on).days > LONGEST_DAYS:
        raise UserError(_("暂不提醒最长一年"), _("改早截止日，到期再看"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise UserError(_("理由太短"), _("写明为什么，至少 %(n)s 个字") % {"n": SHORTEST_REASON})
    home = Household.objects.select_for_update().get(pk=household.pk)
    held = Suppression.objects.filter(household=home, rule=rule, fingerprint=fingerprint, ended_on=None).first()
    if held and held.until > on:
        if (held.reason, held.until, held.signed_by) == (reason.strip(), until, by.user_id):
            return held
        raise UserError(_("这一户已经暂不提醒"), _("先结束原来的，再写新的"))
    if held:
        Suppression.objects.filter(pk=held.pk).update(ended_on=held.until, ended_by="system", ended_by_name="到期")
    made = Suppression.objects.create(
        household=home,
        area_code=home.area_code,
        rule=rule,
        fingerprint=fingerprint,
        reason=reason.strip(),
        since=on,
        until=until,
        signed_by=by.user_id,
        signed_by_name=by.name,
    )
    _record(Verb.CREATED, made, by, after={"rule": rule, "until": str(until), "reason": made.reason})
    return made


@transaction.atomic
def end(suppression: Suppression, *, by: Actor, on: date) -> Suppression:
    """End it today. Errors: `UserError` where somebody was first, or it is over already."""
    row = Suppression.objects.select_for_update().get(pk=suppression.pk)
    if row.ended_on or row.until <= on:
        raise UserError(_("这一条已经结束"), _("刷新页面看现在的状态"))
    row.ended_on, row.ended_by, row.ended_by_name = on, by.user_id, by.name
    row.save(update_fields=["ended_on", "ended_by", "ended_by_name"])
    _record(Verb.CLOSED, row, by, before={"until": str(row.until)}, after={"ended_on": str(on)})
    return row


def _record(
    verb: Verb, row: Suppression, by: Actor, *, after: dict[str, str], before: dict[str, str] | None = None
) -> None:
    record(
        verb,
        by=by,
        subject=("suppression", str(row.pk)),
        household_id=row.household_id,
        area_code=row.area_code,
        before=before,
        after=after,
    )
