"""Days somebody writes down: both sides of every bound."""

from collections.abc import Callable
from datetime import date

import pytest

from shouwang.office.web.days import happened, not_far_ahead, not_in_future, not_long_ago
from shouwang.terms.errors import UserError

TODAY = date(2020, 7, 6)
Bound = Callable[[date], date]


def _happened(day: date) -> date:
    return happened(day, on=TODAY, since=date(2020, 6, 22), began="线索建立")


def _rescued(day: date) -> date:
    return not_long_ago(day, on=TODAY, within="rescue_told_within")


def _planned(day: date) -> date:
    return not_far_ahead(day, on=TODAY, within="measure_starts_within")


@pytest.mark.parametrize(
    ("bound", "day"),
    [
        (lambda day: not_in_future(day, on=TODAY), TODAY),
        (_happened, TODAY),
        (_happened, date(2020, 6, 22)),
        (_rescued, TODAY),
        (_rescued, date(2019, 7, 6)),
        (_planned, date(2021, 7, 6)),
        (_planned, date(2020, 1, 1)),
    ],
)
def test_day_on_the_bound_is_taken(bound: Bound, day: date) -> None:
    assert bound(day) == day


@pytest.mark.parametrize(
    ("bound", "day", "told"),
    [
        (_happened, date(2020, 7, 7), "日期 2020-07-07 还没有到 → 填今天或以前的日子"),
        (
            _happened,
            date(2020, 6, 21),
            "日期 2020-06-21 早于线索建立（2020-06-22） → 看看年份写对没有，填 2020-06-22 或以后的日子",
        ),
        (_rescued, date(2202, 7, 6), "日期 2202-07-06 还没有到 → 填今天或以前的日子"),
        (
            _rescued,
            date(2019, 7, 5),
            "日期 2019-07-05 太早，最早可以是 2019-07-06 → 看看年份写对没有；确实这么早的，请县里核对登记册",
        ),
        (
            _planned,
            date(2021, 7, 7),
            "日期 2021-07-07 太远，最晚可以是 2021-07-06 → 看看年份写对没有；更远的到时候再填",
        ),
    ],
)
def test_day_beyond_the_bound_is_refused_with_the_cure(bound: Bound, day: date, told: str) -> None:
    with pytest.raises(UserError) as refused:
        bound(day)
    assert str(refused.value) == told
