"""One form for what people write in several: widths, blanks, invisible signs, Traditional characters."""

import unicodedata
from functools import cache
from typing import Protocol

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that nobody sees: joiners, marks of direction, the mark at the start of a file."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(kind: str) -> _Converter:
    from opencc import OpenCC  # its dictionaries are loaded only where somebody writes so

    made: _Converter = OpenCC(kind)
    return made


def unseen_removed(text: str) -> str:
    """Half-width, without blanks and invisible signs; characters are otherwise as written."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded.translate(dict.fromkeys(map(ord, INVISIBLE)))


def plain(text: str) -> str:
    """What two spellings of one word share: also Simplified, and lower-case."""
    return _converter("t2s").convert(unseen_removed(text)).lower()


def traditional(text: str) -> str:
    """The same in Traditional characters, one for one."""
    return _converter("s2t").convert(text)
