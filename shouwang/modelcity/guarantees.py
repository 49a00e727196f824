"""The guarantees of each household: school, insurance, housing, water, food; what a visit says of a gap."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import months
from shouwang.modelcity.households import Homes
from shouwang.modelcity.parameters import by_register, figure
from shouwang.modelcity.people import People
from shouwang.modelcity.places import Plan
from shouwang.modelcity.shocks import Shocks

GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Water:
    """Shape: one entry per rural village of the plan."""

    is_short: NDArray[np.bool_]
    """Fails still."""
    is_drought: NDArray[np.bool_]
    """Failed in March 2020, restored in May."""
    metres: NDArray[np.int64]
    first_day: NDArray[np.int64]


def draw_water(plan: Plan) -> Water:
    """The water of all villages: it is drawn for the whole city, since a village may lie in two chunks."""
    rng = np.random.default_rng([plan.seed, 0, 2])
    count = plan.villages.num_rows
    drawn = rng.random(count)
    short = drawn < figure("guarantees.villages_short_of_water")
    drought = ~short & (drawn > 1 - figure("guarantees.villages_drought"))
    metres = np.minimum(np.round(rng.gamma(2.0, 110, count) / 10).astype(np.int64) * 10, 990)
    return Water(short, drought, metres, months.day(2019, 6, 3) + rng.integers(0, 24, count))


@dataclass
class Guarantees:
    """Shape: one entry per household, as it is on the last day of the model."""

    housing: NDArray[np.int8]
    """Index of GRADES."""
    housing_before: NDArray[np.int8]
    """The grade of the first list."""
    housing_known: NDArray[np.bool_]
    water_safe: NDArray[np.bool_]
    fed_and_clothed: NDArray[np.bool_]
    out_of_school: NDArray[np.int64]
    uninsured: NDArray[np.int64]
    broken_since: NDArray[np.int64]
    """The first day of the oldest gap; NEVER where there is none (a lack of food or clothing has no day)."""
    unsolved: NDArray[np.int8]
    """A visit found that the household cannot solve it: 1 yes, 0 no, -1 nobody asked."""
    without_insurance: NDArray[np.bool_]
    """Shape: one entry per person."""


def draw(homes: Homes, people: People, shocks: Shocks, water: Water) -> Guarantees:
    """The guarantees of the chunk, from its shocks and its villages."""
    rng = homes.rng("guarantees")
    on = homes.on_register
    grade = (rng.random(homes.count) < figure("guarantees.housing_grades")[1]).astype(np.int8)
    unsafe = shocks.of("unsafe_housing")
    now = grade.copy()
    now[unsafe.home] = unsafe.extent - 1
    chance = by_register("medicine.uninsured", on[people.home])
    without = (rng.random(people.count) < chance) & people.stays
    dropped = shocks.of("dropout")
    dropped = dropped.where(dropped.ends == months.NEVER)
    out = np.bincount(dropped.home, minlength=homes.count)
    short = water.is_short[homes.village]
    since = np.full(homes.count, months.NEVER)
    np.minimum.at(since, dropped.home, dropped.day)
    np.minimum.at(since, unsafe.home, unsafe.day)
    uninsured = people.per_home(without, homes.count)
    since = np.where(uninsured > 0, np.minimum(since, months.day(2020, 5, 31)), since)
    since = np.where(short, np.minimum(since, water.first_day[homes.village]), since)
    asked = (since < months.NEVER) & (rng.random(homes.count) < np.where(on, 0.8, 0.1))
    cannot = rng.random(homes.count) < figure("guarantees.cannot_solve")
    return Guarantees(
        housing=now,
        housing_before=grade,
        housing_known=_housing_known(rng, homes),
        water_safe=~short,
        fed_and_clothed=rng.random(homes.count) >= by_register("guarantees.hungry", on),
        out_of_school=out,
        uninsured=uninsured,
        broken_since=since,
        unsolved=np.where(asked, cannot, -1).astype(np.int8),
        without_insurance=without,
    )


def _housing_known(rng: np.random.Generator, homes: Homes) -> NDArray[np.bool_]:
    known = rng.random(homes.count) < by_register("guarantees.housing_known", homes.on_register)
    known &= ~homes.on_register | (rng.random(homes.count) >= figure("unsettled.no_housing_grade"))
    return known & ~homes.is_empty & ~homes.is_headless & (homes.founded == 0)
