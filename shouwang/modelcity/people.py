"""The people of a chunk in one row each: names, ids, births, and how they belong to their household."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, health, ids, kinship, months, names, schooling
from shouwang.modelcity.households import Homes
from shouwang.modelcity.kinship import CHILD, FATHER, GONE, GRAND, HEAD, IN_LAW, MOTHER, PLACES, SPOUSE
from shouwang.modelcity.parameters import figure


@dataclass
class People:
    """Shape: one entry per person, those who died or left in the thirteen months included, by household and place."""

    home: NDArray[np.int64]
    """Row of the household in its chunk."""
    place: NDArray[np.int64]
    number: NDArray[np.int64]
    relation: NDArray[np.int8]
    relation_in_may: NDArray[np.int8]
    male: NDArray[np.bool_]
    birth: NDArray[np.int64]
    age: NDArray[np.int64]
    """Completed years on the last day of the model."""
    ethnic: NDArray[np.int8]
    since: NDArray[np.int64]
    left: NDArray[np.int64]
    """The day of death or leaving, NEVER for all others."""
    until: NDArray[np.int64]
    """The same as the register has it: NEVER also where nobody told the register."""
    gone: NDArray[np.int8]
    """0 no, 1 and 3 died, 2 left."""
    name: pa.StringArray
    id_bytes: NDArray[np.uint8]
    id_text: pa.StringArray
    school: schooling.Schooling
    body: health.Body

    @property
    def count(self) -> int:
        return len(self.home)

    @property
    def stays(self) -> NDArray[np.bool_]:
        return self.left > months.TODAY

    def per_home(self, values: NDArray[np.generic], homes: int) -> NDArray[np.int64]:
        """Sum over the people of each household."""
        return np.bincount(self.home, weights=values.astype(np.float64), minlength=homes).astype(np.int64)

    def first_of_home(self, mask: NDArray[np.bool_], homes: int) -> NDArray[np.int64]:
        """The first person of each household in the mask, -1 where there is none."""
        out = np.full(homes, -1, np.int64)
        rows = np.flatnonzero(mask)[::-1]
        out[self.home[rows]] = rows
        return out


def draw(homes: Homes, book: ids.IdBook) -> People:
    """All people of the chunk. The id book makes ids differ from those of other chunks."""
    rng = homes.rng("people")
    grid = kinship.draw_grid(rng, homes.kind)
    gone = kinship.draw_gone(rng, grid, homes.kind, on_register=homes.on_register)
    grid.present[homes.is_empty] = False
    grid.present[homes.is_headless, HEAD] = False
    home, place = np.nonzero(grid.present)
    male = grid.male[home, place]
    birth = months.TODAY - np.round(grid.age[home, place] * 365.25).astype(np.int64)
    ethnic = _ethnic(rng, homes)[home, place]
    surname = _surnames(rng, homes, grid)[home, place]
    id_bytes = book.issue(_id_areas(rng, homes, home, place), births=birth, male=male)
    left, until = _departures(rng, home, place, gone)
    now, in_may = _relations(rng, homes, grid, gone, until_of_gone=_of_gone(until, home, place, homes.count))
    age = months.ages(birth, months.TODAY)
    body = health.draw(rng, age, on_register=homes.on_register[home])
    school = schooling.draw(rng, birth, age, on_register=homes.on_register[home], homebound=body.is_homebound)
    body.set_labour(rng, age, at_school=school.is_pupil | school.is_student, on_register=homes.on_register[home])
    earner = (place == GONE) & (gone[home] == 3)
    body.make_able(earner | ((place == HEAD) & (gone[home] == 3) & (age < 60)))
    return People(
        home=home,
        place=place,
        number=homes.number[home] * 16 + place,
        relation=now[home, place],
        relation_in_may=in_may[home, place],
        male=male,
        birth=birth,
        age=age,
        ethnic=ethnic,
        since=_since(rng, homes, home, place, birth),
        left=left,
        until=until,
        gone=np.where(place == GONE, gone[home], 0).astype(np.int8),
        name=names.full_names(rng, surname, male=male, born=months.years_of(birth)),
        id_bytes=id_bytes,
        id_text=columns.text(id_bytes),
        school=school,
        body=body,
    )


def _ethnic(rng: np.random.Generator, homes: Homes) -> NDArray[np.int8]:
    """Children follow the head; some spouses come from another group, mostly 汉."""
    out = np.repeat(homes.ethnic[:, None], PLACES, axis=1)
    for place in (SPOUSE, IN_LAW):
        mixed = rng.random(homes.count) < figure("ethnic.mixed_marriage")
        out[mixed, place] = np.where(homes.ethnic[mixed] == 0, rng.integers(1, 4, mixed.sum()), 0)
    return out


def _surnames(rng: np.random.Generator, homes: Homes, grid: kinship.Grid) -> NDArray[np.int16]:
    """The father's surname goes down the male line; those who marry in keep their own."""
    lines = np.stack([names.draw_surnames(rng, homes.ethnic) for _ in range(5)], axis=1)
    out = np.repeat(lines[:, :1], PLACES, axis=1)
    out[:, SPOUSE], out[:, MOTHER], out[:, IN_LAW] = lines[:, 1], lines[:, 2], lines[:, 3]
    fathers = np.where(grid.male[:, HEAD], lines[:, 0], lines[:, 1])
    out[:, CHILD : CHILD + 4] = fathers[:, None]
    out[:, GRAND : GRAND + 2] = np.where(
        ~grid.has_married_child | grid.male[:, CHILD],
        fathers,
        np.where(grid.present[:, IN_LAW], lines[:, 3], lines[:, 4]),
    )[:, None]
    died = homes.is_kind("single_parent")
    out[:, GONE] = np.where(died, lines[:, 1], np.where(homes.is_kind("nuclear"), fathers, lines[:, 0]))
    return out


def _id_areas(
    rng: np.random.Generator, homes: Homes, home: NDArray[np.int64], place: NDArray[np.int64]
) -> NDArray[np.int64]:
    own = np.array([ids.AREAS.index(code) for code in homes.plan.county_codes])[homes.county[home]]
    came = np.where(np.isin(place, (SPOUSE, MOTHER, IN_LAW)), 0.24, 0.02)
    return np.where(rng.random(len(home)) < came, rng.integers(0, len(ids.AREAS), len(home)), own)


def _departures(
    rng: np.random.Generator, home: NDArray[np.int64], place: NDArray[np.int64], gone: NDArray[np.int8]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    is_gone = place == GONE
    day = rng.integers(months.START, months.TODAY + 1, len(home))
    left = np.where(is_gone, day, months.NEVER)
    late = np.where(day > months.TODAY - 30, 0.3, figure("departures.not_in_register"))
    silent = is_gone & (rng.random(len(home)) < late) & (gone[home] != 3)
    return left, np.where(silent, months.NEVER, left)


def _of_gone(
    until: NDArray[np.int64], home: NDArray[np.int64], place: NDArray[np.int64], homes: int
) -> NDArray[np.int64]:
    out = np.full(homes, -1, np.int64)
    out[home[place == GONE]] = until[place == GONE]
    return out


def _relations(
    rng: np.random.Generator,
    homes: Homes,
    grid: kinship.Grid,
    gone: NDArray[np.int8],
    *,
    until_of_gone: NDArray[np.int64],
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Relations as the June and as the May register have them: heads that died or changed in June differ."""
    now = kinship.relations(grid)
    now[:, GONE] = np.select([gone == 1, gone == 2, gone == 3], [2, 5, 0], 1)
    in_may = now.copy()
    died_in_june = (gone == 3) & (until_of_gone > months.MONTH_ENDS[0])
    in_may[died_in_june, HEAD] = 1
    changed = rng.random(homes.count) < figure("population.head_change")
    changed &= grid.present[:, HEAD] & grid.present[:, SPOUSE] & ~grid.present[:, FATHER] & ~grid.present[:, MOTHER]
    changed &= gone != 1
    now[changed, HEAD], now[changed, SPOUSE] = 1, 0
    return now, in_may


def _since(
    rng: np.random.Generator, homes: Homes, home: NDArray[np.int64], place: NDArray[np.int64], birth: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The day a person joined: birth, the listing of the household, or marriage in the thirteen months."""
    listed = np.where(
        homes.on_register,
        months.day(2013, 12, 31) + 366 * rng.choice(4, homes.count, p=[0.6, 0.1, 0.1, 0.2]),
        months.day(2018, 12, 31),
    )
    since = np.maximum(listed[home], birth)
    with_children = np.isin(np.arange(homes.count), home[place == GRAND])
    wed = (place == IN_LAW) & ~with_children[home] & (rng.random(len(home)) < 5 * figure("departures.moved_in"))
    return np.where(wed, rng.integers(months.START, months.TODAY + 1, len(home)), since)
