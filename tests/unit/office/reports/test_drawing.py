"""The map: shades, legend, and counties of which nothing is known."""

import pytest

from shouwang.office.reports.drawing import drawing, step_of, written


def test_map_has_all_counties_and_the_highest_is_in_the_last_shade() -> None:
    drawn = drawing({"530113": 99, "530128": 20, "530102": 0})
    shades = {county.outline.code.prefix: (county.shade, county.per_thousand) for county in drawn.counties}
    assert len(shades) == 14
    assert (shades["530113"], shades["530128"], shades["530102"]) == ((4, "9.9"), (1, "2.0"), (0, "0.0"))
    assert shades["530181"] == (None, None)
    assert [(one.since, one.until) for one in drawn.legend] == [
        ("0.0", "2.0"),
        ("2.0", "4.0"),
        ("4.0", "6.0"),
        ("6.0", "8.0"),
        ("8.0", None),
    ]


@pytest.mark.parametrize(("highest", "step"), [(0, 10), (49, 10), (50, 20), (99, 20), (100, 30), (1000, 210)])
def test_step_of_the_legend_is_a_whole_number_of_a_thousand(highest: int, step: int) -> None:
    assert step_of([highest]) == step


def test_step_without_any_value() -> None:
    assert step_of([]) == 10


def test_written_as_of_a_thousand() -> None:
    assert (written(0), written(7), written(66), written(1234)) == ("0.0", "0.7", "6.6", "123.4")
