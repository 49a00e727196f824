"""Names with one character taken for another."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from pypinyin import Style, lazy_pinyin, pinyin

from shouwang.modelcity.damage import name_slips
from shouwang.modelcity.damage.draws import Draws

NAMES = np.array(["王建华", "李玉兰", "张军", "普文清", "昂者"])


def slipped(kind: str) -> list[tuple[str, str]]:
    names = np.array(["王建华", "李玉兰", "张军", "杨文清"] * 50)
    after = name_slips.other_character(names, kind, keys=np.arange(200), draws=Draws(3, kind))
    return list(zip(names.tolist(), after.tolist(), strict=True))


@pytest.mark.parametrize("kind", ["same_sound", "look_alike"])
def test_one_character_is_another(kind: str) -> None:
    pairs = slipped(kind)
    assert {len(before) - len(after) for before, after in pairs} == {0}
    assert {sum(a != b for a, b in zip(*pair, strict=True)) for pair in pairs} == {1}


def test_characters_of_the_same_sound_sound_the_same() -> None:
    for before, after in slipped("same_sound"):
        assert lazy_pinyin(after, style=Style.NORMAL) == lazy_pinyin(before, style=Style.NORMAL)


def test_names_without_a_known_character_are_told() -> None:
    assert name_slips.has_other(NAMES, "same_sound").tolist() == [True, True, True, True, False]


def test_given_name_stands_first() -> None:
    assert name_slips.swapped(NAMES).tolist() == ["建华王", "玉兰李", "军张", "文清普", "者昂"]


def test_slip_of_nobody_is_nothing() -> None:
    nobody = NAMES[:0]
    assert name_slips.other_character(nobody, "same_sound", keys=np.arange(0), draws=Draws(1, "x")).tolist() == []
    assert name_slips.swapped(nobody).tolist() == []
    assert name_slips.has_other(nobody, "same_sound").tolist() == []


def test_all_characters_of_a_group_sound_the_same() -> None:
    text = Path(name_slips.__file__).with_name("characters.yaml").read_text(encoding="utf-8")
    for group in yaml.safe_load(text)["same_sound"].split():
        sounds = [set(pinyin(letter, style=Style.NORMAL, heteronym=True)[0]) for letter in group]
        assert set.intersection(*sounds), group
