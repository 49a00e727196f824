"""What stands on record for cases, gathered for many at once in a fixed number of queries."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Max, Q

from shouwang.office.casework.conditions import Standing
from shouwang.office.casework.models import AssetQuestion, Case, Notice, Objection, Review, SideClock, State
from shouwang.office.casework.transitions import HELPED, REMOVING
from shouwang.office.registry.models import Household

NOTHING_YET = (State.CLUE, State.ASSIGNED)
"""No step that can be taken from here asks for a review, a notice or an answer about assets."""


DECIDED = (*HELPED, *REMOVING, State.REMOVED)
"""Only here a clock can run beside the state."""


def standing_of(cases: Iterable[Case], *, on: date) -> dict[int, Standing]:
    """Shape: one per case. The newest notice and review of the running procedure count, older ones do not."""
    rows = list(cases)
    on_record = [case for case in rows if case.state not in NOTHING_YET]
    notices = _newest(Notice, on_record) if on_record else {}
    reviews = _newest(Review, on_record) if on_record else {}
    objections = _objections([notice.pk for notice in notices.values()]) if notices else {}
    assets = _assets([case.pk for case in on_record]) if on_record else {}
    beside = _beside([case.pk for case in rows if case.state in DECIDED])
    homes = _homes([case.household_id for case in rows])
    return {
        case.pk: Standing(
            notice_posted_on=notices[case.pk].posted_on if case.pk in notices else None,
            notice_last_day=notices[case.pk].last_day if case.pk in notices else None,
            review_is_for=reviews[case.pk].is_for if case.pk in reviews else None,
            **objections.get(case.pk, {}),
            **assets.get(case.pk, {}),
            labour=homes[case.household_id][1],
            household_closed_as=homes[case.household_id][0],
            beside=beside.get(case.pk, {}),
        )
        for case in rows
    }


def _homes(ids: list[str]) -> dict[str, tuple[str, int | None]]:
    """How each household was closed, empty where it is open, and its labour. Unknown: None."""
    rows = Household.objects.filter(pk__in=ids).values_list("id", "closed_as", "sheet__labour_units")
    return {home: (closed_as, labour) for home, closed_as, labour in rows}


def _newest(model: type[Notice] | type[Review], cases: list[Case]) -> dict[int, Notice | Review]:
    procedures = {case.pk: case.procedure for case in cases}
    newest = (
        model.objects.filter(case__in=procedures)
        .values("case", "procedure")
        .annotate(newest=Max("id"))
        .values("newest")
    )
    return {row.case_id: row for row in model.objects.filter(pk__in=newest) if row.procedure == procedures[row.case_id]}


def _objections(notice_ids: list[int]) -> dict[int, dict[str, int]]:
    counted = (
        Objection.objects.filter(notice__in=notice_ids)
        .values("case")
        .annotate(
            objections=Count("id"),
            open_objections=Count("id", filter=Q(outcome="")),
            upheld_objections=Count("id", filter=Q(outcome=Objection.Outcome.UPHELD)),
        )
    )
    return {row.pop("case"): row for row in counted}


def _beside(case_ids: list[int]) -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = {}
    rows = SideClock.objects.filter(case__in=case_ids, ended_on=None) if case_ids else SideClock.objects.none()
    for case_id, step, due_on in rows.order_by("due_on", "id").values_list("case", "step", "due_on"):
        found.setdefault(case_id, {})[step] = due_on
    return found


def _assets(case_ids: list[int]) -> dict[int, dict[str, int]]:
    counted = (
        AssetQuestion.objects.filter(case__in=case_ids)
        .values("case")
        .annotate(assets=Count("id"), unanswered_assets=Count("id", filter=Q(answer="")))
    )
    return {row.pop("case"): row for row in counted}
