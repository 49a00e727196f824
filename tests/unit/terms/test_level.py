"""The five levels."""

import pytest

from shouwang.terms.level import Level


@pytest.mark.parametrize(
    ("number", "numeral", "colour_zh", "colour", "is_warning"),
    [
        (1, "Ⅰ", "红", "red", True),
        (2, "Ⅱ", "蓝", "blue", True),
        (3, "Ⅲ", "紫", "magenta", True),
        (4, "Ⅳ", "黄", "yellow", True),
        (5, "Ⅴ", "绿", "green", False),
    ],
)
def test_level_is_presented_by_its_number(
    number: int, numeral: str, colour_zh: str, colour: str, is_warning: bool
) -> None:
    level = Level(number)
    assert (level.numeral, level.colour_zh, level.colour, level.is_warning) == (numeral, colour_zh, colour, is_warning)


def test_most_urgent_level_has_the_lowest_number() -> None:
    assert min(Level) is Level.I
    assert len(Level) == 5
