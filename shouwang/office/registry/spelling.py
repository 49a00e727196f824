"""Under which spelling a name is found: folded characters, and pinyin without tones."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from shouwang.screening.linkage.names import forms, is_han

SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "任": "ren", "查": "zha", "盖": "ge",
    "区": "ou", "朴": "piao", "乐": "yue", "华": "hua", "燕": "yan", "纪": "ji", "尉": "wei",
    "缪": "miao", "冼": "xian", "翟": "zhai", "宁": "ning", "逄": "pang", "员": "yun", "覃": "qin",
    "召": "shao", "盛": "sheng", "折": "she", "乜": "nie", "洗": "xian",
}  # fmt: skip
"""Characters that as a surname sound otherwise than in most words."""
LONGEST = 120
TONES = dict.fromkeys(map(ord, "\u0304\u0301\u030c\u0300"))
"""Marks of the four tones, apart from their letter; the two dots of ü stay."""


@dataclass(frozen=True)
class Spelling:
    """`key`: simplified, half-width, without dots and blanks. `pinyin`: syllables in one word, without tones."""

    key: str
    pinyin: str


def spellings(names: Sequence[str]) -> dict[str, Spelling]:
    """Every name with its spellings, worked out per distinct character."""
    keys = {row["written"]: (row["name"] or "").replace(" ", "") for row in forms(list(names)).to_pylist()}
    sounds = _sounds({character for key in keys.values() for character in key if is_han(character)})
    return {name: Spelling(key, _pinyin(key, sounds)) for name, key in keys.items()}


def key_of(name: str) -> str:
    return spellings([name.replace("\n", " ")])[name.replace("\n", " ")].key


def typed_pinyin(text: str) -> str:
    """What somebody typed as pinyin, folded: no tones, blanks or marks; ü is v."""
    apart = unicodedata.normalize("NFKD", text.lower()).translate(TONES)
    plain = apart.replace("u\u0308", "v").replace("u:", "v")
    return "".join(character for character in plain if character.isascii() and character.isalpha())


def _pinyin(key: str, sounds: dict[str, str]) -> str:
    if key and key[0] in SURNAMES:
        return (SURNAMES[key[0]] + "".join(sounds.get(c, c) for c in key[1:]))[:LONGEST]
    return "".join(sounds.get(c, c) for c in key)[:LONGEST]


def _sounds(characters: set[str]) -> dict[str, str]:
    from pypinyin import Style, lazy_pinyin  # its dictionaries are loaded only where somebody writes names

    return {c: lazy_pinyin(c, style=Style.NORMAL)[0] for c in characters}
