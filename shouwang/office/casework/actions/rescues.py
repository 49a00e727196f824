"""Rescue first, paper after: help in an emergency, with the day by which the county must have decided."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.access.scope import WHOLE_COUNTRY
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.clues import Declared, open_declared
from shouwang.office.casework.actions.evidence import Proves
from shouwang.office.casework.actions.evidence import put as put_file
from shouwang.office.casework.actions.help_payments import Paid, put
from shouwang.office.casework.actions.moving import NO_FORM, Sending, once
from shouwang.office.casework.models import Escalation, Evidence, Origin, Rescue
from shouwang.office.casework.queries.rescues import listed
from shouwang.office.registry.models import Household
from shouwang.office.web.days import not_long_ago
from shouwang.policy.help_figures import figure
from shouwang.policy.measure_kinds import MEASURES
from shouwang.terms.errors import UserError
from shouwang.terms.working_days import working_day_from


@dataclass(frozen=True)
class Emergency:
    """What was done at once: on which day, by which kind of measure, why, on whose word."""

    day: date
    code: str
    reason: str
    authorised_by: str
    authorised_post: str


@transaction.atomic
def give(
    household_id: str,
    emergency: Emergency,
    paid: Paid | None,
    *,
    by: Actor,
    on: date,
    sending: Sending = NO_FORM,
    file: UploadedFile | None = None,
) -> Rescue:
    """Record help given before any procedure, its money, and a clue so that the procedure follows.

    The household is identified by nothing of this. A file proves the payment, and where nothing was paid the help.

    Errors: `UserError` for a household that is not there, closed or outside the area; what is missing; a file that
    cannot be kept.
    """
    home = (
        Household.objects.select_for_update()
        .filter(pk=household_id, area_code__startswith=by.area_code, closed_on=None)
        .first()
    )
    if home is None:
        raise UserError(_("没有这一户，或不在您的范围内"), _("从农户页面重新进入"))
    once(sending.number, "rescue", by=by, case=None)
    _possible(emergency, on=on)
    rescue = Rescue.objects.create(
        household=home,
        area_code=home.area_code,
        on=emergency.day,
        code=emergency.code,
        reason=emergency.reason.strip(),
        authorised_by=emergency.authorised_by.strip(),
        authorised_post=emergency.authorised_post.strip(),
        due_on=working_day_from(emergency.day + timedelta(days=figure("paper_after_rescue", on))),
        recorded_by=by.user_id,
        recorded_by_name=by.name,
    )
    record(
        Verb.CREATED,
        by=by,
        subject=("rescue", str(rescue.pk)),
        household_id=home.pk,
        area_code=home.area_code,
        after={"code": rescue.code, "on": rescue.on.isoformat(), "due_on": rescue.due_on.isoformat()},
    )
    case = open_declared(home.pk, Declared(Origin.OTHER, rescue.reason, _("先行救助")), by=by, on=on)
    payment = put(paid, rescue=rescue, by=by, on=on) if paid else None
    if file is not None:
        put_file(Proves(case, Evidence.Kind.HELP, payment=payment), file, by=by, on=on)
    return rescue


@transaction.atomic
def settle(*, on: date) -> int:
    """Note which rescues the county has decided on since, and end what was passed upwards of them; run daily."""
    settled = listed(WHOLE_COUNTRY).filter(settled_on=None, is_settled=True)
    homes = dict(settled.values_list("id", "household"))
    Rescue.objects.filter(pk__in=homes).update(settled_on=on)
    open_still = set(
        Rescue.objects.filter(household__in=homes.values(), settled_on=None).values_list("household", flat=True)
    )
    done = Escalation.objects.filter(state=Escalation.RESCUE, ended_on=None)
    done.filter(case__household__in=set(homes.values()) - open_still).update(ended_on=on)
    return len(homes)


def _possible(emergency: Emergency, *, on: date) -> None:
    not_long_ago(emergency.day, on=on, within="rescue_told_within")
    if emergency.code not in {kind.code for kind in MEASURES}:
        raise UserError(_("没有选救助的方式"), _("从列出的措施里选"))
    if not emergency.authorised_by.strip() or not emergency.authorised_post.strip():
        raise UserError(_("没有写谁批准的"), _("写批准人的姓名和职务"))
    if not emergency.reason.strip():
        raise UserError(_("没有写救助的原因"), _("写明发生了什么"))
