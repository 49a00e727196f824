"""Unknown is a value. In Python it is `None`; in tables it is null; on paper it is 未知."""

from collections.abc import Iterable

UNKNOWN_ZH = "未知"
UNKNOWN_EN = "unknown"

Truth = bool | None
"""True, false or unknown."""


def all_of(claims: Iterable[Truth]) -> Truth:
    """False if any claim is false, else unknown if any is unknown, else true (Kleene's and)."""
    seen = list(claims)
    if any(claim is False for claim in seen):
        return False
    return None if any(claim is None for claim in seen) else True


def any_of(claims: Iterable[Truth]) -> Truth:
    """True if any claim is true, else unknown if any is unknown, else false (Kleene's or)."""
    seen = list(claims)
    if any(claim is True for claim in seen):
        return True
    return None if any(claim is None for claim in seen) else False


def negation(claim: Truth) -> Truth:
    """The opposite; the opposite of unknown is unknown."""
    return None if claim is None else not claim
