"""The township's audit: passed to the county, or proposed for refusal, or sent back."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Move, Sending, begin, finish, finish_all
from shouwang.office.casework.models import Case, TownAudit
from shouwang.terms.errors import UserError

BACK_TO_HELP_COLUMNS = ("procedure", "returned_on", "paused_days")
"""What `back_to_help` sets."""


@transaction.atomic
def passed(case_id: int, *, opinion: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """The township agrees: the notice ran its days and nothing stands against it."""
    move = begin(case_id, "audit", by=by, on=on, sending=sending)
    _keep(move, opinion, is_passed=True)
    return finish(move, reason=opinion)


@transaction.atomic
def propose_refusal(case_id: int, *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """The township proposes to the county not to include the household."""
    move = begin(case_id, "propose-refusal", by=by, on=on, sending=sending)
    _keep(move, required(reason), is_passed=False)
    return finish(move, reason=reason.strip())


@transaction.atomic
def send_back(case_id: int, *, to: str, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Back to an earlier step, with what is missing; the clock goes on. Township and county each have their action."""
    action = "send-back" if by.role == "county-decider" else "return"
    move = begin(case_id, action, by=by, on=on, sending=sending)
    if action == "return":
        _keep(move, required(reason), is_passed=False)
    return send_all_back([move], to=to, reason=reason)[0]


def send_all_back(moves: Sequence[Move], *, to: str, reason: str) -> list[Case]:
    """The same for many cases; the caller has begun the step with all of them."""
    for move in moves:
        move.case.returned_on = move.on
    return finish_all(moves, columns=["returned_on"], chosen=to, reason=required(reason))


@transaction.atomic
def stop_removal(case_id: int, *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """The township ends a removal: help goes on."""
    move = begin(case_id, "stop-removal", by=by, on=on, sending=sending)
    back_to_help(move.case)
    return finish(move, reason=required(reason))


def back_to_help(case: Case) -> None:
    """The case is in its first procedure again, without a clock of removal."""
    case.procedure, case.returned_on, case.paused_days = "inclusion", None, 0


def required(reason: str) -> str:
    """Errors: `UserError` where no reason is written."""
    if not reason.strip():
        raise UserError(_("没有写理由"), _("写明理由，农户和村里要看得懂"))
    return reason.strip()


def _keep(move: Move, opinion: str, *, is_passed: bool) -> None:
    TownAudit.objects.create(
        case=move.case,
        procedure=move.case.procedure,
        on=move.on,
        is_passed=is_passed,
        opinion=opinion.strip(),
        by_id=move.by.user_id,
        by_name=move.by.name,
    )
