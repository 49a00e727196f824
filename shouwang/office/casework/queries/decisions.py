"""What waits for the county's decision, with all it takes to decide on one row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from shouwang.office.access.scope import Scope
from shouwang.office.casework.conditions import Standing, known_faults
from shouwang.office.casework.models import AssetQuestion, Case, Decision, Procedure, State
from shouwang.office.casework.queries.assets import ANSWERS, word
from shouwang.office.casework.queries.cases import HEAVY
from shouwang.office.casework.queries.standing import standing_of
from shouwang.office.casework.transitions import find
from shouwang.terms.errors import Fault

WAITING = {
    Procedure.INCLUSION: (State.AUDITED, State.REFUSAL_PROPOSED),
    Procedure.REMOVAL: (State.REMOVAL_AUDITED,),
}
ACTION = {Procedure.INCLUSION: "include", Procedure.REMOVAL: "remove"}
HOLDER = "county-decider"
KEYS = ("next_due_on", "id")


@dataclass(frozen=True)
class AssetShown:
    """What asset comparison hit, and how it was answered, in words; an empty answer is none yet."""

    word: str
    answer: str
    explanation: str


@dataclass(frozen=True)
class Row:
    """One case to decide. `faults`: why it cannot be agreed to now; empty where it can be ticked."""

    case: Case
    level: int | None
    standing: Standing
    faults: Sequence[Fault]
    assets: Sequence[AssetShown]
    notice_days: int | None
    """Full days the notice hangs; the day it is posted is none."""
    notice_day: int | None
    """Which of them it is today, while it hangs; None where they are over, or nothing was posted."""

    @property
    def can_be_chosen(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class Counts:
    """Households and people that wait; of the households those due on the day, and those late."""

    households: int
    people: int
    today: int
    late: int


def waiting(scope: Scope, procedure: str, *, area_code: str = "", level: int | None = None) -> "QuerySet[Case]":
    """Cases before the county, by clock; one index."""
    inside = scope.narrowed(area_code)
    if inside is None:
        return Case.objects.none()
    rows = inside.filter(Case.objects.filter(holder_role=HOLDER, next_due_on__isnull=False))
    rows = rows.filter(state__in=WAITING[Procedure(procedure)]).select_related("household").defer(*HEAVY)
    if level and procedure == Procedure.INCLUSION:
        return rows.filter(proposed_level=level)
    return rows.filter(confirmed_level=level) if level else rows


def counted(rows: "QuerySet[Case]", *, on: date, clock: str = "next_due_on") -> Counts:
    """One query over what waits in the area, by one of the clocks of a case: an objection stops only the first."""
    runs = Q(paused_since=None) if clock == "next_due_on" else Q()
    found = (
        rows.select_related(None)
        .defer(None)
        .order_by()
        .aggregate(
            households=Count("id"),
            people=Sum("household__member_count"),
            today=Count("id", filter=Q(**{clock: on})),
            late=Count("id", filter=runs & Q(**{f"{clock}__lt": on})),
        )
    )
    return Counts(found["households"], found["people"] or 0, found["today"], found["late"])


def rows_of(cases: Iterable[Case], *, on: date) -> list[Row]:
    """Rows for cases of one page, in a fixed number of queries."""
    found = list(cases)
    standing = standing_of(found, on=on)
    assets = _assets([case.pk for case in found if standing[case.pk].assets])
    return [_row(case, standing[case.pk], assets.get(case.pk, []), on=on) for case in found]


def _assets(case_ids: Sequence[int]) -> dict[int, list[AssetShown]]:
    """The hits of the cases that have any, in their order; one query, none where there is no hit."""
    shown: dict[int, list[AssetShown]] = {}
    for row in AssetQuestion.objects.filter(case__in=case_ids).order_by("id") if case_ids else ():
        answer = str(ANSWERS[row.answer]) if row.answer else ""
        shown.setdefault(row.case_id, []).append(AssetShown(str(word(row.flag)), answer, row.explanation))
    return shown


def _row(case: Case, standing: Standing, assets: Sequence[AssetShown], *, on: date) -> Row:
    procedure = Procedure(case.procedure)
    action = find(ACTION[procedure], case.state)
    level = case.proposed_level if procedure == Procedure.INCLUSION else case.confirmed_level
    faults = known_faults(action.needs, case, standing, on=on) if action else [_proposed_against()]
    posted, last = standing.notice_posted_on, standing.notice_last_day
    return Row(
        case=case,
        level=level,
        standing=standing,
        faults=faults,
        assets=assets,
        notice_days=(last - posted).days if posted and last else None,
        notice_day=(on - posted).days if posted and last and on <= last else None,
    )


def _proposed_against() -> Fault:
    return Fault(_("乡镇拟不予纳入"), _("打开这一户，不予纳入或退回"))


def of_case(case: Case) -> list[Decision]:
    """Decisions on a case, the newest first."""
    return list(Decision.objects.filter(case=case).select_related("batch").order_by("-id"))
