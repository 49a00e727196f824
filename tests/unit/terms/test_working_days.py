from datetime import date

import pytest

from shouwang.terms.working_days import is_announced, is_working_day, last_announced_year, working_day_from


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 6, 24), True),
        (date(2020, 6, 25), False),  # Dragon Boat Festival, a Thursday
        (date(2020, 6, 28), True),  # a Sunday that is worked instead
        (date(2020, 7, 4), False),
        (date(2020, 7, 6), True),
        (date(2040, 1, 6), True),  # beyond the table: Friday
        (date(2040, 1, 7), False),
        (date(2003, 1, 1), True),  # before the table: Wednesday
    ],
)
def test_working_day_by_the_calendar(day: date, expected: bool) -> None:
    assert is_working_day(day) is expected


def test_working_day_ours_counts_first() -> None:
    assert is_working_day(date(2040, 1, 6), ours={date(2040, 1, 6): False}) is False


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 6, 24), date(2020, 6, 24)),
        (date(2020, 6, 25), date(2020, 6, 28)),
        (date(2020, 7, 4), date(2020, 7, 6)),
    ],
)
def test_working_day_from_moves_to_the_next(day: date, expected: date) -> None:
    assert working_day_from(day) == expected


def test_announced_years() -> None:
    last = last_announced_year()
    assert last >= 2026
    assert [is_announced(date(year, 7, 1)) for year in (2003, 2004, last, last + 1)] == [False, True, True, False]
