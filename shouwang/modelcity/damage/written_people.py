"""Names and ids as people write them: nothing of them is lost."""

from collections.abc import Callable

_WIDE = {ord(half): chr(ord(half) + 0xFEE0) for half in "0123456789Xx"}
_DOT = "·"
_DOTTED = "普者昂起毕鲁沙凤海施"
"""Surnames of 彝族 families, in whose names offices now and then write a dot."""


def _fifteen(text: str) -> str:
    """The card of before 1999: no century, no check digit. Only for those born in the twentieth century."""
    return text[:6] + text[8:17] if len(text) == 18 and text[6:8] == "19" and text[:17].isdigit() else text


IDS: dict[str, Callable[[str], str]] = {
    "lower_case_x": str.lower,
    "full_width_id": lambda text: text.translate(_WIDE),
    "spaced_id": lambda text: f"{text[:6]} {text[6:14]} {text[14:]}",
    "fifteen_digits": _fifteen,
    "card_of_22_digits": lambda text: f"{text}01" if len(text) == 20 else text,
}
TEXT_FILE_IDS: dict[str, Callable[[str], str]] = {"id_as_formula": lambda text: f'="{text}"'}
"""What keeps Excel from reading an id in a text file as a number."""
NAMES: dict[str, Callable[[str], str]] = {
    "spaced_name": lambda name: f"{name[0]}　{name[1]}" if len(name) == 2 else name,
    "dotted_name": lambda name: f"{name[0]}{_DOT}{name[1:]}" if len(name) > 2 and name[0] in _DOTTED else name,
}
