"""Ending a case: withdrawn by the household, or because the household is no more."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.auditing import required
from shouwang.office.casework.actions.help_ending import open_of, stop_all
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish
from shouwang.office.casework.conditions import Given
from shouwang.office.casework.models import Case, Closing
from shouwang.office.casework.ticking import RECHECK_COLUMNS, end_recheck
from shouwang.office.registry.models import Household
from shouwang.office.warnings.actions.answering import answer_all

AS: dict[str, str] = {
    Household.Closing.DIED: Closing.DIED,
    Household.Closing.MOVED: Closing.MOVED,
    Household.Closing.MERGED: Closing.MERGED,
    Household.Closing.SPLIT: Closing.LEFT,
    Household.Closing.LEFT: Closing.LEFT,
}
"""How a household that was closed closes its case."""
SHUT_COLUMNS = ("closed_on", "closed_as", "close_reason", "paused_since", *RECHECK_COLUMNS)


def shut(case: Case, closed_as: str, *, on: date, reason: str) -> None:
    """Close the case and answer its warnings: the same rules with the same values open no new one. Saves no case."""
    shut_all([case], closed_as, on=on, reason=reason)


def shut_all(cases: Sequence[Case], closed_as: str, *, on: date, reason: str) -> None:
    """The same for many cases; what it sets of them are `SHUT_COLUMNS`."""
    for case in cases:
        case.closed_on, case.closed_as, case.close_reason = on, closed_as, reason.strip()[:200]
        case.paused_since = None
        end_recheck(case)
    answer_all([case.household_id for case in cases], on=on)


@transaction.atomic
def withdraw(case_id: int, *, reason: str, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """The household takes back its request, before the county has decided."""
    move = begin(case_id, "withdraw", by=by, on=on, sending=sending)
    shut(move.case, Closing.WITHDRAWN, on=on, reason=required(reason))
    return finish(move, verb=Verb.CLOSED, reason=reason.strip())


@transaction.atomic
def close(case_id: int, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """Close a case whose household is closed in the register, for the same reason; its measures end with it."""
    move = begin(case_id, "close", by=by, on=on, sending=sending)
    home = move.case.household
    stop_all(
        open_of(move.case), _("登记册上这一户已经结束：%(why)s") % {"why": home.get_closed_as_display()}, by=by, on=on
    )
    shut(move.case, AS[home.closed_as], on=on, reason=_("登记册上这一户已经结束"))
    return finish(move, verb=Verb.CLOSED, reason=str(home.get_closed_as_display()))


@transaction.atomic
def close_into(case_id: int, other: Case, *, by: Actor, on: date) -> Case:
    """Close a case that goes on in another one, because their two households have become one; its measures end, but for
    those that went over before.
    """
    move = begin(case_id, "close", by=by, on=on, given=Given(goes_on_in=other.pk))
    told = _("合户，并入 №%(number)d 号案卷") % {"number": other.pk}
    stop_all(open_of(move.case), told, by=by, on=on)
    shut(move.case, Closing.MERGED, on=on, reason=told)
    return finish(move, verb=Verb.CLOSED, reason=told)


def after_life_event(household_id: str, *, by: Actor, on: date) -> Case | None:
    """Close the open case of a household that a life event has closed; None where there is nothing to close."""
    case = Case.objects.filter(household_id=household_id, closed_on=None, household__closed_on__isnull=False).first()
    return close(case.pk, by=by, on=on) if case else None


def close_with_households(*, on: date) -> int:
    """Every open case whose household the register has closed, by a load; run daily. Returns how many were closed."""
    numbers = Case.objects.filter(closed_on=None, household__closed_on__isnull=False).values_list("pk", flat=True)
    return len([close(number, by=SYSTEM, on=on) for number in list(numbers)])
