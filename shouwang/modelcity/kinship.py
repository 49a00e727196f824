"""Who lives in a household: kinship drawn on a grid of places, so that ages and sexes fit together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity.parameters import figure

HEAD, SPOUSE, FATHER, MOTHER, CHILD, IN_LAW, GRAND, GONE = 0, 1, 2, 3, 4, 8, 9, 11
"""Places of the grid; CHILD holds four, GRAND two; GONE is somebody who died or left."""
PLACES = 12
PARENT_DIED, DAUGHTER_LEFT, EARNER_DIED, SPOUSE_DIED = 1, 2, 3, 4
"""Why somebody is GONE."""
RELATIONS = (
    *("户主", "配偶", "之父", "之母", "之子", "之女", "之儿媳", "之女婿"),
    *("之孙子", "之孙女", "之外孙子", "之外孙女", "之岳父", "之岳母", "之公公", "之婆婆"),
)
ADULT_GAP = 18.6
"""Years every parent is older than a child, at least."""
OLDEST = 96.0


@dataclass
class Grid:
    """Shape: one row per household, one column per place. Ages are years at the last day of the model."""

    present: NDArray[np.bool_]
    age: NDArray[np.float64]
    male: NDArray[np.bool_]
    has_married_child: NDArray[np.bool_]

    @property
    def size(self) -> NDArray[np.int64]:
        return self.present[:, :GONE].sum(axis=1)


def kind_names() -> list[str]:
    """The kinds of households, in the order of parameters.yaml."""
    return [name for name in figure("kinds") if name != "source"]


def draw_kinds(rng: np.random.Generator, on_register: NDArray[np.bool_]) -> NDArray[np.int8]:
    """The kind of each household, as an index of `kind_names`."""
    kinds = figure("kinds")
    out = np.empty(len(on_register), np.int8)
    for side, mine in (("registered", on_register), ("general", ~on_register)):
        shares = np.array([kinds[name][side] for name in kind_names()])
        out[mine] = rng.choice(len(shares), size=int(mine.sum()), p=shares / shares.sum())
    return out


def draw_grid(rng: np.random.Generator, kind: NDArray[np.int8]) -> Grid:
    """People of each household by its kind."""
    count = len(kind)
    grid = Grid(
        np.zeros((count, PLACES), bool),
        np.zeros((count, PLACES)),
        np.zeros((count, PLACES), bool),
        np.zeros(count, bool),
    )
    names = kind_names()
    _heads(rng, grid, kind, names)
    _spouses(rng, grid, np.isin(kind, _kinds(names, "elder_couple couple nuclear stem_down stem_up four_generations")))
    grid.present[:, SPOUSE] |= (kind == names.index("skipped")) & (rng.random(count) < 0.55)
    _children(rng, grid, kind, names)
    _young_couples(rng, grid, np.isin(kind, _kinds(names, "stem_down four_generations")))
    _grandchildren(rng, grid, kind, names)
    _parents(rng, grid, np.isin(kind, _kinds(names, "stem_up four_generations")))
    return grid


def _kinds(names: list[str], wanted: str) -> list[int]:
    return [names.index(name) for name in wanted.split()]


def _heads(rng: np.random.Generator, grid: Grid, kind: NDArray[np.int8], names: list[str]) -> None:
    low, high = np.array([figure("kinds")[name]["head"] for name in names], np.float64)[kind].T
    male = np.where(np.isin(kind, _kinds(names, "elder_single single_parent skipped")), 0.58, 0.91)
    grid.present[:, HEAD] = True
    grid.age[:, HEAD] = low + (high - low) * rng.beta(1.9, 1.9, len(kind))
    grid.male[:, HEAD] = rng.random(len(kind)) < male


def _spouses(rng: np.random.Generator, grid: Grid, wed: NDArray[np.bool_]) -> None:
    head, male = grid.age[:, HEAD], grid.male[:, HEAD]
    gap = np.clip(rng.normal(1.9, 2.2, len(head)), -4, 9)
    grid.present[:, SPOUSE] = wed
    grid.age[:, SPOUSE] = np.clip(
        np.where(male, head - gap, head + gap), np.where(male, 20.4, 22.4) + rng.random(len(head)), OLDEST
    )
    grid.male[:, SPOUSE] = ~male


def _couple(grid: Grid) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Age of the mother (of the head where there is one parent) and of the younger parent."""
    head, spouse, wed = grid.age[:, HEAD], grid.age[:, SPOUSE], grid.present[:, SPOUSE]
    mother = np.where(wed & grid.male[:, HEAD], spouse, head)
    return mother, np.where(wed, np.minimum(head, spouse), head)


def _children(rng: np.random.Generator, grid: Grid, kind: NDArray[np.int8], names: list[str]) -> None:
    mother, younger = _couple(grid)
    wanted = np.zeros(len(kind), np.int64)
    for number, name in enumerate(names):
        if chances := figure("kinds")[name].get("children"):
            mine = kind == number
            wanted[mine] = rng.choice(len(chances), size=int(mine.sum()), p=np.array(chances) / sum(chances))
    married = np.isin(kind, _kinds(names, "stem_down four_generations"))
    first = mother - np.clip(rng.normal(23.8, 2.8, len(kind)), 19.2, 38)
    first = np.where(married, np.maximum(first, 22.6 + 2 * rng.random(len(kind))), first)
    limit = younger - ADULT_GAP - 1.4 * rng.random(len(kind))
    age = np.minimum(first, limit)
    age = np.where(age < 0, rng.uniform(0, 1.5, len(kind)), age)
    for nth in range(4):
        place = CHILD + nth
        home_limit = np.where(married & (nth == 0), 45.0, 31.0)
        grid.age[:, place] = age
        grid.present[:, place] = (wanted > nth) & (age >= 0) & (age <= home_limit)
        grid.male[:, place] = rng.random(len(kind)) < np.where(married & (nth == 0), 0.78, 0.53)
        age = age - 1.05 - rng.gamma(2.0, 1.5, len(kind))
    grid.age[:, CHILD : CHILD + 4] = np.where(
        grid.present[:, CHILD : CHILD + 4],
        np.minimum(grid.age[:, CHILD : CHILD + 4], limit[:, None]),
        0,
    )
    grid.present[:, CHILD : CHILD + 4] &= grid.age[:, CHILD : CHILD + 4] >= 0


def _young_couples(rng: np.random.Generator, grid: Grid, has: NDArray[np.bool_]) -> None:
    child, son = grid.age[:, CHILD], grid.male[:, CHILD]
    gap = np.clip(rng.normal(1.8, 2.0, len(child)), -3, 7)
    grid.has_married_child = has & grid.present[:, CHILD] & (child >= 22.4)
    grid.present[:, IN_LAW] = grid.has_married_child & (rng.random(len(child)) < 0.93)
    grid.age[:, IN_LAW] = np.maximum(
        np.where(son, child - gap, child + gap), np.where(son, 20.4, 22.4) + rng.random(len(child))
    )
    grid.male[:, IN_LAW] = ~son


def _grandchildren(rng: np.random.Generator, grid: Grid, kind: NDArray[np.int8], names: list[str]) -> None:
    count = len(kind)
    child, in_law, wed = grid.age[:, CHILD], grid.age[:, IN_LAW], grid.present[:, IN_LAW]
    mother = np.where(wed & grid.male[:, CHILD], in_law, child)
    younger = np.where(wed, np.minimum(child, in_law), child)
    skipped = kind == names.index("skipped")
    first = np.minimum(
        mother - np.clip(rng.normal(23.2, 2.2, count), 19.2, 33), younger - ADULT_GAP - rng.random(count)
    )
    oldest = np.minimum(15.5, _couple(grid)[1] - 2 * ADULT_GAP)
    first = np.where(skipped, 2 + (oldest - 2) * rng.beta(1.6, 1.2, count), first)
    wanted = np.zeros(count, np.int64)
    for number, name in enumerate(names):
        if chances := figure("kinds")[name].get("grandchildren"):
            mine = (kind == number) & (grid.has_married_child | skipped)
            wanted[mine] = rng.choice(3, size=int(mine.sum()), p=np.array(chances) / sum(chances))
    second = first - 1.05 - rng.gamma(2.0, 1.4, count)
    for nth, age in enumerate((first, second)):
        grid.present[:, GRAND + nth] = (wanted > nth) & (age >= 0)
        grid.age[:, GRAND + nth] = np.maximum(age, 0)
        grid.male[:, GRAND + nth] = rng.random(count) < 0.53


def _parents(rng: np.random.Generator, grid: Grid, has: NDArray[np.bool_]) -> None:
    head, count = grid.age[:, HEAD], len(has)
    mother = head + np.clip(rng.normal(24.5, 3.5, count), ADULT_GAP, 40)
    father = np.maximum(mother + np.clip(rng.normal(2.2, 2.4, count), -3, 10), head + ADULT_GAP)
    either = rng.random(count)
    for place, age, chance in ((MOTHER, mother, either < 0.84), (FATHER, father, (either > 0.78) | (either < 0.42))):
        grid.present[:, place] = has & chance & (age <= OLDEST)
        grid.age[:, place] = age
        grid.male[:, place] = place == FATHER


def relations(grid: Grid) -> NDArray[np.int8]:
    """The relation to the head of each place, as an index of RELATIONS."""
    count = len(grid.present)
    out = np.zeros((count, PLACES), np.int8)
    out[:, SPOUSE], out[:, FATHER], out[:, MOTHER] = 1, 2, 3
    children = slice(CHILD, CHILD + 4)
    out[:, children] = np.where(grid.male[:, children], 4, 5)
    out[:, IN_LAW] = np.where(grid.male[:, IN_LAW], 7, 6)
    through_daughter = np.where(grid.has_married_child & ~grid.male[:, CHILD], 2, 0)[:, None]
    grand = slice(GRAND, GRAND + 2)
    out[:, grand] = np.where(grid.male[:, grand], 8, 9) + through_daughter
    return out


def draw_gone(
    rng: np.random.Generator, grid: Grid, kind: NDArray[np.int8], *, on_register: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """Put somebody into GONE of some households. Answers why, 0 where nobody is gone; an earner who died was head."""
    names, count = kind_names(), len(kind)
    head = grid.age[:, HEAD]
    side = np.where(on_register, "registered", "general")
    drawn = rng.random((4, count))
    chances = {key: _side(f"departures.{key}", side) for key in ("parent_died", "daughter_left", "old_spouse_died")}
    gone = np.zeros(count, np.int8)
    father = ~grid.present[:, FATHER]
    gone[(drawn[0] < chances["parent_died"]) & father & (head > 34) & (head < 70)] = PARENT_DIED
    gone[(drawn[1] < chances["daughter_left"]) & (head > 44) & (kind == names.index("nuclear"))] = DAUGHTER_LEFT
    gone[(drawn[2] < _side("shocks.earner_death", side)) & (kind == names.index("single_parent"))] = EARNER_DIED
    gone[(drawn[3] < chances["old_spouse_died"]) & (kind == names.index("elder_single"))] = SPOUSE_DIED
    old = np.clip(
        head + np.clip(rng.normal(26, 3.5, count), ADULT_GAP, 40), 60 + rng.random(count), OLDEST - rng.random(count)
    )
    daughter = np.minimum(rng.uniform(20.5, 26, count), _couple(grid)[1] - ADULT_GAP)
    partner = np.maximum(head + np.where(grid.male[:, HEAD], -1.5, 1.5), 20.5)
    grid.present[:, GONE] = gone > 0
    grid.age[:, GONE] = np.select([gone == 1, gone == 2, gone >= 3], [old, daughter, partner], 0)
    grid.male[:, GONE] = np.select([gone == 1, gone >= 3], [np.ones(count, bool), ~grid.male[:, HEAD]], False)
    return gone


def _side(path: str, side: NDArray[np.str_]) -> NDArray[np.float64]:
    found = figure(path)
    return np.where(side == "registered", found["registered"], found["general"])
