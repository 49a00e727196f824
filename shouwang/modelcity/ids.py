"""Id numbers: area, birth date, sex and a right check digit, and never the same one twice in a city."""

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import columns, months
from shouwang.terms.errors import ProgrammingError

AREAS = (
    *(
        "530102",
        "530103",
        "530111",
        "530112",
        "530113",
        "530114",
        "530115",
        "530122",
        "530124",
        "530125",
        "530126",
        "530127",
        "530128",
    ),
    *("530129", "530181", "530321", "530322", "530323", "530325", "530326", "530328", "530381", "530621", "530622"),
    *("530625", "532301", "532324", "532327", "532329", "532331", "513425", "513426"),
)
"""Codes as printed in id numbers: those of 昆明 (禄劝 530128, 寻甸 530129) and of neighbours people marry from."""
URBAN = ("530102", "530103", "530111", "530112")
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_FIRST_DAY = months.day(1915, 1, 1)
_DAYS = months.day(2020, 12, 31) - _FIRST_DAY + 1
_NUMBERS = 499
"""People of one sex born on one day in one area; a prime, so that steps of 173 meet each number once."""


class IdBook:
    """Hands out id numbers, remembering how many of each area, day and sex are taken."""

    def __init__(self) -> None:
        self._taken = np.zeros(len(AREAS) * _DAYS * 2, np.uint16)

    def issue(
        self, area: NDArray[np.integer], *, births: NDArray[np.integer], male: NDArray[np.bool_]
    ) -> NDArray[np.uint8]:
        """Shape: one row of 18 ASCII bytes per person; `area` indexes AREAS, `births` are days since 1970."""
        key = (np.asarray(area, np.int64) * _DAYS + (np.asarray(births, np.int64) - _FIRST_DAY)) * 2 + male
        nth = self._next_numbers(key)
        if (nth >= _NUMBERS).any():
            raise ProgrammingError(
                "the model city is too big for its id numbers: more than 499 births of a sex, day and area"
            )
        order = 2 * (1 + (nth * 173 + key * 29) % _NUMBERS) - male
        born = np.asarray(births).astype("datetime64[D]")
        month = born.astype("datetime64[M]").astype(np.int64)
        written = (month // 12 + 1970) * 10000 + (month % 12 + 1) * 100
        written += (born - born.astype("datetime64[M]")).astype(np.int64) + 1
        area_digits = np.array([[ord(c) for c in code] for code in AREAS], np.uint8)[area]
        first = np.hstack([area_digits, columns.digits(written, 8), columns.digits(order, 3)])
        return np.hstack([first, check_digits(first)[:, None]])

    def _next_numbers(self, key: NDArray[np.int64]) -> NDArray[np.int64]:
        order = np.argsort(key, kind="stable")
        keys, starts, counts = np.unique(key[order], return_index=True, return_counts=True)
        rank = np.empty(len(key), np.int64)
        rank[order] = np.arange(len(key)) - np.repeat(starts, counts)
        rank += self._taken[key]
        self._taken[keys] += counts.astype(np.uint16)
        return rank


def check_digits(first: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The eighteenth character. Shape: one row of 17 ASCII bytes per id."""
    return _CHECKS[((first - 48).astype(np.int64) @ _WEIGHTS) % 11]


def opaque(numbers: NDArray[np.integer], *, seed: int) -> NDArray[np.int64]:
    """Eleven-digit numbers that tell nothing of the order of the people, each different."""
    modulus = 10**11
    return (np.asarray(numbers, np.int64) * 69_621_341 + seed * 7_919_977 % modulus) % modulus
