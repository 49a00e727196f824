"""Every example of a measure has its English, and a wish is told by the names of the measures."""

from shouwang.policy.measure_examples import BETWEEN, ENGLISH, families_in_english, in_english, wish_in_english
from shouwang.policy.measure_kinds import MEASURES


def test_every_example_has_its_english() -> None:
    assert [one for kind in MEASURES for one in kind.examples.split(BETWEEN) if one not in ENGLISH] == []
    assert in_english(MEASURES[1]).startswith("job placement, skills training, ")


def test_wish_is_told_by_measures_and_in_own_words() -> None:
    assert wish_in_english("就业帮扶、想学开车") == "work and training, 想学开车"


def test_families_are_told() -> None:
    assert families_in_english("扶·提") == "lift · raise"
    assert all(families_in_english(kind.families) for kind in MEASURES)
