"""Moving a case from state to state: the same checks for every action, in one place."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import event_of, record_all
from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import side_clocks
from shouwang.office.casework.actions.help_clocks import set_help_clocks
from shouwang.office.casework.conditions import Given, faults
from shouwang.office.casework.models import Case, Escalation, FormNumber, State, Step
from shouwang.office.casework.queries.schedules import days_in
from shouwang.office.casework.queries.standing import standing_of
from shouwang.office.casework.ticking import CLOCK_COLUMNS, RECHECK_COLUMNS, end_recheck, set_clock
from shouwang.office.casework.transitions import RECHECK, SIDE, Transition, find
from shouwang.office.web.speaking import clauses
from shouwang.terms.errors import UserError


class AlreadyDoneError(UserError):
    """The same form was sent before: what it asked for is done, once."""

    def __init__(self, case_id: int | None) -> None:
        super().__init__(_("这张表已经办过，没有再办一次"), _("看这一户的经过"))
        self.case_id = case_id


@dataclass(frozen=True)
class Sending:
    """What a form says of itself: its number, and the state the case had when it was shown; empty: nothing is said."""

    number: str = ""
    expected: str = ""


NO_FORM = Sending()


@dataclass(frozen=True)
class Move:
    """A case held for one transition, until the transaction ends."""

    case: Case
    row: Transition
    by: Actor
    on: date


def begin(
    case_id: int, action: str, *, by: Actor, on: date, sending: Sending = NO_FORM, given: Given | None = None
) -> Move:
    """Hold a case, and make sure that the action is allowed to it now, here, to this person.

    Errors: `AlreadyDoneError`; `UserError` where somebody was first, or the table or a condition does not allow it.
    """
    case = hold(case_id, by=by)
    once(sending.number, action, by=by, case=case)
    _as_expected(case, sending.expected)
    row = find(action, case.state)
    if row is None:
        raise UserError(
            _("“%(state)s”的户现在不能这样办") % {"state": State(case.state).label}, _("打开这一户，看下一步是什么")
        )
    permitted(row, by=by)
    found = faults(row.needs, case, standing_of([case], on=on)[case.pk], on=on, given=given)
    if found:
        raise UserError(clauses(fault.found for fault in found), clauses(fault.cure for fault in found))
    return Move(case, row, by, on)


def hold(case_id: int, *, by: Actor) -> Case:
    """The case, locked. Errors: `UserError` where it is not there or not in the actor's area: the same answer."""
    case = Case.objects.select_for_update().filter(pk=case_id, area_code__startswith=by.area_code).first()
    if case is None:
        raise UserError(_("没有这个办理，或不在您的范围内"), _("从办理列表重新进入"))
    return case


def permitted(row: Transition, *, by: Actor) -> None:
    """Errors: `UserError` where the actor's role may not do it."""
    if by != SYSTEM and row.permission not in ROLES[by.role].permissions:
        raise UserError(_("您的角色不能办“%(action)s”") % {"action": row.word}, _("请有这个权限的人来办"))


def once(number: str, action: str, *, by: Actor, case: Case | None) -> None:
    """Keep the number of a form; the caller holds what the form is about. Errors: `AlreadyDoneError`."""
    if not number:
        return
    earlier = FormNumber.objects.filter(pk=number).first()
    if earlier:
        raise AlreadyDoneError(earlier.case_id)
    FormNumber.objects.create(number=number, action=action, case=case, by_id=by.user_id)


def _as_expected(case: Case, expected: str) -> None:
    if expected and expected != case.state:
        raise UserError(
            _("您打开这一页以后，别人已把这一户办到“%(state)s”，这次什么都没有改") % {"state": State(case.state).label},
            _("打开这一户看最新情况，再决定要不要办"),
        )


Told = dict[str, object]


def finish(
    move: Move, *, chosen: str = "", reason: str = "", verb: Verb = Verb.CHANGED, told: Told | None = None
) -> Case:
    """Move the case on: its state and clock, a row of its history, an event. The caller has set its other columns."""
    return finish_all([move], chosen=chosen, reason=reason, verb=verb, told=lambda _move: told or {})[0]


def finish_all(
    moves: Sequence[Move],
    *,
    columns: Collection[str] = (),
    chosen: str = "",
    reason: str = "",
    verb: Verb = Verb.CHANGED,
    told: Callable[[Move], Told] = lambda _move: {},
) -> list[Case]:
    """The same for many cases that take one step together, in as many queries as for one: each has its own row of
    history and its own event. `columns`: what else of a case the caller has set.
    """
    before = {move.case.pk: move.case.state for move in moves}
    deadlines = _deadlines(moves)
    _go_on(moves, chosen=chosen)
    cases = [move.case for move in moves]
    if len(cases) == 1:
        cases[0].save()
    else:
        answered = RECHECK_COLUMNS if moves[0].row.meets == RECHECK.step else ()
        Case.objects.bulk_update(cases, {"state", *CLOCK_COLUMNS, *answered, *columns})
    side_clocks.follow([(move.case, move.row) for move in moves], on=moves[0].on)
    Step.objects.bulk_create(
        _step(move, from_state=before[move.case.pk], due_on=deadlines[move.case.pk], reason=reason) for move in moves
    )
    record_all(
        event_of(
            verb,
            by=move.by,
            subject=("case", str(move.case.pk)),
            household_id=move.case.household_id,
            area_code=move.case.area_code,
            before={"state": before[move.case.pk]},
            after={"action": move.row.action, "state": move.case.state, **told(move)},
            run=move.case.run_digest,
            policy=move.case.policy,
        )
        for move in moves
    )
    return cases


def _go_on(moves: Sequence[Move], *, chosen: str) -> None:
    """The states and clocks of the cases, unsaved, and the end of what was passed upwards."""
    days = days_in(move.case.area_code for move in moves)
    gone = []
    for move in moves:
        case, before = move.case, move.case.state
        target = move.row.target(before, chosen)
        if target is None:
            raise UserError(_("不能退回到这一步"), _("选列出的较早的一步"))
        if move.row.meets == RECHECK.step:
            end_recheck(case)
        case.state = target
        if target != before:
            gone.append(case.pk)
            set_clock(case, on=move.on, days=days(case.area_code, case.clock_from))
    if gone:
        set_help_clocks([move.case for move in moves if move.case.pk in gone], on=moves[0].on)
        _end_escalations(gone, moves[0])


def _end_escalations(cases: Collection[int], move: Move) -> None:
    """What was late is done; the paper of a rescue is done by the county's decision alone, what is beside a state by
    itself.
    """
    raised = Escalation.objects.filter(case__in=cases, ended_on=None).exclude(state__in=SIDE)
    if move.row.meets != "decided":
        raised = raised.exclude(state=Escalation.RESCUE)
    raised.update(ended_on=move.on)


def _deadlines(moves: Sequence[Move]) -> dict[int, date | None]:
    """The day by which this was to be done in each case; None where no clock runs for it."""
    step = moves[0].row.meets
    if step in SIDE:
        return side_clocks.deadlines([move.case for move in moves], step)
    return {move.case.pk: _deadline(move) for move in moves}


def _deadline(move: Move) -> date | None:
    if move.row.meets == RECHECK.step:
        return move.case.recheck_due_on
    return move.case.next_due_on if move.row.meets else None


def _step(move: Move, *, from_state: str, due_on: date | None, reason: str) -> Step:
    """A row of the case's history, not written yet."""
    return Step(
        case=move.case,
        procedure=move.case.procedure,
        action=move.row.action,
        from_state=from_state,
        to_state=move.case.state,
        on=move.on,
        due_on=due_on,
        reason=reason,
        by_id=move.by.user_id,
        by_name=move.by.name,
        by_role=move.by.role,
    )
