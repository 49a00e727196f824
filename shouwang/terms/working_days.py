"""Working days of China, moved ones (调休) included, and deadlines that fall on one."""

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]

OURS: Mapping[date, bool] = {}
"""Days beyond the calendar's last year, entered when the State Council announces them: whether one works then."""


def last_announced_year() -> int:
    """The last year whose holidays are known."""
    known: list[date] = [*chinese_calendar.constants.holidays, *chinese_calendar.constants.workdays, *OURS]
    return max(day.year for day in known)


def is_announced(day: date) -> bool:
    """Whether the holidays of this day's year are known; beyond, Monday to Friday are taken as working days."""
    first = min(chinese_calendar.constants.holidays).year
    return bool(first <= day.year <= last_announced_year())


def is_working_day(day: date, *, ours: Mapping[date, bool] = OURS) -> bool:
    """Whether offices work on this day. Source: the State Council's yearly notice; `ours` counts first."""
    if day in ours:
        return ours[day]
    if is_announced(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def working_day_from(day: date, *, ours: Mapping[date, bool] = OURS) -> date:
    """The day itself where it is a working day, else the next one."""
    while not is_working_day(day, ours=ours):
        day += timedelta(days=1)
    return day
