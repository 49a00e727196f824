"""Adding a file to a measure, or to one of its payments."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.evidence import Proves, may, put
from shouwang.office.casework.actions.help_measures import held
from shouwang.office.casework.actions.moving import NO_FORM, AlreadyDoneError, Sending, once
from shouwang.office.casework.models import Evidence, Measure, Payment
from shouwang.terms.errors import UserError


class AlreadyKeptError(AlreadyDoneError):
    """The same file was added before: it is there, once."""

    def __init__(self, case_id: int) -> None:
        UserError.__init__(self, _("这个附件已经在了，没有再存一份"), _("看下面的附件"))
        self.case_id = case_id


@transaction.atomic
def keep(
    measure_id: int,
    file: UploadedFile,
    *,
    payment_id: int | None = None,
    by: Actor,
    on: date,
    sending: Sending = NO_FORM,
) -> Evidence:
    """Keep a photo or a PDF that proves a measure, or a payment for it.

    Errors: `AlreadyKeptError`; `UserError` for a closed case, a payment of another measure, or a file as in `put`.
    """
    may(Permission.HELP_WORK, by=by)
    measure = held(measure_id, by=by)
    once(sending.number, "add-file", by=by, case=measure.case)
    payment = _payment(measure, payment_id) if payment_id is not None else None
    row, is_new = put(Proves(measure.case, Evidence.Kind.HELP, measure, payment), file, by=by, on=on)
    if not is_new:
        raise AlreadyKeptError(measure.case_id)
    return row


def _payment(measure: Measure, payment_id: int) -> Payment:
    payment = Payment.objects.filter(pk=payment_id, measure=measure).first()
    if payment is None:
        raise UserError(_("没有这笔付款"), _("从列出的付款里选"))
    return payment
