"""The list of the day: what somebody holds, what is late, what came up to them; sorted by clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shouwang.office.access.scope import Scope
from shouwang.office.casework.clocks import DEFAULT
from shouwang.office.casework.models import Case, Escalation, Rescue, State
from shouwang.office.casework.queries import help_due, rechecks, rescues, side_clocks
from shouwang.office.casework.queries.cases import LISTED
from shouwang.office.casework.queries.help_due import HelpDue
from shouwang.office.casework.queries.schedules import days_for
from shouwang.office.casework.transitions import RECHECK, SIDE, Transition, main_of
from shouwang.policy.help_figures import figure

LIMIT = 50
"""Rows of each list on a page; the case list shows all."""


@dataclass(frozen=True)
class Due:
    """One case that waits for somebody: until when, and for what; `is_recheck` where it is the level that waits,
    `is_rescue` where the paper of a rescue. `help` is what waits in help, the earliest first.
    """

    case: Case
    due_on: date
    next: Transition | None
    is_late: bool
    is_paused: bool
    is_recheck: bool = False
    is_rescue: bool = False
    help: Sequence[HelpDue] = ()
    side: str = ""
    """The step beside the state that is due; empty where it is the state that waits."""

    @property
    def word(self) -> str | Promise:
        """What is to be done."""
        if self.side:
            return SIDE[self.side].word
        if self.is_recheck:
            return RECHECK.word
        if self.is_rescue:
            return _("补办先行救助的手续")
        if self.help:
            return self.help[0].word
        return self.next.due_word if self.next else ""

    @property
    def also(self) -> Sequence[HelpDue]:
        """What else waits in help, after the first."""
        return self.help[1:]

    @property
    def page(self) -> str:
        """The name of the address where it is done."""
        return "cases:help" if self.help else "cases:one"


@dataclass(frozen=True)
class Today:
    """What one role over one area has to look at. `has_more` says that a list was cut.

    `soon`: as many days before a deadline it warns, as the county set it.
    """

    mine: Sequence[Due]
    escalated: Sequence[Due]
    late: int
    has_more: bool
    soon: int = DEFAULT.warn

    @property
    def has_clues(self) -> bool:
        """Several clues wait for people: they can be sent together."""
        return sum(1 for row in self.mine if row.next and row.case.state == State.CLUE) > 1

    @property
    def has_rechecks(self) -> bool:
        """Several levels wait for the county: they can be decided together."""
        return sum(1 for row in self.mine if row.is_recheck) > 1

    @property
    def has_results(self) -> bool:
        """Several results wait to hang in villages: they can be announced together."""
        return sum(1 for row in self.mine if row.side == "announced") > 1

    @property
    def households(self) -> int:
        """A household may wait for several things."""
        return len({row.case.pk for row in self.mine})

    @property
    def overdue(self) -> Sequence[Due]:
        """Mine, and late: before what others have late."""
        return [row for row in self.mine if row.is_late]

    @property
    def in_time(self) -> Sequence[Due]:
        return [row for row in self.mine if not row.is_late]

    @property
    def is_empty(self) -> bool:
        return not self.mine and not self.escalated


def due(scope: Scope, role: str, *, on: date, limit: int = LIMIT) -> Today:
    """What the role holds in the area and what was escalated to it, the most urgent first.

    Five queries; one more where a rescue waits; three more where anybody is helped.
    """
    until = on + timedelta(days=figure("help_shown_before", on))
    cases = list(held(scope, role, until=until)[: limit + 1])
    raised = list(escalated(scope, role)[: limit + 1])
    things = help_due.of_cases([*cases, *(row.case for row in raised)], on=on)
    mine = [_due(case, case.next_due_on or on, things, on=on, until=until) for case in cases]
    mine += _papers(list(rescues.unsettled(scope).filter(due_on__lte=until, holder=role)[: limit + 1]), on=on)
    if role == RECHECK.holder:
        mine += [_recheck(case, case.recheck_due_on or on, on=on) for case in rechecks.waiting(scope)[: limit + 1]]
    if role in side_clocks.HOLDERS:
        clocks = side_clocks.held(scope, role, until=until)[: limit + 1]
        mine += [_beside(clock.case, clock.due_on, clock.step, on=on) for clock in clocks]
    mine.sort(key=lambda row: (row.due_on, row.case.pk))
    rows = mine[:limit]
    return Today(
        mine=rows,
        escalated=[_raised(row, things, on=on, until=until) for row in raised[:limit]],
        late=len({row.case.pk for row in rows if row.is_late}),
        has_more=len(mine) > limit or len(raised) > limit,
        soon=days_for(scope.prefix, on=on).warn,
    )


def held(scope: Scope, role: str, *, until: date) -> "QuerySet[Case]":
    """Cases whose clock the role holds, by clock; one index. What is due in help later than `until` is left out."""
    rows = scope.filter(Case.objects.filter(holder_role=role, next_due_on__isnull=False))
    rows = rows.exclude(Q(state=State.IN_HELP, next_due_on__gt=until))
    return rows.select_related("household").only(*LISTED).order_by("next_due_on", "id")


def escalated(scope: Scope, role: str) -> "QuerySet[Escalation]":
    """What went up to the role and still stands, by clock; one index."""
    rows = scope.filter(Escalation.objects.filter(to_role=role, ended_on=None))
    shown = [f"case__{name}" for name in LISTED]
    return rows.select_related("case__household").only("state", "due_on", *shown).order_by("due_on", "id")


def _papers(rows: Sequence[Rescue], *, on: date) -> list[Due]:
    cases = rescues.cases_of(rows) if rows else {}
    return [_paper(cases[row.household_id], row.due_on, on=on) for row in rows]


def _paper(case: Case, due_on: date, *, on: date) -> Due:
    return Due(case, due_on, None, is_late=due_on < on, is_paused=False, is_rescue=True)


def _recheck(case: Case, due_on: date, *, on: date) -> Due:
    return Due(case, due_on, None, is_late=due_on < on, is_paused=False, is_recheck=True)


def _beside(case: Case, due_on: date, step: str, *, on: date) -> Due:
    return Due(case, due_on, None, is_late=due_on < on, is_paused=False, side=step)


def _raised(row: Escalation, things: Mapping[int, list[HelpDue]], *, on: date, until: date) -> Due:
    if row.state == Escalation.RESCUE:
        return _paper(row.case, row.due_on, on=on)
    if row.state in SIDE:
        return _beside(row.case, row.due_on, row.state, on=on)
    return _due(row.case, row.due_on, things, on=on, until=until)


def _due(case: Case, due_on: date, things: Mapping[int, list[HelpDue]], *, on: date, until: date) -> Due:
    is_paused = case.paused_since is not None
    help_ = [one for one in things[case.pk] if one.due_on <= until] if case.state == State.IN_HELP else ()
    return Due(
        case, due_on, main_of(case.state), is_late=due_on < on and not is_paused, is_paused=is_paused, help=help_
    )
