"""Names of people: surnames by ethnic group, given names by sex and generation."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, names_tables

ETHNIC = ("汉族", "彝族", "回族", "苗族", "白族", "傈僳族")


@dataclass(frozen=True)
class SurnameTable:
    """All surnames, and for each ethnic group the running sum of its shares over them."""

    names: tuple[str, ...]
    sums: NDArray[np.float64]
    """Shape: one row per ethnic group, one column per surname."""


@cache
def surnames() -> SurnameTable:
    shares = []
    for ethnic in ETHNIC:
        words = names_tables.SURNAMES[ethnic].split()
        shares.append(dict(zip(words[::2], map(float, words[1::2]), strict=True)))
    names = tuple(sorted(set().union(*shares)))
    weights = np.array([[share.get(name, 0.0) for name in names] for share in shares])
    return SurnameTable(names, np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1))


@cache
def _characters() -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """All characters in a row ("" last), then start and length of each list by [sex, generation, place]."""
    letters: list[str] = []
    starts = np.zeros((2, len(names_tables.MALE), 2), np.int64)
    lengths = np.zeros_like(starts)
    for sex, table in enumerate((names_tables.FEMALE, names_tables.MALE)):
        for generation, (_, *places) in enumerate(table):
            for place, characters in enumerate(places):
                starts[sex, generation, place] = len(letters)
                lengths[sex, generation, place] = len(characters)
                letters.extend(characters)
    return [*letters, ""], starts, lengths


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
    letters, starts, lengths = _characters()
    generation = np.searchsorted([first for first, _, _ in names_tables.MALE], born, side="right") - 1
    sex = male.astype(np.int64)
    picks = []
    for place in (0, 1):
        rank = rng.random(len(surname)) ** 1.35
        picks.append(starts[sex, generation, place] + (lengths[sex, generation, place] * rank).astype(np.int64))
    single = rng.random(len(surname)) < np.asarray(names_tables.SINGLE_SHARE)[generation]
    single |= picks[0] == picks[1]
    picks[0][single] = len(letters) - 1
    return columns.joined(
        columns.labels(surnames().names, surname), columns.labels(letters, picks[0]), columns.labels(letters, picks[1])
    )
