"""Slips in names: another character of the same sound, one that looks alike, given name before surname."""

from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from shouwang.modelcity.damage.draws import Draws

Names = NDArray[np.str_]


@cache
def _others(kind: str) -> dict[str, str]:
    """Character → the characters it is taken for."""
    text = Path(__file__).with_name("characters.yaml").read_text(encoding="utf-8")
    others: dict[str, str] = {}
    for group in yaml.safe_load(text)[kind].split():
        for one in group:
            known = others.get(one, "")
            others[one] = known + "".join(c for c in group if c != one and c not in known)
    return {one: found for one, found in others.items() if found}


def has_other(names: Names, kind: str) -> NDArray[np.bool_]:
    """True for names with a character that is taken for another."""
    return np.isin(_letters(names), list(_others(kind))).any(axis=1)


def other_character(names: Names, kind: str, *, keys: NDArray[np.int64], draws: Draws) -> Names:
    """One character becomes another of its group. Only for names that `has_other`."""
    if not len(names):
        return names
    letters = _letters(names).copy()
    can = np.isin(letters, list(_others(kind)))
    scores = np.stack([draws.uniform(keys, f"letter {place}") for place in range(letters.shape[1])], axis=1)
    place = np.argmax(can * (scores + 0.01), axis=1)
    which = draws.uniform(keys, "which")
    row = np.arange(len(letters))
    letters[row, place] = _replaced(letters[row, place], kind, which)
    return _joined(letters)


def _replaced(letters: Names, kind: str, which: NDArray[np.float64]) -> Names:
    known, back = np.unique(letters, return_inverse=True)
    options = [_others(kind).get(str(letter), str(letter)) for letter in known]
    count = np.array([len(option) for option in options])
    start = np.cumsum(count) - count
    return np.array(list("".join(options)))[start[back] + (which * count[back]).astype(np.int64)]


def swapped(names: Names) -> Names:
    """Given name before surname; all surnames of the model have one character."""
    letters = _letters(names)
    length = np.char.str_len(names)
    at = np.arange(letters.shape[1])[None, :]
    place = np.where(at < length[:, None] - 1, at + 1, np.where(at == length[:, None] - 1, 0, at))
    return _joined(np.take_along_axis(letters, place, axis=1))


def _letters(names: Names) -> Names:
    """Shape: one row of single characters per name, "" behind its end."""
    if not len(names):
        return np.empty((0, 1), "U1")
    return np.ascontiguousarray(names).view("U1").reshape(len(names), -1)


def _joined(letters: Names) -> Names:
    width = letters.shape[1]
    return np.ascontiguousarray(letters).view(f"U{width}").reshape(len(letters))
