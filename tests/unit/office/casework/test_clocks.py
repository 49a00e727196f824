"""Arithmetic of deadlines."""

from datetime import date

import pytest

from shouwang.office.casework.clocks import (
    DEFAULT,
    Days,
    due_after_notice,
    due_after_return,
    due_on,
    last_day_of_notice,
)

MONDAY = date(2020, 6, 8)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("assigned", date(2020, 6, 9)),
        ("visited", date(2020, 6, 11)),
        ("compared", date(2020, 6, 15)),  # the 14th is a Sunday
        ("reviewed", date(2020, 6, 15)),
        ("noticed", date(2020, 6, 15)),
        ("audited", date(2020, 6, 22)),  # the 21st is a Sunday
        ("decided", date(2020, 6, 23)),
    ],
)
def test_due_on_by_default(step: str, expected: date) -> None:
    assert due_on(step, start=MONDAY) == expected


def test_due_on_over_moved_working_days() -> None:
    # 25 to 27 June 2020 are the Dragon Boat days; Sunday the 28th is worked instead.
    assert due_on("assigned", start=date(2020, 6, 24)) == date(2020, 6, 28)


def test_due_on_later_by_what_was_paused() -> None:
    assert due_on("decided", start=MONDAY, paused_days=3) == date(2020, 6, 28)


def test_due_on_of_a_county() -> None:
    assert due_on("visited", start=MONDAY, days=Days(visited=2)) == date(2020, 6, 10)


def test_notice_hangs_five_full_days_off_days_or_not() -> None:
    assert last_day_of_notice(date(2020, 6, 24), days=DEFAULT) == date(2020, 6, 29)


def test_return_leaves_two_days_within_the_total() -> None:
    assert due_after_return("visited", start=MONDAY, on=date(2020, 6, 16)) == date(2020, 6, 18)
    assert due_after_return("visited", start=MONDAY, on=date(2020, 6, 23)) == date(2020, 6, 23)
    assert due_after_return("audited", start=MONDAY, on=date(2020, 6, 9)) == date(2020, 6, 22)


def test_audit_is_not_due_before_the_notice_ran() -> None:
    assert due_after_notice(date(2020, 6, 22), scheduled=date(2020, 6, 22)) == date(2020, 6, 23)
    assert due_after_notice(date(2020, 6, 18), scheduled=date(2020, 6, 22)) == date(2020, 6, 22)
