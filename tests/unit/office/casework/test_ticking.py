"""One way to count a deadline: whoever asks, before or after a step, is told the same day."""

from datetime import date, timedelta

import pytest

from shouwang.office.casework.clocks import DEFAULT
from shouwang.office.casework.models import Case, Procedure, State
from shouwang.office.casework.ticking import set_clock, shift
from shouwang.terms.working_days import is_working_day

YEAR = [date(2020, 1, 1) + timedelta(days=number) for number in range(366)]
"""With the Spring Festival, which was made longer, and Sundays that were worked instead."""
PAUSES = range(12)


def _noticed(start: date, posted_on: date) -> Case:
    case = Case(state=State.NOTICED, procedure=Procedure.INCLUSION, clock_from=start)
    set_clock(case, on=posted_on, days=DEFAULT)
    return case


@pytest.mark.parametrize("late", [0, 9])
def test_clock_after_an_objection_is_the_clock_of_the_next_step(late: int) -> None:
    for start in YEAR:
        posted_on = start + timedelta(days=DEFAULT.noticed + late)
        for paused in PAUSES:
            case = _noticed(start, posted_on)
            before = case.next_due_on, case.total_due_on
            shift(case, paused=paused, posted_on=posted_on, days=DEFAULT)
            total = case.total_due_on
            assert all(is_working_day(day) for day in (case.next_due_on, total))
            assert (case.next_due_on, total) >= before
            assert (case.next_due_on == before[0], total == before[1]) == (True, True) or paused
            case.state = State.AUDITED
            set_clock(case, on=posted_on, days=DEFAULT)
            assert (case.next_due_on, case.total_due_on) == (total, total)


def test_two_objections_one_after_the_other_stop_the_clock_as_long_as_one() -> None:
    for start in YEAR:
        posted_on = start + timedelta(days=DEFAULT.noticed)
        twice, once = _noticed(start, posted_on), _noticed(start, posted_on)
        for paused in (2, 3):
            shift(twice, paused=paused, posted_on=posted_on, days=DEFAULT)
        shift(once, paused=5, posted_on=posted_on, days=DEFAULT)
        assert (twice.next_due_on, twice.total_due_on) == (once.next_due_on, once.total_due_on)


def test_clock_does_not_jump_back_after_the_spring_festival() -> None:
    case = _noticed(date(2020, 1, 3), date(2020, 1, 10))
    shift(case, paused=5, posted_on=date(2020, 1, 10), days=DEFAULT)
    assert case.total_due_on == date(2020, 1, 23)
