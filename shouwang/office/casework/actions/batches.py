"""One step of many cases at once: every case is checked first, then the step is taken with all of them or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions import assigning, auditing, deciding
from shouwang.office.casework.actions.moving import NO_FORM, Sending, once
from shouwang.office.casework.conditions import Given, faults, two_people
from shouwang.office.casework.models import Batch, Case, State
from shouwang.office.casework.queries.criteria import missing_for_removal
from shouwang.office.casework.queries.standing import standing_of
from shouwang.office.casework.transitions import find
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
            % {"cases": "；".join(f"№{one.case_id} {one.reason}" for one in cases)},
        )
        self.cases = tuple(cases)


@transaction.atomic
def include(chosen: Sequence[int], *, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Include all, each on the level that was proposed."""
    cases = _held(chosen, "include", by=by, on=on, sending=sending)
    batch = _batch(by=by, on=on)
    for case in cases:
        deciding.include(case.pk, level=case.proposed_level or 0, by=by, on=on, batch=batch)
    return batch


@transaction.atomic
def refuse(chosen: Sequence[int], ground: deciding.Ground, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Refuse all for one reason."""
    cases = _held(chosen, "refuse", by=by, on=on, sending=sending)
    batch = _batch(by=by, on=on)
    for case in cases:
        deciding.refuse(case.pk, ground, by=by, on=on, batch=batch)
    return batch


@transaction.atomic
def remove(chosen: Sequence[int], *, way: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Remove all, in one way."""

    def given(case: Case) -> Given:
        return Given(missing_criteria=missing_for_removal(case.pk, on=on))

    cases = _held(chosen, "remove", by=by, on=on, sending=sending, given=given)
    batch = _batch(by=by, on=on)
    for case in cases:
        deciding.remove(case.pk, way=way, by=by, on=on, batch=batch)
    return batch


@transaction.atomic
def send_back(
    chosen: Sequence[int], *, to: str, reason: str, by: Actor, on: date, sending: Sending = NO_FORM
) -> list[Case]:
    """Send all back to one earlier step."""
    cases = _held(chosen, "send-back", by=by, on=on, sending=sending)
    return [auditing.send_back(case.pk, to=to, reason=reason, by=by, on=on) for case in cases]


@transaction.atomic
def raise_levels(chosen: Sequence[int], *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Raise all, each to the level its warning says, for one reason."""

    def given(case: Case) -> Given:
        return Given(level=case.recheck_level)

    cases = _held(chosen, "raise-level", by=by, on=on, sending=sending, given=given)
    batch = _batch(by=by, on=on)
    for case in cases:
        deciding.raise_level(case.pk, level=case.recheck_level or 0, reason=reason, by=by, on=on, batch=batch)
    return batch


@transaction.atomic
def keep_levels(chosen: Sequence[int], *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Batch:
    """Leave all on the level they have, for one reason."""
    cases = _held(chosen, "keep-level", by=by, on=on, sending=sending)
    batch = _batch(by=by, on=on)
    for case in cases:
        deciding.keep_level(case.pk, reason=reason, by=by, on=on, batch=batch)
    return batch


@transaction.atomic
def assign(
    chosen: Sequence[int], *, village: str, township: str, by: Actor, on: date, sending: Sending = NO_FORM
) -> list[Case]:
    """Send the same two people to clues of one village. Only to clues: who goes already is changed case by case."""
    given = Given(people=(village, township))
    if fault := two_people(given.people):
        raise UserError(fault.found, fault.cure)
    clues = replace(sending, expected=State.CLUE.value)
    cases = _held(chosen, "assign", by=by, on=on, sending=clues, given=lambda case: given)
    home = cases[0].area_code
    elsewhere = [NotAllowed(case.pk, _("不在同一个村")) for case in cases if case.area_code != home]
    if elsewhere:
        raise BatchRefusedError(elsewhere)
    return [assigning.assign(case.pk, village=village, township=township, by=by, on=on) for case in cases]


def _nothing(case: Case) -> Given:
    return Given()


def _held(
    chosen: Sequence[int],
    action: str,
    *,
    by: Actor,
    on: date,
    sending: Sending,
    given: Callable[[Case], Given] = _nothing,
) -> list[Case]:
    """The cases, locked in one order, every one of them allowed. Errors: `BatchRefusedError` names all that are not."""
    if not 0 < len(set(chosen)) <= LIMIT:
        raise UserError(_("没有选，或选得太多"), _("选 1 到 %(limit)d 户") % {"limit": LIMIT})
    rows = Case.objects.select_for_update().filter(pk__in=chosen, area_code__startswith=by.area_code).order_by("pk")
    found = {case.pk: case for case in rows}
    once(sending.number, f"batch-{action}", by=by, case=None)
    standing = standing_of(found.values(), on=on)
    refused = [NotAllowed(number, _("没有，或不在您的范围内")) for number in sorted(set(chosen) - set(found))]
    for case in found.values():
        row = find(action, case.state)
        if row is None or (sending.expected and sending.expected != case.state):
            refused.append(NotAllowed(case.pk, _("已经是“%(state)s”") % {"state": State(case.state).label}))
            continue
        missing = faults(row.needs, case, standing[case.pk], on=on, given=given(case))
        if missing:
            refused.append(NotAllowed(case.pk, "，".join(fault.found for fault in missing)))
    if refused:
        raise BatchRefusedError(refused)
    return list(found.values())


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
