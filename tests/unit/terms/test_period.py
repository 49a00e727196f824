"""Months, the window of twelve full ones, and the age of a figure in months."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.terms.period import Month, Period, full_months_between, last_full_month

months = st.builds(Month, st.integers(1000, 2999), st.integers(1, 12))
days = st.dates(date(1990, 1, 1), date(2050, 12, 31))


def test_month_is_read_and_written_the_same() -> None:
    assert Month.parse("2020-06") == Month(2020, 6)
    assert str(Month(987, 6)) == "0987-06"


@pytest.mark.parametrize(
    "text",
    ["", "2020-6", "2020-13", "2020-00", "2020-06-01", "202006", " 2020-06", "2020-06\n", "0000-01", "２０２０-06"],
)
def test_text_of_another_form_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="月份应写作 2020-06"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (Month(2020, 2), date(2020, 2, 1), date(2020, 2, 29)),
        (Month(2019, 2), date(2019, 2, 1), date(2019, 2, 28)),
        (Month(1900, 2), date(1900, 2, 1), date(1900, 2, 28)),
        (Month(2020, 12), date(2020, 12, 1), date(2020, 12, 31)),
    ],
)
def test_month_begins_and_ends(month: Month, first: date, last: date) -> None:
    assert (month.first, month.last) == (first, last)


@pytest.mark.parametrize(
    ("steps", "result"),
    [
        (0, "2020-06"),
        (6, "2020-12"),
        (7, "2021-01"),
        (-5, "2020-01"),
        (-6, "2019-12"),
        (-18, "2018-12"),
        (24, "2022-06"),
    ],
)
def test_plus_crosses_years_both_ways(steps: int, result: str) -> None:
    assert str(Month(2020, 6).plus(steps)) == result


@given(months, st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_steps_add_up_and_lead_back(month: Month, one: int, other: int) -> None:
    assert month.plus(one).plus(other) == month.plus(one + other)
    assert month.plus(one).plus(-one) == month


@given(months)
def test_next_month_begins_the_day_after_this_one_ends(month: Month) -> None:
    assert month.plus(1).first == month.last + timedelta(days=1)
    assert month < month.plus(1)


@given(months)
def test_month_is_read_back_from_its_text_and_from_its_days(month: Month) -> None:
    assert Month.parse(str(month)) == Month.of(month.first) == Month.of(month.last) == month


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2020, 6, 30), "2020-06"),
        (date(2020, 6, 29), "2020-05"),
        (date(2020, 6, 1), "2020-05"),
        (date(2020, 2, 29), "2020-02"),
        (date(2020, 2, 28), "2020-01"),
        (date(2019, 2, 28), "2019-02"),
        (date(2020, 1, 15), "2019-12"),
    ],
)
def test_last_full_month_has_ended_on_the_as_of_date(as_of: date, last: str) -> None:
    assert str(last_full_month(as_of)) == last


@pytest.mark.parametrize(
    ("as_of", "first_day", "last_day"),
    [
        (date(2020, 6, 30), date(2019, 7, 1), date(2020, 6, 30)),
        (date(2020, 6, 15), date(2019, 6, 1), date(2020, 5, 31)),
        (date(2020, 2, 29), date(2019, 3, 1), date(2020, 2, 29)),
        (date(2020, 2, 28), date(2019, 2, 1), date(2020, 1, 31)),
        (date(2021, 2, 28), date(2020, 3, 1), date(2021, 2, 28)),
        (date(2020, 12, 31), date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_window_is_the_twelve_full_months_before(as_of: date, first_day: date, last_day: date) -> None:
    window = Period.full_months_before(as_of)
    assert (window.first_day, window.last_day, len(window.months)) == (first_day, last_day, 12)


@given(days, st.integers(1, 36))
def test_window_ends_less_than_a_month_before_the_as_of_date(as_of: date, count: int) -> None:
    window = Period.full_months_before(as_of, count)
    assert len(window.months) == count
    assert window.last_day <= as_of < window.end.plus(1).last


def test_window_of_one_year_earlier_touches_the_present_one() -> None:
    window = Period.full_months_before(date(2020, 6, 30))
    before = Period(window.start.plus(-12), window.end.plus(-12))
    assert before.last_day + timedelta(days=1) == window.first_day


def test_period_holds_its_first_and_last_day_and_not_their_neighbours() -> None:
    window = Period(Month(2019, 7), Month(2020, 6))
    neighbours = (date(2019, 6, 30), date(2019, 7, 1), date(2020, 6, 30), date(2020, 7, 1))
    assert [day in window for day in neighbours] == [False, True, True, False]


def test_months_of_a_period_run_without_gap() -> None:
    assert [str(month) for month in Period(Month(2019, 11), Month(2020, 2)).months] == [
        "2019-11",
        "2019-12",
        "2020-01",
        "2020-02",
    ]


def test_period_is_written_with_both_ends() -> None:
    assert str(Period(Month(2019, 7), Month(2020, 6))) == "2019-07…2020-06"


@pytest.mark.parametrize(
    ("earlier", "later", "full"),
    [
        (date(2020, 6, 30), date(2020, 6, 30), 0),
        (date(2020, 5, 31), date(2020, 6, 29), 0),
        (date(2020, 5, 31), date(2020, 6, 30), 1),
        (date(2020, 1, 31), date(2020, 2, 29), 1),
        (date(2020, 2, 29), date(2020, 3, 30), 0),
        (date(2020, 2, 29), date(2020, 3, 31), 1),
        (date(2020, 1, 15), date(2020, 2, 14), 0),
        (date(2020, 1, 15), date(2020, 2, 15), 1),
        (date(2019, 6, 30), date(2020, 6, 29), 11),
        (date(2019, 6, 30), date(2020, 6, 30), 12),
        (date(2019, 6, 30), date(2020, 7, 1), 12),
        (date(2019, 2, 28), date(2020, 2, 28), 11),
        (date(2019, 2, 28), date(2020, 2, 29), 12),
        (date(2020, 2, 29), date(2021, 2, 28), 12),
        (date(2020, 6, 30), date(2020, 5, 31), -1),
        (date(2020, 12, 31), date(9999, 12, 31), 95748),
    ],
)
def test_full_months_are_counted_from_date_to_date(earlier: date, later: date, full: int) -> None:
    assert full_months_between(earlier, later) == full


@given(months, st.integers(-300, 300))
def test_month_ends_are_whole_months_apart(month: Month, steps: int) -> None:
    assert full_months_between(month.last, month.plus(steps).last) == steps


@given(days, days, days)
def test_more_days_are_never_fewer_months(earlier: date, one: date, other: date) -> None:
    sooner, later = sorted((one, other))
    assert full_months_between(earlier, sooner) <= full_months_between(earlier, later)


@given(days, st.integers(0, 300))
def test_same_day_of_a_later_month_is_that_many_months_away(day: date, steps: int) -> None:
    month = Month.of(day).plus(steps)
    if day != Month.of(day).last and day.day <= calendar.monthrange(month.year, month.month)[1]:
        assert full_months_between(day, date(month.year, month.month, day.day)) == steps
