"""Working days of China, moved ones (调休) included, and deadlines that fall on one."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

import chinese_calendar  # type: ignore[import-untyped]

OURS: Mapping[date, bool] = {}
"""Days beyond the calendar's last year, entered when the State Council announces them: whether one works then."""


def last_announced_year() -> int:
    """The last year whose holidays are known."""
    return max([_years()[1], *(day.year for day in OURS)])


@cache
def _years() -> tuple[int, int]:
    """The first and the last year of the calendar, looked for once: deadlines are asked for by the thousand."""
    holidays, workdays = chinese_calendar.constants.holidays, chinese_calendar.constants.workdays
    return min(holidays).year, max([*holidays, *workdays]).year


def is_announced(day: date) -> bool:
    """Whether the holidays of this day's year are known; beyond, Monday to Friday are taken as working days."""
    return _years()[0] <= day.year <= last_announced_year()


def is_working_day(day: date, *, ours: Mapping[date, bool] = OURS) -> bool:
    """Whether offices work on this day. Source: the State Council's yearly notice; `ours` counts first."""
    if day in ours:
        return ours[day]
    if is_announced(day):
        return _of_the_calendar(day)
    return day.weekday() < 5


@lru_cache(4_096)
def _of_the_calendar(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


def working_day_from(day: date, *, ours: Mapping[date, bool] = OURS) -> date:
    """The day itself where it is a working day, else the next one."""
    while not is_working_day(day, ours=ours):
        day += timedelta(days=1)
    return day
