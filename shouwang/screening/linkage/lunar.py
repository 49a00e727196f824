"""Birthdays in the lunar calendar: what a solar date reads there, for every day from 1900 to 2030."""

from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pyarrow as pa

FIRST_YEAR, LAST_YEAR = 1900, 2030


@cache
def lunar_days() -> pa.Table:
    """Shape: one row per day: `solar` and `lunar`, both written 19800216; a leap month has the number it repeats."""
    solar: list[str] = []
    lunar: list[str] = []
    months = _months()
    for (start, year, month), (end, *_) in pairwise(months):
        for day in range((end - start).days):
            solar.append((start + timedelta(days=day)).strftime("%Y%m%d"))
            lunar.append(f"{year:04d}{month:02d}{day + 1:02d}")
    return pa.table({"solar": solar, "lunar": lunar})


def _months() -> list[tuple[date, int, int]]:
    """The first day, year and number of every lunar month, in order; one more at the end."""
    from lunardate import LunarDate

    found = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        leap = LunarDate.leap_month_for_year(year)
        numbers = [(month, False) for month in range(1, 13)] + ([(leap, True)] if leap else [])
        found += [(LunarDate(year, month, 1, is_leap).to_solar_date(), year, month) for month, is_leap in numbers]
    return sorted(found)
