"""What the county decides: one case, or many at once, all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.auditing import BACK_TO_HELP_COLUMNS, back_to_help, required
from shouwang.office.casework.actions.closing import SHUT_COLUMNS, shut_all
from shouwang.office.casework.actions.help_effects import keep_baselines
from shouwang.office.casework.actions.moving import NO_FORM, Move, Sending, begin, finish, finish_all
from shouwang.office.casework.conditions import Given
from shouwang.office.casework.models import Batch, Case, Closing, Decision, Procedure
from shouwang.office.casework.queries.criteria import missing_for_removal
from shouwang.office.registry.actions import levels as registered
from shouwang.office.registry.models.households import LEVELS
from shouwang.office.warnings.actions.answering import answer_all
from shouwang.office.web.days import happened
from shouwang.terms.errors import UserError

Kind = Decision.Kind
LEVEL_COLUMNS = ("confirmed_level", "included_on")
"""What the county's level is in a case."""


@dataclass(frozen=True)
class Ground:
    """Why a decision is against: a code that can be counted, and words the household understands."""

    code: str
    text: str


@transaction.atomic
def include(case_id: int, *, level: int, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Include the household on a level: from now on it is reported."""
    return include_all([begin(case_id, "include", by=by, on=on, sending=sending)], {case_id: level})[0]


def include_all(moves: Sequence[Move], levels: Mapping[int, int], *, batch: Batch | None = None) -> list[Case]:
    """The same for many cases, by their number each on its level; the caller has begun the step with all of them."""
    if not set(levels.values()) <= set(LEVELS[:4]):
        raise UserError(_("没有选认定的级别"), _("选 Ⅰ 到 Ⅳ 中的一级"))
    on = moves[0].on
    for move in moves:
        move.case.confirmed_level, move.case.included_on = levels[move.case.pk], on
    _confirm(moves)
    keep_baselines([move.case for move in moves], on=on)
    _keep(moves, Kind.INCLUDE, levels=levels, batch=batch)
    return finish_all(
        moves, columns=LEVEL_COLUMNS, verb=Verb.DECIDED, told=lambda move: {"level": move.case.confirmed_level}
    )


@transaction.atomic
def raise_level(case_id: int, *, level: int, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """A more severe level for a household that is included; a lighter one only by removal. A removal under way ends.

    It answers the warnings of the household, whichever level they spoke of.
    """
    move = begin(case_id, "raise-level", by=by, on=on, sending=sending, given=Given(level=level))
    return raise_all([move], {case_id: level}, reason=reason)[0]


def raise_all(
    moves: Sequence[Move], levels: Mapping[int, int], *, reason: str, batch: Batch | None = None
) -> list[Case]:
    """The same for many cases, by their number each to its level; the caller has begun the step with all of them."""
    before = {move.case.pk: move.case.confirmed_level for move in moves}
    for move in moves:
        move.case.confirmed_level = levels[move.case.pk]
    _confirm(moves)
    _keep(moves, Kind.RAISE, levels=levels, ground=Ground("", reason), batch=batch)
    for move in moves:
        if move.case.procedure == Procedure.REMOVAL:
            back_to_help(move.case)
    _answer(moves)
    return finish_all(
        moves,
        columns=(*LEVEL_COLUMNS, *BACK_TO_HELP_COLUMNS),
        verb=Verb.DECIDED,
        reason=reason.strip(),
        told=lambda move: {"level": move.case.confirmed_level, "level_before": before[move.case.pk]},
    )


@transaction.atomic
def keep_level(case_id: int, *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """The confirmed level stays, though a warning is more severe; the same warning again asks no more."""
    return keep_all([begin(case_id, "keep-level", by=by, on=on, sending=sending)], reason=reason)[0]


def keep_all(moves: Sequence[Move], *, reason: str, batch: Batch | None = None) -> list[Case]:
    """The same for many cases; the caller has begun the step with all of them."""
    suspected = {move.case.pk: move.case.recheck_level for move in moves}
    _keep(moves, Kind.HOLD, ground=Ground("", reason), batch=batch)
    _answer(moves)
    return finish_all(
        moves,
        verb=Verb.DECIDED,
        reason=reason.strip(),
        told=lambda move: {"level": move.case.confirmed_level, "suspected_level": suspected[move.case.pk]},
    )


@transaction.atomic
def refuse(case_id: int, ground: Ground, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Do not include the household. The case is closed, and a clock runs until somebody has told the household why."""
    return refuse_all([begin(case_id, "refuse", by=by, on=on, sending=sending)], ground)[0]


def refuse_all(moves: Sequence[Move], ground: Ground, *, batch: Batch | None = None) -> list[Case]:
    """The same for many cases, for one reason; the caller has begun the step with all of them."""
    if ground.code not in Decision.Reason.values:
        raise UserError(_("没有选不予纳入的原因"), _("选一个原因，再写明理由"))
    _keep(moves, Kind.REFUSE, ground=ground, batch=batch)
    shut_all([move.case for move in moves], Closing.REFUSED, on=moves[0].on, reason=required(ground.text))
    return finish_all(
        moves,
        columns=SHUT_COLUMNS,
        verb=Verb.DECIDED,
        reason=ground.text.strip(),
        told=lambda _move: {"reason": ground.code},
    )


@transaction.atomic
def remove(case_id: int, *, way: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """The risk is gone: the case is closed and stays on record; the household has no confirmed level any more."""
    given = Given(missing_criteria=missing_for_removal(case_id, on=on))
    return remove_all([begin(case_id, "remove", by=by, on=on, sending=sending, given=given)], way=way)[0]


def remove_all(moves: Sequence[Move], *, way: str, batch: Batch | None = None) -> list[Case]:
    """The same for many cases, in one way; the caller has begun the step with all of them."""
    on = moves[0].on
    registered.confirm_all({move.case.household_id: None for move in moves}, on=on, by=moves[0].by)
    _keep(moves, Kind.REMOVE, way=way, batch=batch)
    for move in moves:
        move.case.removed_on = on
    shut_all([move.case for move in moves], Closing.REMOVED, on=on, reason="")
    return finish_all(moves, columns=("removed_on", *SHUT_COLUMNS), verb=Verb.DECIDED, told=lambda _move: {"way": way})


@transaction.atomic
def keep(case_id: int, *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Do not remove the household: help goes on."""
    move = begin(case_id, "keep", by=by, on=on, sending=sending)
    _keep([move], Kind.KEEP, ground=Ground("", reason))
    back_to_help(move.case)
    return finish(move, verb=Verb.DECIDED, reason=reason.strip())


@transaction.atomic
def tell(case_id: int, *, told_on: date, how: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Somebody told the household why it was refused: who, on which day, how."""
    move = begin(case_id, "tell", by=by, on=on, sending=sending)
    decision = Decision.objects.get(case=move.case, kind=Kind.REFUSE)
    if how not in Decision.How.values:
        raise UserError(_("没有选怎样告诉的"), _("从列出的方式里选"))
    happened(told_on, on=on, since=decision.on, began=_("审定"))
    decision.told_on, decision.told_how = told_on, how
    decision.told_by, decision.told_by_name = by.user_id, by.name
    decision.save()
    return finish(move, told={"how": how})


def _confirm(moves: Sequence[Move]) -> None:
    """The households get the level of their case."""
    decided = {move.case.household_id: move.case.confirmed_level for move in moves}
    registered.confirm_all(decided, on=moves[0].on, by=moves[0].by)


def _answer(moves: Sequence[Move]) -> None:
    answer_all([move.case.household_id for move in moves], on=moves[0].on)


def _keep(
    moves: Sequence[Move],
    kind: Decision.Kind,
    *,
    levels: Mapping[int, int] | None = None,
    ground: Ground | None = None,
    way: str = "",
    batch: Batch | None = None,
) -> None:
    """A decision for each case. Errors: `UserError` where one that needs a reason has none."""
    text = required(ground.text) if ground else ""
    Decision.objects.bulk_create(
        Decision(
            case=move.case,
            procedure=move.case.procedure,
            kind=kind,
            level=levels[move.case.pk] if levels else None,
            reason_code=ground.code if ground else "",
            reason=text,
            way=way,
            on=move.on,
            batch=batch,
            by_id=move.by.user_id,
            by_name=move.by.name,
        )
        for move in moves
    )
