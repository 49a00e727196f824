"""What may become of a measure: from which status to which, and what it takes."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.models.measures import Measure

S = Measure.Status


@dataclass(frozen=True)
class MeasureStep:
    """One row of the table: the word on the button, and whether evidence or a reason must come with it."""

    action: str
    word: str | Promise
    sources: tuple[str, ...]
    to: str
    needs_evidence: bool = False
    needs_reason: bool = False


TABLE = (
    MeasureStep("start", _("开始实施"), (S.PLANNED, S.NOT_STARTED), S.RUNNING),
    MeasureStep("complete", _("已完成"), (S.RUNNING,), S.DONE, needs_evidence=True),
    MeasureStep("hold", _("尚未实施"), (S.PLANNED,), S.NOT_STARTED, needs_reason=True),
    MeasureStep("stop", _("中止"), (S.PLANNED, S.NOT_STARTED, S.RUNNING), S.STOPPED, needs_reason=True),
)
IMPLEMENTED = (S.RUNNING.value, S.DONE.value)
"""A measure that reached the household."""
WAITING = (S.PLANNED.value, S.NOT_STARTED.value)
"""A measure on paper only."""
OPEN = (*WAITING, S.RUNNING.value)


def find(action: str, status: str) -> MeasureStep | None:
    """The row for an action on a measure in a status; None where it is not allowed."""
    return next((row for row in TABLE if row.action == action and status in row.sources), None)


def possible(status: str) -> tuple[MeasureStep, ...]:
    return tuple(row for row in TABLE if status in row.sources)
