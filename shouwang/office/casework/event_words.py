"""How the codes of cases and help are told in an event."""

from shouwang.office.casework.models import Measure, Origin, State
from shouwang.office.casework.transitions import TABLE
from shouwang.office.web.event_words import VALUES
from shouwang.office.web.speaking import language
from shouwang.policy.measure_kinds import measure_kind

ACTIONS = {row.action: row.word for row in TABLE}


def teach() -> None:
    """Make the words known to the pages of the auditor; once, when the site starts."""
    VALUES.update(
        action=lambda code: ACTIONS[code],
        code=lambda code: getattr(measure_kind(code), language()),
        origin=lambda code: Origin(code).label,
        state=lambda code: State(code).label,
        status=lambda code: Measure.Status(code).label,
    )
