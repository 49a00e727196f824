"""Households that divided in June 2020: a son leaves his parents' household with his wife and children."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import months
from shouwang.modelcity.households import Homes
from shouwang.modelcity.kinship import ADULT_GAP, HEAD, SPOUSE, Grid
from shouwang.modelcity.parameters import figure

_SON, _DAUGHTER_IN_LAW, _GRANDSON, _GRANDDAUGHTER = 4, 6, 8, 9
"""Places in kinship.RELATIONS."""


@dataclass(frozen=True)
class Splits:
    """Shape: one entry per division; `old` and `new` are rows of households of the chunk."""

    old: NDArray[np.int64]
    new: NDArray[np.int64]
    day: NDArray[np.int64]


@dataclass(frozen=True)
class Former:
    """Memberships that ended by a division. Shape: one entry per person who moved."""

    person: NDArray[np.int64]
    home: NDArray[np.int64]
    relation: NDArray[np.int8]
    since: NDArray[np.int64]
    until: NDArray[np.int64]


def draw(rng: np.random.Generator, homes: Homes, grid: Grid, gone: NDArray[np.int8]) -> Splits:
    """Neighbours of the right ages become the parents' and the son's household; the son takes the parents' group."""
    ages = grid.age
    plain = ~homes.is_empty & ~homes.is_headless & (gone == 0) & grid.male[:, HEAD]
    parents = plain & np.isin(homes.kind, [homes.kind_number(k) for k in ("couple", "elder_couple", "nuclear")])
    sons = plain & homes.is_kind("nuclear") & (ages[:, HEAD] < 42)
    younger = np.where(grid.present[:, SPOUSE], np.minimum(ages[:, HEAD], ages[:, SPOUSE]), ages[:, HEAD])
    fits = parents[:-1] & sons[1:] & (homes.village[:-1] == homes.village[1:])
    fits &= (homes.register[:-1] == homes.register[1:]) & (younger[:-1] - ages[1:, HEAD] >= ADULT_GAP)
    fits &= ages[:-1, HEAD] - ages[1:, HEAD] <= 40
    old = np.flatnonzero(fits & (rng.random(len(fits)) < figure("population.split")))
    homes.ethnic[old + 1] = homes.ethnic[old]
    return Splits(old, old + 1, rng.integers(months.MONTH_ENDS[0] + 1, months.TODAY + 1, len(old)))


def former(
    splits: Splits,
    homes: int,
    *,
    home: NDArray[np.int64],
    place: NDArray[np.int64],
    male: NDArray[np.bool_],
    since: NDArray[np.int64],
) -> Former:
    """Where the people of new households belonged before; their `since` becomes the day of the division."""
    nth = np.full(homes, -1)
    nth[splits.new] = np.arange(len(splits.new))
    moved = np.flatnonzero(nth[home] >= 0)
    born_before = since[moved] < splits.day[nth[home[moved]]]
    person = moved[born_before]
    which = nth[home[person]]
    relation = np.where(male[person], _GRANDSON, _GRANDDAUGHTER)
    relation = np.select([place[person] == HEAD, place[person] == SPOUSE], [_SON, _DAUGHTER_IN_LAW], relation)
    before = since[person].copy()
    since[person] = splits.day[which]
    return Former(person, splits.old[which], relation.astype(np.int8), before, splits.day[which])
