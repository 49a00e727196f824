"""Months on the calendar."""

from datetime import date

import pytest

from shouwang.terms.months import months_after, months_before


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2020, 12, 1), 1, date(2021, 1, 1)),
        (date(2020, 7, 6), 0, date(2020, 7, 6)),
        (date(2020, 7, 6), 24, date(2022, 7, 6)),
    ],
)
def test_months_after_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [(date(2020, 7, 6), 12, date(2019, 7, 6)), (date(2021, 2, 28), 12, date(2020, 2, 28))],
)
def test_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
