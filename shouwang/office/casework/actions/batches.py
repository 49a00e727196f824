"""One step of many cases at once: every case is checked first, then the step is taken with all of them or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions import afterwards, assigning, auditing, deciding
from shouwang.office.casework.actions.moving import NO_FORM, Move, Sending, once, permitted
from shouwang.office.casework.conditions import Given, faults, two_people
from shouwang.office.casework.models import Announcement, Batch, Case, State
from shouwang.office.casework.queries.criteria import missing_of
from shouwang.office.casework.queries.standing import standing_of
from shouwang.office.casework.transitions import find
from shouwang.office.web.speaking import clauses
from shouwang.terms.errors import UserError

LIMIT = 200
"""Cases of one batch: more than a meeting can look at."""


@dataclass(frozen=True)
class NotAllowed:
    """One case of a batch with which the step cannot be taken, and why."""

    case_id: int
    reason: str


class BatchRefusedError(UserError):
    """Nothing was done; `cases` says which and why."""

    def __init__(self, cases: Sequence[NotAllowed]) -> None:
        super().__init__(
            _("有 %(count)d 户不能这样办，所选的一户都没有办") % {"count": len(cases)},
            _("去掉这几户，或先把缺的办好：%(cases)s")
            % {"cases": clauses(f"№{one.case_id} {one.reason}" for one in cases)},
        )
        self.cases = tuple(cases)


@transaction.atomic
def include(chosen: Sequence[int], *, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Include all, each on the level that was proposed."""
    moves = _begun(chosen, "include", by=by, on=on, sending=sending)
    batch = _batch(by=by, on=on)
    deciding.include_all(moves, {move.case.pk: move.case.proposed_level or 0 for move in moves}, batch=batch)
    return batch


@transaction.atomic
def refuse(chosen: Sequence[int], ground: deciding.Ground, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Refuse all for one reason."""
    moves = _begun(chosen, "refuse", by=by, on=on, sending=sending)
    batch = _batch(by=by, on=on)
    deciding.refuse_all(moves, ground, batch=batch)
    return batch


@transaction.atomic
def remove(chosen: Sequence[int], *, way: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Remove all, in one way."""

    def given(cases: Sequence[Case]) -> dict[int, Given]:
        return {number: Given(missing_criteria=missing) for number, missing in missing_of(cases, on=on).items()}

    moves = _begun(chosen, "remove", by=by, on=on, sending=sending, given=given)
    batch = _batch(by=by, on=on)
    deciding.remove_all(moves, way=way, batch=batch)
    return batch


@transaction.atomic
def send_back(
    chosen: Sequence[int], *, to: str, reason: str, by: Actor, on: date, sending: Sending = NO_FORM
) -> list[Case]:
    """Send all back to one earlier step."""
    return auditing.send_all_back(_begun(chosen, "send-back", by=by, on=on, sending=sending), to=to, reason=reason)


@transaction.atomic
def raise_levels(chosen: Sequence[int], *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Raise all, each to the level its warning says, for one reason."""

    def given(cases: Sequence[Case]) -> dict[int, Given]:
        return {case.pk: Given(level=case.recheck_level) for case in cases}

    moves = _begun(chosen, "raise-level", by=by, on=on, sending=sending, given=given)
    batch = _batch(by=by, on=on)
    levels = {move.case.pk: move.case.recheck_level or 0 for move in moves}
    deciding.raise_all(moves, levels, reason=reason, batch=batch)
    return batch


@transaction.atomic
def keep_levels(chosen: Sequence[int], *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Leave all on the level they have, for one reason."""
    moves = _begun(chosen, "keep-level", by=by, on=on, sending=sending)
    batch = _batch(by=by, on=on)
    deciding.keep_all(moves, reason=reason, batch=batch)
    return batch


@transaction.atomic
def assign(
    chosen: Sequence[int], *, village: str, township: str, by: Actor, on: date, sending: Sending = NO_FORM
) -> list[Case]:
    """Send the same two people to clues of one village. Only to clues: who goes already is changed case by case."""
    people = Given(people=(village, township))
    if fault := two_people(people.people):
        raise UserError(fault.found, fault.cure)

    def given(cases: Sequence[Case]) -> dict[int, Given]:
        return {case.pk: people for case in cases}

    clues = replace(sending, expected=State.CLUE.value)
    moves = _of_one_village(_begun(chosen, "assign", by=by, on=on, sending=clues, given=given))
    return assigning.assign_all(moves, village=village, township=township)


@transaction.atomic
def announce(
    chosen: Sequence[int], *, posted_on: date, place: str, by: Actor, on: date, sending: Sending = NO_FORM
) -> Announcement:
    """Announce the results of many households of one village on one sheet."""
    moves = _of_one_village(_begun(chosen, "announce", by=by, on=on, sending=sending))
    return afterwards.announce_all(moves, posted_on=posted_on, place=place)


def _of_one_village(moves: list[Move]) -> list[Move]:
    """Errors: `BatchRefusedError` where some live elsewhere."""
    home = moves[0].case.area_code
    elsewhere = [NotAllowed(move.case.pk, _("不在同一个村")) for move in moves if move.case.area_code != home]
    if elsewhere:
        raise BatchRefusedError(elsewhere)
    return moves


def _nothing(cases: Sequence[Case]) -> dict[int, Given]:
    return {}


def _begun(
    chosen: Sequence[int],
    action: str,
    *,
    by: Actor,
    on: date,
    sending: Sending,
    given: Callable[[Sequence[Case]], Mapping[int, Given]] = _nothing,
) -> list[Move]:
    """The step begun with all, locked in one order. Errors: `BatchRefusedError` names all that are not allowed."""
    if not 0 < len(set(chosen)) <= LIMIT:
        raise UserError(_("没有选，或选得太多"), _("选 1 到 %(limit)d 户") % {"limit": LIMIT})
    rows = Case.objects.select_for_update().filter(pk__in=chosen, area_code__startswith=by.area_code).order_by("pk")
    found = {case.pk: case for case in rows}
    once(sending.number, f"batch-{action}", by=by, case=None)
    standing, told = standing_of(found.values(), on=on), given(list(found.values()))
    refused = [NotAllowed(number, _("没有，或不在您的范围内")) for number in sorted(set(chosen) - set(found))]
    moves = []
    for case in found.values():
        row = find(action, case.state)
        if row is None or (sending.expected and sending.expected != case.state):
            refused.append(NotAllowed(case.pk, _("已经是“%(state)s”") % {"state": State(case.state).label}))
            continue
        permitted(row, by=by)
        moves.append(Move(case, row, by, on))
        missing = faults(row.needs, case, standing[case.pk], on=on, given=told.get(case.pk))
        if missing:
            refused.append(NotAllowed(case.pk, clauses(fault.found for fault in missing)))
    if refused:
        raise BatchRefusedError(refused)
    return moves


def _batch(*, by: Actor, on: date) -> Batch:
    """A batch with the number papers quote: county, day, running number."""
    count = Batch.objects.filter(area_code=by.area_code, on=on).count()
    return Batch.objects.create(
        number=f"{by.area_code}-{on:%Y%m%d}-{count + 1:02d}",
        area_code=by.area_code,
        on=on,
        by_id=by.user_id,
        by_name=by.name,
    )
