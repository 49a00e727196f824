"""Lists, clauses and asides are put together as the reader's language does it."""

import pytest
from django.utils.translation import override

from shouwang.office.web import speaking


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", ("甲、乙", "甲；乙", "甲：乙", "甲（乙）")),
        ("en", ("甲, 乙", "甲; 乙", "甲: 乙", "甲 (乙)")),
    ],
)
def test_words_are_put_together(language: str, told: tuple[str, ...]) -> None:
    two = ("甲", "乙")
    with override(language):
        found = (speaking.listed(two), speaking.clauses(two), speaking.led(*two), speaking.aside(*two))
    assert found == told


def test_language_is_one_of_two() -> None:
    with override("en-gb"):
        assert speaking.language() == "en"
    with override(None):
        assert speaking.language() == "zh"
