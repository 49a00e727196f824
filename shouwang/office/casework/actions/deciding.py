"""What the county decides: one case, or many at once, all or none."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.auditing import back_to_help, required
from shouwang.office.casework.actions.closing import shut
from shouwang.office.casework.actions.help_effects import keep_baseline
from shouwang.office.casework.actions.moving import NO_FORM, Move, Sending, begin, finish, not_in_future
from shouwang.office.casework.conditions import Given
from shouwang.office.casework.models import Batch, Case, Closing, Decision, Procedure
from shouwang.office.casework.queries.criteria import missing_for_removal
from shouwang.office.registry.actions import levels
from shouwang.office.registry.models.households import LEVELS
from shouwang.office.warnings.actions.answering import answer
from shouwang.terms.errors import UserError

Kind = Decision.Kind


@dataclass(frozen=True)
class Ground:
    """Why a decision is against: a code that can be counted, and words the household understands."""

    code: str
    text: str


@transaction.atomic
def include(
    case_id: int, *, level: int, by: Actor, on: date, sending: Sending = NO_FORM, batch: Batch | None = None
) -> Case:
    """Include the household on a level: from now on it is reported."""
    move = begin(case_id, "include", by=by, on=on, sending=sending)
    if level not in LEVELS[:4]:
        raise UserError(_("没有选认定的级别"), _("选 Ⅰ 到 Ⅳ 中的一级"))
    move.case.confirmed_level, move.case.included_on = level, on
    levels.confirm(move.case.household, level, on=on, by=by)
    keep_baseline(move.case, on=on)
    _keep(move, Kind.INCLUDE, level=level, batch=batch)
    return finish(move, verb=Verb.DECIDED, told={"level": level})


@transaction.atomic
def raise_level(
    case_id: int,
    *,
    level: int,
    reason: str,
    by: Actor,
    on: date,
    sending: Sending = NO_FORM,
    batch: Batch | None = None,
) -> Case:
    """A more severe level for a household that is included; a lighter one only by removal. A removal under way ends.

    It answers the warnings of the household, whichever level they spoke of.
    """
    move = begin(case_id, "raise-level", by=by, on=on, sending=sending, given=Given(level=level))
    before, move.case.confirmed_level = move.case.confirmed_level, level
    levels.confirm(move.case.household, level, on=on, by=by)
    _keep(move, Kind.RAISE, level=level, ground=Ground("", required(reason)), batch=batch)
    if move.case.procedure == Procedure.REMOVAL:
        back_to_help(move.case)
    answer(move.case.household_id, on=on)
    return finish(move, verb=Verb.DECIDED, reason=reason.strip(), told={"level": level, "level_before": before})


@transaction.atomic
def keep_level(
    case_id: int, *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM, batch: Batch | None = None
) -> Case:
    """The confirmed level stays, though a warning is more severe; the same warning again asks no more."""
    move = begin(case_id, "keep-level", by=by, on=on, sending=sending)
    told = {"level": move.case.confirmed_level, "suspected_level": move.case.recheck_level}
    _keep(move, Kind.HOLD, ground=Ground("", required(reason)), batch=batch)
    answer(move.case.household_id, on=on)
    return finish(move, verb=Verb.DECIDED, reason=reason.strip(), told=told)


@transaction.atomic
def refuse(
    case_id: int, ground: Ground, *, by: Actor, on: date, sending: Sending = NO_FORM, batch: Batch | None = None
) -> Case:
    """Do not include the household. The case is closed, and a clock runs until somebody has told the household why."""
    move = begin(case_id, "refuse", by=by, on=on, sending=sending)
    if ground.code not in Decision.Reason.values:
        raise UserError(_("没有选不予纳入的原因"), _("选一个原因，再写明理由"))
    _keep(move, Kind.REFUSE, ground=ground, batch=batch)
    shut(move.case, Closing.REFUSED, on=on, reason=required(ground.text))
    return finish(move, verb=Verb.DECIDED, reason=ground.text.strip(), told={"reason": ground.code})


@transaction.atomic
def remove(
    case_id: int, *, way: str, by: Actor, on: date, sending: Sending = NO_FORM, batch: Batch | None = None
) -> Case:
    """The risk is gone: the case is closed and stays on record; the household has no confirmed level any more."""
    given = Given(missing_criteria=missing_for_removal(case_id, on=on))
    move = begin(case_id, "remove", by=by, on=on, sending=sending, given=given)
    levels.confirm(move.case.household, None, on=on, by=by)
    _keep(move, Kind.REMOVE, way=way, batch=batch)
    move.case.removed_on = on
    shut(move.case, Closing.REMOVED, on=on, reason="")
    return finish(move, verb=Verb.DECIDED, told={"way": way})


@transaction.atomic
def keep(case_id: int, *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Do not remove the household: help goes on."""
    move = begin(case_id, "keep", by=by, on=on, sending=sending)
    _keep(move, Kind.KEEP, ground=Ground("", required(reason)))
    back_to_help(move.case)
    return finish(move, verb=Verb.DECIDED, reason=reason.strip())


@transaction.atomic
def tell(case_id: int, *, told_on: date, how: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Somebody told the household why it was refused: who, on which day, how."""
    move = begin(case_id, "tell", by=by, on=on, sending=sending)
    decision = Decision.objects.get(case=move.case, kind=Kind.REFUSE)
    if how not in Decision.How.values or not_in_future(told_on, on=on) < decision.on:
        raise UserError(_("告知的日期早于审定，或没有选方式"), _("填告知的日子和方式"))
    decision.told_on, decision.told_how = told_on, how
    decision.told_by, decision.told_by_name = by.user_id, by.name
    decision.save()
    return finish(move, told={"how": how})


def _keep(
    move: Move,
    kind: Decision.Kind,
    *,
    level: int | None = None,
    ground: Ground | None = None,
    way: str = "",
    batch: Batch | None = None,
) -> Decision:
    return Decision.objects.create(
        case=move.case,
        procedure=move.case.procedure,
        kind=kind,
        level=level,
        reason_code=ground.code if ground else "",
        reason=required(ground.text) if ground else "",
        way=way,
        on=move.on,
        batch=batch,
        by_id=move.by.user_id,
        by_name=move.by.name,
    )
