"""Rows to people: exact on the checked id number first; what that leaves is linked by likeness or goes to a person."""

from shouwang.screening.linkage.rows import (
    NO_ROWS,
    RECORDED,
    SUBJECT,
    Tally,
    counts,
    is_linked,
    perhaps_listed,
    tally,
    used,
    with_household,
)

__all__ = [
    "NO_ROWS",
    "RECORDED",
    "SUBJECT",
    "Tally",
    "counts",
    "is_linked",
    "perhaps_listed",
    "tally",
    "used",
    "with_household",
]
