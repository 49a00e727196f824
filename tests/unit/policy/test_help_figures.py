"""The figures the office is held to."""

from datetime import date

import pytest

from shouwang.policy import load
from shouwang.policy.help_figures import figure, help_figures

ON = date(2020, 7, 6)


def test_figures_of_july_2020() -> None:
    assert {name: figure(name, ON) for name in help_figures(ON)} == {
        "plan_within": 10,
        "plan_missing_after": 1,
        "developing_missing_after": 6,
        "removed_after": 6,
        "paper_after_rescue": 15,
        "effect_first_after": 3,
        "effect_second_after": 6,
        "households_of_a_leader": 2,
        "idle_after_removal": 1,
        "looked_within": 7,
        "visited_every": 3,
        "held_asked_again_after": 1,
        "help_shown_before": 14,
        "look_back_every": 6,
        "looked_back_for": 24,
        "measure_starts_within": 12,
        "authorisation_lasts": 24,
        "deadlines_set_within": 12,
        "rescue_told_within": 12,
        "fact_seen_within": 36,
        "event_told_within": 120,
    }


def test_figures_are_no_part_of_a_policy() -> None:
    assert set(help_figures(ON)) & set(load("kunming-2020").parameters) == set()


def test_a_figure_there_is_not() -> None:
    with pytest.raises(KeyError):
        figure("no_such_figure", ON)
