"""Included households whose level waits for the county, and what it is asked to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Case, FollowUp
from shouwang.office.casework.queries.cases import HEAVY
from shouwang.office.warnings.queries import explaining, warnings

CLOCK = "recheck_due_on"
KEYS = (CLOCK, "id")
UNREAD = tuple(
    f"recheck_warning__{name}" for name in ("reasons", "values", "changes", "could_be_worse", "contradictions")
)


def waiting(scope: Scope, *, area_code: str = "") -> "QuerySet[Case]":
    """Cases whose level waits for the county, ordered by `KEYS`; one index."""
    inside = scope.narrowed(area_code)
    if inside is None:
        return Case.objects.none()
    rows = inside.filter(Case.objects.filter(recheck_due_on__isnull=False))
    return rows.select_related("household", "recheck_warning").defer(*HEAVY, *UNREAD).order_by(*KEYS)


@dataclass(frozen=True)
class Asked:
    """What the county decides a level on: the warning that asked, and the newest where a later one says otherwise.

    `follow_ups` are the visits since the warning was published.
    """

    warning: Any
    why: Any
    newest: Any
    follow_ups: Sequence[FollowUp]


def asked_about(case: Case) -> Asked:
    """Unknown: None where no warning asks; `newest` is also None where no later one is there."""
    if case.recheck_warning_id is None:
        return Asked(None, None, None, ())
    # Of the household that was warned: the case may have come from it, by a split or a merge.
    rows = list(warnings.beginning_with(case.recheck_warning_id))
    asking, newest = rows[-1], rows[0]
    since = asking.publication.published_on
    return Asked(
        warning=asking,
        why=explaining.why(asking),
        newest=newest if newest != asking else None,
        follow_ups=list(FollowUp.objects.filter(case=case, on__gte=since).order_by("-on", "-id")),
    )
