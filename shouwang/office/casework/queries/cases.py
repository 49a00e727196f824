"""Reads of cases: one, lists, and what the pages of a household show of its case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.permissions import Permission
from shouwang.office.access.queries import holders
from shouwang.office.access.roles import ROLES
from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor
from shouwang.office.casework.conditions import Standing, known_faults
from shouwang.office.casework.models import Case, State, Step
from shouwang.office.casework.queries import help_due
from shouwang.office.casework.queries.help_due import HelpDue
from shouwang.office.casework.queries.schedules import days_for
from shouwang.office.casework.queries.standing import standing_of
from shouwang.office.casework.transitions import RECHECK, SIDE, STEPS, TABLE, Transition, main_of, possible
from shouwang.office.registry.models import Household, LifeEvent
from shouwang.office.web.speaking import led, who
from shouwang.terms.errors import Fault

Kind = LifeEvent.Kind
DIGITS = {"village": 12, "township": 9, "county-decider": 6}
"""Of the area whose role holds a clock."""
HEAVY = ("household__phone", "household__bank_account")
LISTED = (
    *("area_code", "state", "suspected_level", "confirmed_level", "next_due_on", "recheck_due_on", "paused_since"),
    *("closed_on", "included_on", "rules"),
    *("household__head_name", "household__member_count"),
)
"""What a row of a list shows; a case is wide."""
TIMELINE = 60
"""Steps a page shows of a household."""


def one(scope: Scope, case_id: int) -> Case | None:
    """A case with its household; None where it is not there or not inside the scope."""
    rows = scope.filter(Case.objects.filter(pk=case_id)).select_related("household").defer(*HEAVY)
    return rows.first()


def newest_of(home: Household) -> Case | None:
    """The open case of a household, else its last one."""
    case = Case.objects.filter(household=home).order_by("-id").first()
    if case:
        case.household = home
    return case


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; none of it is personal."""

    area_code: str = ""
    state: str = ""
    level: int | None = None
    is_late: bool = False
    is_rechecked: bool = False
    holder: str = ""
    """The role in whose hands the clock is."""

    @property
    def keys(self) -> Sequence[str]:
        """The order of the list: by the clock that is asked for, else by place."""
        if self.is_rechecked:
            return ("recheck_due_on", "id")
        return ("next_due_on", "id") if self.is_late else ("area_code", "id")


def filters_of(query: Mapping[str, str]) -> Filters:
    """Read from an address; what cannot be read is left out."""
    level = query.get("level", "")
    return Filters(
        area_code=query.get("area", "") if query.get("area", "").isdigit() else "",
        state=query.get("state", "") if query.get("state", "") in State.values else "",
        level=int(level) if level in ("1", "2", "3", "4") else None,
        is_late=query.get("late", "") == "yes",
        is_rechecked=query.get("recheck", "") == "yes",
        holder=query.get("holder", "") if query.get("holder", "") in DIGITS else "",
    )


def listed(scope: Scope, filters: Filters, *, on: date) -> "QuerySet[Case]":
    """Cases of the area, open ones unless an ended state is asked for; ordered by `keys`, served by one index each."""
    inside = scope.narrowed(filters.area_code)
    if inside is None:
        return Case.objects.none()
    rows = inside.filter(Case.objects.all()).select_related("household").only(*LISTED)
    rows = rows.filter(state=filters.state) if filters.state else rows.filter(closed_on=None)
    if filters.holder:
        rows = rows.filter(holder_role=filters.holder)
    if filters.is_rechecked:
        rows = rows.filter(recheck_due_on__lt=on) if filters.is_late else rows.filter(recheck_due_on__isnull=False)
    elif filters.is_late:
        rows = rows.filter(next_due_on__lt=on, paused_since=None)
    return rows.filter(suspected_level=filters.level) if filters.level else rows


@dataclass(frozen=True)
class Happened:
    """One line of what happened: the day, what in words, and who."""

    on: date
    what: str
    who: str
    of: str = ""
    """The number of the household it happened to, where that is another one."""


WORDS: Mapping[str, str | Promise] = {
    "open": _("建立线索"),
    "join": _("不另立线索"),
    "go-on": _("接着办理"),
    **{kind.value: kind.label for kind in (Kind.SPLIT, Kind.MERGE, Kind.MOVED_WITHIN)},
    **{row.action: row.word for row in TABLE},
}


def timeline(
    household_id: str, *, kin: Mapping[str, date] | None = None, only: Case | None = None, limit: int = TIMELINE
) -> list[Happened]:
    """What happened in all cases of a household, the newest first. The caller has looked at the scope.

    `kin`: households whose history is that of this one too, until a day. `only`: of this case alone.
    """
    of = Q(case__household_id=household_id)
    for number, day in (kin or {}).items():
        of |= Q(case__household_id=number, on__lte=day)
    of = Q(case=only) if only else of
    rows = Step.objects.filter(of).annotate(home=F("case__household_id")).order_by("-on", "-id")[:limit]
    return [_happened(row, household_id) for row in rows]


def _happened(row: Any, household_id: str) -> Happened:
    what = str(WORDS.get(row.action, row.action))
    role = ROLES[row.by_role].name if row.by_role in ROLES else ""
    return Happened(
        row.on,
        led(what, row.reason) if row.reason else what,
        " · ".join(filter(None, (str(role), who(row.by_name)))),
        row.home if row.home != household_id else "",
    )


@dataclass(frozen=True)
class Place:
    """One step of the bar: its word, and whether it is done, now, or to come (empty)."""

    word: str | Promise
    is_done: bool
    is_now: bool


@dataclass(frozen=True)
class Beside:
    """A clock that runs beside the state, as a page shows it."""

    word: str | Promise
    due_on: date
    holder: str | Promise


@dataclass(frozen=True)
class Panel:
    """What a page says of a case: where it stands, whose clock runs, and the one next thing."""

    case: Case
    bar: Sequence[Place]
    state: str | Promise
    day: int
    """Which day of the procedure this is."""
    holder: str | Promise
    holder_names: Sequence[str]
    standing: Standing
    main: Transition | None
    """The next thing, whoever may do it."""
    may_do_main: bool
    blocked: Sequence[Fault]
    soon: int
    """Days before a deadline from which it warns, as the county set it."""
    others: Sequence[Transition] = field(default=())
    """What else this person may do now."""
    deciders: Sequence[str] = field(default=())
    """Names of those who are asked whether the level rises; empty where nobody is asked."""
    help: Sequence[HelpDue] = field(default=())
    """What waits in help in progress, the earliest first."""

    @property
    def word(self) -> str | Promise:
        """What the clock runs for."""
        if self.help:
            return self.help[0].word
        return self.main.due_word if self.main else ""

    @property
    def beside(self) -> Sequence[Beside]:
        """What else is due, the earliest first."""
        running = self.standing.beside.items()
        return [Beside(SIDE[step].word, day, ROLES[SIDE[step].holder].name) for step, day in running]

    @property
    def bar_is_shown(self) -> bool:
        """A refusal or an exit is no step of the bar."""
        return any(place.is_now for place in self.bar)


def panel(home: Household, *, actor: Actor, on: date) -> Panel | None:
    """The panel of a household's newest case; None where it never had one."""
    case = newest_of(home)
    return panel_of(case, actor=actor, on=on) if case else None


def panel_of(case: Case, *, actor: Actor, on: date) -> Panel:
    """The panel of one case for one person."""
    permissions: frozenset[Permission] = ROLES[actor.role].permissions
    standing = standing_of([case], on=on)[case.pk]
    main = main_of(case.state)
    return Panel(
        case=case,
        bar=bar_of(case),
        state=State(case.state).label,
        day=(on - case.clock_from).days + 1,
        holder=ROLES[case.holder_role].name if case.holder_role else "",
        holder_names=holder_names(case, on=on),
        standing=standing,
        main=main,
        may_do_main=bool(main and main.permission in permissions),
        blocked=known_faults(main.needs, case, standing, on=on) if main else (),
        soon=days_for(case.area_code, on=on).warn,
        others=[
            row
            for row in possible(case.state, permissions)
            if not row.leads_on(case.state) and _makes_sense(row, case, standing)
        ],
        deciders=_names(case, RECHECK.holder, on=on) if case.recheck_due_on else (),
        help=help_due.of_cases([case], on=on)[case.pk] if case.state == State.IN_HELP else (),
    )


def _makes_sense(row: Transition, case: Case, standing: Standing) -> bool:
    """Leaves out what has nothing to work on."""
    if row.action == "keep-level":
        return case.recheck_due_on is not None
    if row.meets in SIDE:
        return row.meets in standing.beside
    if row.action == "answer":
        return bool(standing.assets)
    if row.action == "settle":
        return bool(standing.open_objections)
    return row.action != "close" or bool(standing.household_closed_as)


def bar_of(case: Case) -> list[Place]:
    """The steps of the running procedure with what is done."""
    steps = STEPS[case.procedure]  # type: ignore[index]
    state = State(case.state)
    at = steps.index(state) if state in steps else -1
    return [Place(step.label, is_done=index < at, is_now=index == at) for index, step in enumerate(steps)]


def holder_names(case: Case, *, on: date) -> list[str]:
    """Names of those whose clock it is: nobody's clock is a secret."""
    return _names(case, case.holder_role, on=on) if case.holder_role in DIGITS else []


def _names(case: Case, role: str, *, on: date) -> list[str]:
    return holders(case.area_code[: DIGITS[role]], role, on=on)
