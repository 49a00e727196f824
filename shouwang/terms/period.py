"""Months and the windows made of them. Nothing here reads today's date."""

import calendar
import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, written 2020-06."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Errors: `ValueError` unless the text is YYYY-MM."""
        if not re.fullmatch(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", text):
            raise ValueError("月份应写作 2020-06")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def plus(self, months: int) -> "Month":
        number = self.year * 12 + self.month - 1 + months
        return Month(number // 12, number % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def last_full_month(as_of: date) -> Month:
    """The last month whose last day is on or before the as-of date."""
    month = Month.of(as_of)
    return month if month.last == as_of else month.plus(-1)


@dataclass(frozen=True)
class Period:
    """A run of whole months, both ends included."""

    start: Month
    end: Month

    @classmethod
    def full_months_before(cls, as_of: date, months: int = 12) -> "Period":
        """The full months that end with the last month whose last day is ≤ the as-of date."""
        end = last_full_month(as_of)
        return cls(end.plus(1 - months), end)

    @property
    def first_day(self) -> date:
        return self.start.first

    @property
    def last_day(self) -> date:
        return self.end.last

    @property
    def months(self) -> list[Month]:
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        return [self.start.plus(n) for n in range(count)]

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.start}…{self.end}"


def full_months_between(earlier: date, later: date) -> int:
    """Whole months from one date to another; two month ends are whole months apart. Negative if reversed."""
    months_a, days_a = _months_and_days(earlier)
    months_b, days_b = _months_and_days(later)
    return months_b - months_a - (days_b < days_a)


def _months_and_days(day: date) -> tuple[int, int]:
    """Whole months up to the end of the day, and the days of the month begun; after a month end these are none."""
    months = day.year * 12 + day.month
    return (months, 0) if day == Month.of(day).last else (months - 1, day.day)
