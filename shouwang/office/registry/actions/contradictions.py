"""Settling which of two sources counts."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.actions.replacing import held_sheet, replace
from shouwang.office.registry.models import Contradiction
from shouwang.office.registry.sources import SETTLED
from shouwang.terms.errors import UserError


@transaction.atomic
def settle(contradiction: Contradiction, side: str, *, by: Actor, on: date) -> None:
    """Keep one side. The second becomes the value that counts, verified, as of its own day.

    Errors: `UserError` where somebody settled it first, or there is no such side.
    """
    row = Contradiction.objects.select_for_update(of=("self",)).select_related("household").get(pk=contradiction.pk)
    if row.kept:
        raise UserError(_("这处不一致已经有人定了"), _("刷新页面，看定的是哪一边"))
    if side not in Contradiction.Side.values:
        raise UserError(_("没有选以哪一边为准"), _("点其中一边"))
    row.kept, row.settled_at, row.settled_by = side, timezone.now(), by.user_id
    row.save(update_fields=["kept", "settled_at", "settled_by"])
    if side == Contradiction.Side.SECOND:
        sheet, as_of = held_sheet(row.household), row.second_as_of or on
        if replace(sheet, row.fact, row.second_value, as_of=as_of, source=SETTLED, by=by, is_verified=True):
            sheet.save()
    record(
        Verb.DECIDED,
        by=by,
        subject=("contradiction", str(row.pk)),
        household_id=row.household_id,
        area_code=row.household.area_code,
        before={"fact": row.fact, "first": row.first_value, "second": row.second_value},
        after={"kept": side},
    )
