"""The thirteen months of the model and its fixed days, as days since 1970-01-01."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

EPOCH = date(1970, 1, 1)
FIRST_MONTH = 2019 * 12 + 5
MONTHS = tuple(f"{m // 12}-{m % 12 + 1:02d}" for m in range(FIRST_MONTH, FIRST_MONTH + 13))
"""2019-06 … 2020-06."""
MAY, JUNE = 11, 12
ROLL_MONTHS = (MAY, JUNE)


def day(year: int, month: int, of_month: int) -> int:
    """Days from 1970-01-01 to a date."""
    return (date(year, month, of_month) - EPOCH).days


START = day(2019, 6, 1)
TODAY = day(2020, 6, 30)
WINDOW = day(2019, 7, 1)
"""First day of the 12 full months that end on TODAY."""
MONTH_ENDS = (day(2020, 5, 31), TODAY)
NEVER = day(2200, 1, 1)
"""Stands for "has not ended" inside arrays; null in files."""


def months_of(days: NDArray[np.integer]) -> NDArray[np.int64]:
    """The number of the month, 0 for 2019-06, of each day."""
    months = np.asarray(days).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12 - FIRST_MONTH


def years_of(days: NDArray[np.integer]) -> NDArray[np.int64]:
    """The calendar year of each day."""
    return np.asarray(days).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def school_days(years: NDArray[np.integer], month: int = 9) -> NDArray[np.int64]:
    """The first of a month of each year, September unless told."""
    months = (np.asarray(years, np.int64) - 1970) * 12 + month - 1
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def ages(births: NDArray[np.integer], on: int) -> NDArray[np.int64]:
    """Completed years on a day."""
    on_date = np.datetime64(on, "D")
    years = on_date.astype("datetime64[Y]").astype(np.int64) + 1970 - years_of(births)
    born = np.asarray(births).astype("datetime64[D]")
    in_year = born - born.astype("datetime64[M]") + (born.astype("datetime64[M]").astype(np.int64) % 12 * 32)
    passed = on_date - on_date.astype("datetime64[M]") + int(on_date.astype("datetime64[M]").astype(np.int64) % 12 * 32)
    return years - (in_year > passed)
