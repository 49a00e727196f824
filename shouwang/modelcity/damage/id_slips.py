"""Slips in id numbers, on whole arrays of ASCII bytes.

Shape throughout: one row of 18 bytes per id, and `keys` to draw by.
"""

from collections.abc import Callable
from datetime import date
from functools import cache

import numpy as np
from lunardate import LunarDate
from numpy.typing import NDArray

from shouwang.modelcity import columns, ids
from shouwang.modelcity.damage.draws import Draws

Bytes = NDArray[np.uint8]
Keys = NDArray[np.int64]
Slip = Callable[[Bytes, Keys, Draws], Bytes]
_ORDER = slice(14, 17)


def as_bytes(texts: NDArray[np.bytes_]) -> Bytes:
    """Ids of one length as rows of bytes."""
    return np.frombuffer(np.ascontiguousarray(texts).tobytes(), np.uint8).reshape(len(texts), texts.dtype.itemsize)


def wrong_digit(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """One of the seventeen digits becomes another."""
    return _changed(card, draws.below(keys, 17, "place"), 1 + draws.below(keys, 9, "digit"))


def wrong_check_digit(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """The last character becomes another digit."""
    return _changed(card, np.full(len(card), 17), 1 + draws.below(keys, 9, "digit"))


def _changed(card: Bytes, place: NDArray[np.int64], more: NDArray[np.int64]) -> Bytes:
    out, row = card.copy(), np.arange(len(card))
    digit = out[row, place].astype(np.int64) - 48  # X is 40: then any digit is another
    out[row, place] = (digit + more) % 10 + 48
    return out


def transposed(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """Two neighbouring digits that differ change places."""
    differs = card[:, :16] != card[:, 1:17]
    scores = np.stack([draws.uniform(keys, f"pair {place}") for place in range(16)], axis=1) if len(card) else differs
    place = np.argmax(differs * scores, axis=1)
    out, row = card.copy(), np.arange(len(card))
    out[row, place], out[row, place + 1] = card[row, place + 1], card[row, place]
    return out


def dropped_digit(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """Seventeen characters are left."""
    place = draws.below(keys, 17, "place")[:, None]
    at = np.arange(17)[None, :]
    return np.take_along_axis(card, at + (at >= place), axis=1)


def doubled_digit(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """Nineteen characters: one of the seventeen digits stands twice."""
    place = draws.below(keys, 17, "place")[:, None]
    at = np.arange(19)[None, :]
    return np.take_along_axis(card, at - (at > place), axis=1)


def has_letter(card: Bytes) -> NDArray[np.bool_]:
    """True for ids that end with X, which Excel takes for text."""
    return card[:, 17] == ord("X")


def scientific(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """5.30128E+17: what Excel shows of a number of eighteen digits."""
    tail = np.broadcast_to(np.frombuffer(b"E+17", np.uint8), (len(card), 4))
    return np.hstack([card[:, :1], np.full((len(card), 1), ord("."), np.uint8), card[:, 1:6], tail])


def last_digits_zero(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """Excel keeps fifteen digits of a number."""
    return np.hstack([card[:, :15], np.full((len(card), 3), 48, np.uint8)])


def lunar_birthday(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """The birth date by the lunar calendar. Only for ids that `has_lunar_birthday`."""
    numbers, back = np.unique(_birth(card), return_inverse=True)
    lunar = np.array([_lunar(int(number)) or number for number in numbers], np.int64)
    return _checked(np.hstack([card[:, :6], columns.digits(lunar[back], 8), card[:, 14:]]))


def has_lunar_birthday(card: Bytes) -> NDArray[np.bool_]:
    """True where the lunar birth date is a day of the other calendar too."""
    numbers, back = np.unique(_birth(card), return_inverse=True)
    known = np.array([_lunar(int(number)) is not None for number in numbers], bool)
    return known[back] if len(card) else np.zeros(0, bool)


@cache
def _lunar(number: int) -> int | None:
    year, month, day = number // 10000, number // 100 % 100, number % 100
    lunar = LunarDate.from_solar_date(year, month, day)
    try:
        date(lunar.year, lunar.month, lunar.day)
    except ValueError:
        return None
    return lunar.year * 10000 + lunar.month * 100 + lunar.day


def day_and_month_swapped(card: Bytes, keys: Keys, draws: Draws) -> Bytes:
    """Only for ids that `has_month_like_day`."""
    return _checked(np.hstack([card[:, :10], card[:, 12:14], card[:, 10:12], card[:, 14:]]))


def has_month_like_day(card: Bytes) -> NDArray[np.bool_]:
    """True where the day of birth could be a month, and is not this very month."""
    day, month = _birth(card) % 100, _birth(card) // 100 % 100
    return (day <= 12) & (day != month)


def with_birth(card: Bytes, births: NDArray[np.integer], orders: NDArray[np.integer]) -> Bytes:
    """Sound ids of the same area with another birth date (days since 1970) and order."""
    born = np.asarray(births).astype("datetime64[D]")
    month = born.astype("datetime64[M]").astype(np.int64)
    day = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
    written = (month // 12 + 1970) * 10000 + (month % 12 + 1) * 100 + day
    return _checked(np.hstack([card[:, :6], columns.digits(written, 8), columns.digits(orders, 3), card[:, 17:]]))


def births(card: Bytes) -> NDArray[np.int64]:
    """Birth dates as days since 1970."""
    written = _birth(card)
    month = (written // 10000 - 1970) * 12 + written // 100 % 100 - 1
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + written % 100 - 1


def order_of(card: Bytes) -> NDArray[np.int64]:
    """The three digits that tell people of one area and day apart, odd for men."""
    return (card[:, _ORDER].astype(np.int64) - 48) @ np.array([100, 10, 1])


def _birth(card: Bytes) -> NDArray[np.int64]:
    return (card[:, 6:14].astype(np.int64) - 48) @ 10 ** np.arange(7, -1, -1)


def _checked(card: Bytes) -> Bytes:
    """The same with the right check digit."""
    return np.hstack([card[:, :17], ids.check_digits(card[:, :17])[:, None]])


SLIPS: dict[str, Slip] = {
    slip.__name__: slip
    for slip in (
        wrong_digit,
        wrong_check_digit,
        transposed,
        dropped_digit,
        doubled_digit,
        scientific,
        last_digits_zero,
        lunar_birthday,
        day_and_month_swapped,
    )
}
