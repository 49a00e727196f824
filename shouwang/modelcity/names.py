"""Names of people: surnames by ethnic group, given names by sex and generation, from names.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml
from numpy.typing import NDArray

from shouwang.modelcity import columns

ETHNIC = ("汉族", "彝族", "回族", "苗族", "白族", "傈僳族")
_DECAY = 1.35
"""How much more frequent the first characters of a list are than the last; invented."""


@dataclass(frozen=True)
class Surnames:
    """All surnames, and for each ethnic group the running sum of its shares over them."""

    names: tuple[str, ...]
    sums: NDArray[np.float64]
    """Shape: one row per ethnic group, one column per surname."""


@dataclass(frozen=True)
class Characters:
    """The characters of all lists in a row, "" last, and where the list of a sex, generation and place begins."""

    letters: tuple[str, ...]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    first_years: NDArray[np.int64]
    single: NDArray[np.float64]


@cache
def _tables() -> dict[str, Any]:
    text = Path(__file__).with_name("names.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@cache
def surnames() -> Surnames:
    """The surnames of all groups, with running sums to draw from."""
    shares = []
    for ethnic in ETHNIC:
        words = _tables()["surnames"][ethnic].split()
        shares.append(dict(zip(words[::2], map(float, words[1::2]), strict=True)))
    names = tuple(sorted(set().union(*shares)))
    weights = np.array([[share.get(name, 0.0) for name in names] for share in shares])
    return Surnames(names, np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1))


@cache
def _characters() -> Characters:
    generations = _tables()["generations"]
    letters: list[str] = []
    starts = np.zeros((2, len(generations), 2), np.int64)
    lengths = np.zeros_like(starts)
    for sex, people in enumerate(("women", "men")):
        for number, generation in enumerate(generations):
            for place, characters in enumerate(generation[people]):
                starts[sex, number, place] = len(letters)
                lengths[sex, number, place] = len(characters)
                letters.extend(characters)
    years = np.array([generation["from"] for generation in generations])
    single = np.array([generation["single"] for generation in generations])
    return Characters((*letters, ""), starts, lengths, years, single)


def draw_surnames(rng: np.random.Generator, ethnic: NDArray[np.integer]) -> NDArray[np.int16]:
    """A surname for each person, by ethnic group."""
    sums = surnames().sums
    drawn = rng.random(len(ethnic))
    out = np.empty(len(ethnic), np.int16)
    for group in range(len(ETHNIC)):
        mine = ethnic == group
        out[mine] = np.searchsorted(sums[group], drawn[mine], side="right").clip(0, sums.shape[1] - 1)
    return out


def full_names(
    rng: np.random.Generator, surname: NDArray[np.integer], *, male: NDArray[np.bool_], born: NDArray[np.integer]
) -> pa.StringArray:
    """Surname and given name of each person; `born` is the year of birth."""
    known = _characters()
    generation = np.searchsorted(known.first_years, born, side="right") - 1
    sex = male.astype(np.int64)
    picks = []
    for place in (0, 1):
        rank = rng.random(len(surname)) ** _DECAY
        lengths = known.lengths[sex, generation, place]
        picks.append(known.starts[sex, generation, place] + (lengths * rank).astype(np.int64))
    single = rng.random(len(surname)) < known.single[generation]
    single |= np.array(known.letters)[picks[0]] == np.array(known.letters)[picks[1]]
    picks[0][single] = len(known.letters) - 1
    return columns.joined(
        columns.labels(surnames().names, surname),
        columns.labels(known.letters, picks[0]),
        columns.labels(known.letters, picks[1]),
    )
