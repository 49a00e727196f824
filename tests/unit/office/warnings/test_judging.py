"""Each kind of change, and what becomes of it. Nothing here touches the database."""

from datetime import date

import pytest

from shouwang.office.warnings.fingerprint import fingerprint
from shouwang.office.warnings.judging import judge
from shouwang.office.warnings.models import Suppression
from shouwang.office.warnings.queries.standing import Before

HOME, VILLAGE = "H1", "530113102001"
REASONS = [
    {"rule": "no-labour", "level": 2, "values": [{"fact": "members", "value": "2", "unit": "人"}]},
    {"rule": "below-line", "level": 4, "values": [{"fact": "members", "value": "2", "unit": "人"}]},
]
MARK = fingerprint(REASONS)


def row(level=2, status="graded"):
    reasons = REASONS if level and level <= 4 else []
    return {
        "household_id": HOME,
        "area_code": VILLAGE,
        "members": 2,
        "level": level,
        "status": status,
        "reasons": reasons,
    }


def before(level=None, **more):
    levels = {HOME: level} if level else {}
    return Before(levels=levels, areas=dict.fromkeys(levels, (VILLAGE, 2)), **more)


def suppression(rule="", mark=""):
    return Suppression(household_id=HOME, rule=rule, fingerprint=mark)


@pytest.mark.parametrize(
    ("was", "now", "change", "state"),
    [
        (None, row(2), "new", "open"),
        (3, row(2), "worse", "open"),
        (2, row(2), "same", "note"),
        (1, row(2), "better", "note"),
        (2, row(5), "cleared", "note"),
        (2, row(None, "unassessed"), "cleared", "note"),
        (2, row(None, "unverified"), "now_unverified", "note"),
    ],
)
def test_change_of_a_household_at_work(was, now, change, state):
    clues = {HOME: "open"} if was else {}
    (judged,) = judge([now], before(was, clues=clues)).warned
    assert (judged.change, judged.state) == (change, state)


def test_household_that_left_the_register_is_a_note():
    (judged,) = judge([], before(2)).warned
    assert (judged.change, judged.state, judged.level, judged.area_code) == ("left", "note", None, VILLAGE)


def test_to_verify_counts_who_comes_and_who_goes():
    known = Before(unverified=frozenset({"H2"}))
    judgement = judge([row(None, "unverified"), row(5) | {"household_id": "H2"}], known)
    assert judgement.newly_to_verify == {HOME}
    assert judgement.no_longer_to_verify == {"H2"}
    assert judgement.warned == ()


def test_same_rules_and_values_as_answered_are_no_clue():
    known = before(None, answered={(HOME, MARK): date(2020, 6, 20)}, clues={HOME: "answered"})
    (judged,) = judge([row(2)], known).warned
    assert judged.state == "answered"


def test_other_values_than_answered_are_a_clue_even_at_the_same_level():
    known = before(2, answered={(HOME, "other"): date(2020, 6, 20)}, clues={HOME: "answered"})
    (judged,) = judge([row(2)], known).warned
    assert (judged.change, judged.state) == ("same", "open")


def test_warning_nobody_works_at_is_a_clue_though_nothing_changed():
    (judged,) = judge([row(2)], before(2, clues={HOME: "suppressed"})).warned
    assert (judged.change, judged.state) == ("same", "open")


@pytest.mark.parametrize(
    ("held", "state"),
    [
        ([suppression()], "suppressed"),
        ([suppression("no-labour")], "open"),
        ([suppression("no-labour"), suppression("below-line")], "suppressed"),
        ([suppression(mark=MARK)], "suppressed"),
        ([suppression(mark="other")], "open"),
    ],
)
def test_suppression_holds_only_what_it_says(held, state):
    (judged,) = judge([row(2)], before(None, suppressions={HOME: held})).warned
    assert judged.state == state
