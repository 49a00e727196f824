"""What happens to cases every day by itself."""

from datetime import date

from shouwang.office.casework.actions import help_clocks, rescues
from shouwang.office.casework.actions.carrying import take_to_where_households_are
from shouwang.office.casework.actions.closing import close_with_households
from shouwang.office.casework.actions.escalating import escalate
from shouwang.office.casework.actions.side_clocks import end_without_household


def run(*, on: date) -> None:
    """Cases of households that a load has closed or moved are closed or moved, clocks of help are put right, what is
    late goes up.

    Safe to run again.
    """
    close_with_households(on=on)
    take_to_where_households_are(on=on)
    help_clocks.keep_all(on=on)
    rescues.settle(on=on)
    end_without_household(on=on)
    escalate(on=on)
