"""Surnames, ethnic groups, places of birth and relations to the head, drawn on the grid of kinship."""

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import ids, kinship, months, names
from shouwang.modelcity.households import Homes
from shouwang.modelcity.kinship import CHILD, FATHER, GONE, GRAND, HEAD, IN_LAW, MOTHER, PLACES, SPOUSE
from shouwang.modelcity.parameters import figure
from shouwang.modelcity.splits import Splits


def ethnic(rng: np.random.Generator, homes: Homes) -> NDArray[np.int8]:
    """The group of each place, as an index of names.ETHNIC: children follow the head, some spouses do not."""
    out = np.repeat(homes.ethnic[:, None], PLACES, axis=1)
    for place in (SPOUSE, IN_LAW):
        mixed = rng.random(homes.count) < figure("ethnic.mixed_marriage")
        out[mixed, place] = np.where(homes.ethnic[mixed] == 0, rng.integers(1, 4, mixed.sum()), 0)
    return out


def surnames(rng: np.random.Generator, homes: Homes, grid: kinship.Grid, divided: Splits) -> NDArray[np.int16]:
    """The father's surname goes down the male line; those who marry in keep their own."""
    lines = np.stack([names.draw_surnames(rng, homes.ethnic) for _ in range(5)], axis=1)
    lines[divided.new, 0] = lines[divided.old, 0]
    out = np.repeat(lines[:, :1], PLACES, axis=1)
    out[:, SPOUSE], out[:, MOTHER], out[:, IN_LAW] = lines[:, 1], lines[:, 2], lines[:, 3]
    fathers = np.where(grid.male[:, HEAD], lines[:, 0], lines[:, 1])
    out[:, CHILD : CHILD + 4] = fathers[:, None]
    out[:, GRAND : GRAND + 2] = np.where(
        ~grid.has_married_child | grid.male[:, CHILD],
        fathers,
        np.where(grid.present[:, IN_LAW], lines[:, 3], lines[:, 4]),
    )[:, None]
    partner = homes.is_kind("single_parent") | homes.is_kind("elder_single")
    out[:, GONE] = np.where(partner, lines[:, 1], np.where(homes.is_kind("nuclear"), fathers, lines[:, 0]))
    return out


def id_areas(
    rng: np.random.Generator, homes: Homes, home: NDArray[np.int64], place: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The area printed in the id number, as an index of ids.AREAS: one's own county, or where one married from."""
    own = np.array([ids.AREAS.index(code) for code in homes.plan.county_codes])[homes.county[home]]
    came = np.where(np.isin(place, (SPOUSE, MOTHER, IN_LAW)), 0.24, 0.02)
    return np.where(rng.random(len(home)) < came, rng.integers(0, len(ids.AREAS), len(home)), own)


def relations(
    rng: np.random.Generator,
    homes: Homes,
    grid: kinship.Grid,
    gone: NDArray[np.int8],
    *,
    divided: Splits,
    until_of_gone: NDArray[np.int64],
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Relations as the June and as the May register have them: heads that died or changed in June differ."""
    now = kinship.relations(grid)
    now[:, GONE] = np.array([1, 2, 5, 0, 1])[gone]
    in_may = now.copy()
    died_in_june = (gone == kinship.EARNER_DIED) & (until_of_gone > months.MONTH_ENDS[0])
    in_may[died_in_june, HEAD] = 1
    changed = rng.random(homes.count) < figure("population.head_change")
    changed &= grid.present[:, HEAD] & grid.present[:, SPOUSE] & ~grid.present[:, FATHER] & ~grid.present[:, MOTHER]
    changed &= gone != kinship.PARENT_DIED
    changed[divided.old] = changed[divided.new] = False
    now[changed, HEAD], now[changed, SPOUSE] = 1, 0
    return now, in_may
