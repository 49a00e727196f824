"""Dates as people write them."""

from collections.abc import Callable
from datetime import date

_NUMERALS = "〇一二三四五六七八九"
_WIDE = {ord(half): chr(ord(half) + 0xFEE0) for half in "0123456789-/.,"}


def full_width(text: str) -> str:
    """Digits and their signs as wide as characters."""
    return text.translate(_WIDE)


def _spoken(number: int) -> str:
    """1 to 31: 十八, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十") + (_NUMERALS[ones] if ones else "")


def _in_characters(day: date) -> str:
    year = "".join(_NUMERALS[int(digit)] for digit in str(day.year))
    return f"{year}年{_spoken(day.month)}月{_spoken(day.day)}日"


FORMS: dict[str, Callable[[date], str]] = {
    "2020-06-18": lambda day: f"{day:%Y-%m-%d}",
    "2020/6/18": lambda day: f"{day.year}/{day.month}/{day.day}",
    "2020.06.18": lambda day: f"{day:%Y.%m.%d}",
    "20200618": lambda day: f"{day:%Y%m%d}",
    "2020年6月18日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "2020年06月18日": lambda day: f"{day:%Y年%m月%d日}",
    "二〇二〇年六月十八日": _in_characters,
    "2020-06-18 00:00:00": lambda day: f"{day:%Y-%m-%d} 00:00:00",
    "2020/6/18 0:00": lambda day: f"{day.year}/{day.month}/{day.day} 0:00",
    "2020-6-18": lambda day: f"{day.year}-{day.month}-{day.day}",
    "２０２０－０６－１８": lambda day: full_width(f"{day:%Y-%m-%d}"),
}
"""Each form under the way it writes 18 June 2020; the first is the contract's."""
AS_AGREED = "2020-06-18"
