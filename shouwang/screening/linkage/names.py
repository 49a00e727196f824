"""Forms of a name that make two spellings of one name equal: folded, by sound, by look, by its characters.

Everything is worked out per distinct character and applied to all names at once.
"""

import unicodedata
from functools import cache
from pathlib import Path

import pyarrow as pa

SEPARATOR = "\n"
DOTS = "·•・‧∙⋅．.。●﹒゠"
"""Signs written between the parts of names of ethnic groups, or left out."""
_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))
"""Sounds that are one in the speech of the region, and in a hurried ear."""


def forms(names: list[str]) -> pa.Table:
    """Every name in its forms.

    Shape: one row per given name: `written`, `name` (folded), `sound` (syllables without tones), `shape` (look-alikes
    made one). Unknown: a form in which nothing is left.
    """
    folded = _translated(names, _folding(_characters(names)))
    folded = [_closed(name) for name in folded]
    characters = _characters(folded)
    sound = [" ".join(name.split()) for name in _translated(folded, _sounds(characters))]
    shape = _translated(folded, look_alikes())
    columns = {"written": names, "name": folded, "sound": sound, "shape": shape}
    return pa.table(
        {key: pa.array([value or None for value in values], pa.string()) for key, values in columns.items()}
    )


def _closed(name: str) -> str:
    """No blanks in a Chinese name, single ones in any other."""
    return ("" if any(map(is_han, name)) else " ").join(name.split())


def _translated(names: list[str], table: dict[int, str]) -> list[str]:
    """All names in one text: a translation of millions of characters costs a second."""
    return SEPARATOR.join(names).translate(table).split(SEPARATOR) if names else []


def _characters(names: list[str]) -> list[str]:
    return sorted(set("".join(names)))


def is_han(character: str) -> bool:
    """True for a character of Chinese writing."""
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000" or character == "〇"


def _folding(characters: list[str]) -> dict[int, str]:
    """Half-width, simplified, lower case; no dots, no invisible signs, no blanks between Chinese characters."""
    from opencc import OpenCC

    simplified = OpenCC("t2s").convert
    return {ord(c): _folded(c, simplified) for c in characters if c != SEPARATOR} | {ord(SEPARATOR): SEPARATOR}


def _folded(character: str, simplified) -> str:  # type: ignore[no-untyped-def]
    if is_han(character):
        return str(simplified(character))
    if character in DOTS:
        return ""
    plain = "".join(c for c in unicodedata.normalize("NFKC", character).lower() if not unicodedata.combining(c))
    kept = [" " if c.isspace() or c in "-,_/" else c for c in plain if c.isalnum() or c.isspace() or c in "-,_/"]
    return "".join(kept)


def _sounds(characters: list[str]) -> dict[int, str]:
    from pypinyin import Style, lazy_pinyin

    han = [c for c in characters if is_han(c)]
    return {ord(c): f" {_near(lazy_pinyin(c, style=Style.NORMAL)[0])} " for c in han}


def _near(syllable: str) -> str:
    for ours, theirs in _NEAR:
        syllable = syllable.replace(ours, theirs)
    return syllable


@cache
def look_alikes() -> dict[int, str]:
    """Character → the first of the group of look-alikes it belongs to."""
    text = Path(__file__).with_name("look_alikes.txt").read_text(encoding="utf-8")
    groups = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {ord(other): group[0] for group in groups for other in group[1:]}
