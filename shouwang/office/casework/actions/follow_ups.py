"""The log of visits while help runs."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_clocks
from shouwang.office.casework.actions.moving import NO_FORM, Sending, hold, once
from shouwang.office.casework.models import FollowUp
from shouwang.office.web.days import not_in_future
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Seen:
    """What a visit found, and what is still needed."""

    day: date
    visitor: str
    found: str
    needed: str = ""


@transaction.atomic
def note(case_id: int, seen: Seen, *, by: Actor, on: date, sending: Sending = NO_FORM) -> FollowUp:
    """Keep one visit. Errors: `UserError` for a day to come, a visit before inclusion, or one that says nothing."""
    case = hold(case_id, by=by)
    once(sending.number, "follow-up", by=by, case=case)
    not_in_future(seen.day, on=on)
    if case.included_on is None or seen.day < case.included_on:
        raise UserError(_("走访的日子在纳入以前"), _("纳入以前的入户在“记录入户”里填"))
    if not seen.visitor.strip() or not seen.found.strip():
        raise UserError(_("没有写谁去的、看到了什么"), _("两项都写上"))
    row = FollowUp.objects.create(
        case=case,
        area_code=case.area_code,
        on=seen.day,
        visitor=seen.visitor.strip(),
        found=seen.found.strip(),
        needed=seen.needed.strip(),
        recorded_by=by.user_id,
        recorded_by_name=by.name,
    )
    record(
        Verb.CREATED,
        by=by,
        subject=("follow-up", str(row.pk)),
        household_id=case.household_id,
        area_code=case.area_code,
        after={"case": case.pk, "on": seen.day.isoformat()},
    )
    help_clocks.keep(case.pk, on=on)
    return row
