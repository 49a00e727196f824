"""Months on the calendar: three months after 30 November is 28 February."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The latest day of which `months_after` is not later than this day."""
    return months_after(day, -months)
