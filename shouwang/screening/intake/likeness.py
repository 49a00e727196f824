"""How alike two headers are: enough to ask a person, never enough to go by."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from shouwang.terms.writing import plain

ENOUGH = 0.6
"""Share of characters in common from which a header is proposed."""
SHORTEST = 2


def likeness(header: str, ours: Sequence[str]) -> tuple[float, str]:
    """How much a header is like one of ours (0 = not to be proposed) and why, in Chinese."""
    word = plain(header)
    if len(word) < SHORTEST:
        return 0.0, ""
    return max((_of_two(word, plain(other), other) for other in ours), key=lambda scored: scored[0])


def _of_two(word: str, other: str, as_written: str) -> tuple[float, str]:
    from pypinyin import lazy_pinyin  # its dictionaries are loaded only where a header is not known

    if lazy_pinyin(word) == lazy_pinyin(other):
        return 1.0, f"与“{as_written}”同音"
    if len(other) >= SHORTEST and (other in word or word in other):
        return 0.9, f"与“{as_written}”只差几个字"
    share = SequenceMatcher(None, word, other).ratio()
    return (share, f"与“{as_written}”相近") if share >= ENOUGH else (0.0, "")
