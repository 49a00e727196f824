"""Rows to people: exact on the checked id number first; what that leaves is linked by likeness or goes to a person."""

from shouwang.screening.linkage.rows import (
    NO_ROWS,
    RECORDED,
    SUBJECT,
    Tally,
    counts,
    is_linked,
    tally,
    unlinked_names,
    used,
    with_household,
    without_row,
)

__all__ = [
    "NO_ROWS",
    "RECORDED",
    "SUBJECT",
    "Tally",
    "counts",
    "is_linked",
    "tally",
    "unlinked_names",
    "used",
    "with_household",
    "without_row",
]
