"""Paying for a measure or a rescue, and taking a wrong payment back."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.evidence import Proves
from shouwang.office.casework.actions.evidence import put as put_file
from shouwang.office.casework.actions.help_measures import held
from shouwang.office.casework.actions.moving import NO_FORM, Sending, once
from shouwang.office.casework.models import Evidence, Measure, Payment, Rescue
from shouwang.office.web.days import happened
from shouwang.terms.errors import UserError

LARGEST_FEN = 100_000_000_00
"""A hundred million 元: more is a slip of the keyboard."""


@dataclass(frozen=True)
class Paid:
    """Money as it went out. *Units*: fen."""

    source: str
    amount_fen: int
    day: date
    evidence: str


@transaction.atomic
def pay(
    measure_id: int,
    paid: Paid,
    *,
    by: Actor,
    on: date,
    sending: Sending = NO_FORM,
    file: UploadedFile | None = None,
) -> Payment:
    """Record a payment for a measure. Errors: `UserError` for an amount, a day, evidence or a file that cannot be."""
    measure = held(measure_id, by=by)
    once(sending.number, "pay", by=by, case=measure.case)
    if measure.status == Measure.Status.STOPPED:
        raise UserError(_("这项措施已经中止，不能再付款"), _("另加一项措施"))
    payment = put(paid, measure=measure, by=by, on=on)
    if file is not None:
        put_file(Proves(measure.case, Evidence.Kind.HELP, measure, payment), file, by=by, on=on)
    return payment


def put(paid: Paid, *, measure: Measure | None = None, rescue: Rescue | None = None, by: Actor, on: date) -> Payment:
    """Write a payment; the caller holds what it is for."""
    about = measure or rescue
    assert about is not None
    _possible(paid)
    since, began = (measure.case.opened_on, _("线索建立")) if measure else (about.on, _("救助"))
    happened(paid.day, on=on, since=since, began=began)
    household_id = measure.case.household_id if measure else about.household_id
    payment = Payment.objects.create(
        measure=measure,
        rescue=rescue,
        household_id=household_id,
        person_id=measure.person_id if measure else None,
        area_code=about.area_code,
        code=about.code,
        source=paid.source,
        amount_fen=paid.amount_fen,
        on=paid.day,
        evidence=paid.evidence.strip(),
        paid_by=by.user_id,
        paid_by_name=by.name,
    )
    _noted(payment, by=by)
    return payment


def _possible(paid: Paid) -> None:
    if paid.source not in Payment.Source.values:
        raise UserError(_("没有选资金来源"), _("从列出的来源里选"))
    if not 0 < paid.amount_fen <= LARGEST_FEN:
        raise UserError(_("金额要大于零"), _("以元填写，至多两位小数"))
    if not paid.evidence.strip():
        raise UserError(_("付款没有凭据"), _("写凭据，例如打卡发放表的编号"))


@transaction.atomic
def take_back(payment_id: int, reason: str, *, by: Actor, on: date) -> Payment:
    """Cancel a payment by another row; both stay in the ledger. Errors: `UserError` where it is cancelled already."""
    wrong = (
        Payment.objects.select_for_update()
        .filter(pk=payment_id, area_code__startswith=by.area_code, taken_back=None)
        .first()
    )
    if wrong is None:
        raise UserError(_("没有这笔付款"), _("从资金台账重新进入"))
    if Payment.objects.filter(taken_back=wrong).exists():
        raise UserError(_("这笔付款已经冲销过，没有再冲销一次"), _("看资金台账"))
    if not reason.strip():
        raise UserError(_("没有写冲销的原因"), _("写明为什么"))
    row = Payment.objects.create(
        measure=wrong.measure,
        rescue=wrong.rescue,
        household_id=wrong.household_id,
        person_id=wrong.person_id,
        area_code=wrong.area_code,
        code=wrong.code,
        source=wrong.source,
        amount_fen=wrong.amount_fen,
        on=on,
        evidence=reason.strip(),
        taken_back=wrong,
        paid_by=by.user_id,
        paid_by_name=by.name,
    )
    _noted(row, by=by)
    return row


def _noted(payment: Payment, *, by: Actor) -> None:
    record(
        Verb.PAID,
        by=by,
        subject=("payment", str(payment.pk)),
        household_id=payment.household_id,
        area_code=payment.area_code,
        after={
            "amount_fen": payment.amount_fen if payment.taken_back_id is None else -payment.amount_fen,
            "source": payment.source,
            "code": payment.code,
            "taken_back": payment.taken_back_id,
        },
    )
