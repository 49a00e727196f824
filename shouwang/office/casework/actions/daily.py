"""What happens to cases every day by itself."""

from datetime import date

from shouwang.office.casework.actions.closing import close_with_households
from shouwang.office.casework.actions.escalating import escalate


def run(*, on: date) -> None:
    """What is late goes up; cases of households that are no more are closed. Safe to run again."""
    close_with_households(on=on)
    escalate(on=on)
