"""The people of a chunk in one row each: names, ids, births, and how they belong to their household."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, health, ids, kinship, lineage, months, names, schooling, splits
from shouwang.modelcity.households import Homes
from shouwang.modelcity.kinship import EARNER_DIED, GONE, GRAND, HEAD, IN_LAW
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
    """0 for those who stay, else why they are gone (see kinship)."""
    former: splits.Former
    """The earlier memberships of people whose household divided in June."""
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

    @property
    def at_school(self) -> NDArray[np.bool_]:
        return self.school.is_pupil | self.school.is_student

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
    grid, gone, divided = _draw_kinship(rng, homes)
    home, place = np.nonzero(grid.present)
    male = grid.male[home, place]
    birth = months.TODAY - np.round(grid.age[home, place] * 365.25).astype(np.int64)
    age = months.ages(birth, months.TODAY)
    left, until = _departures(rng, home, place, gone)
    until_of_gone = np.full(homes.count, -1, np.int64)
    until_of_gone[home[place == GONE]] = until[place == GONE]
    now, in_may = lineage.relations(rng, homes, grid, gone, divided=divided, until_of_gone=until_of_gone)
    surname = lineage.surnames(rng, homes, grid, divided)[home, place]
    id_bytes = book.issue(lineage.id_areas(rng, homes, home, place), births=birth, male=male)
    since = _since(rng, homes, home, place, birth)
    body, school = _draw_bodies(rng, homes, home, place, birth=birth, age=age, gone=gone)
    return People(
        home=home,
        place=place,
        number=homes.number[home] * 16 + place,
        relation=now[home, place],
        relation_in_may=in_may[home, place],
        male=male,
        birth=birth,
        age=age,
        ethnic=lineage.ethnic(rng, homes)[home, place],
        former=splits.former(divided, homes.count, home=home, place=place, male=male, since=since),
        since=since,
        left=left,
        until=until,
        gone=np.where(place == GONE, gone[home], 0).astype(np.int8),
        name=names.full_names(rng, surname, male=male, born=months.years_of(birth)),
        id_bytes=id_bytes,
        id_text=columns.text(id_bytes),
        school=school,
        body=body,
    )


def _draw_kinship(rng: np.random.Generator, homes: Homes) -> tuple[kinship.Grid, NDArray[np.int8], splits.Splits]:
    grid = kinship.draw_grid(rng, homes.kind)
    gone = kinship.draw_gone(rng, grid, homes.kind, on_register=homes.on_register)
    divided = splits.draw(rng, homes, grid, gone)
    homes.founded[divided.new] = divided.day
    grid.present[homes.is_empty] = False
    grid.present[homes.is_headless, HEAD] = False
    return grid, gone, divided


def _draw_bodies(
    rng: np.random.Generator,
    homes: Homes,
    home: NDArray[np.int64],
    place: NDArray[np.int64],
    *,
    birth: NDArray[np.int64],
    age: NDArray[np.int64],
    gone: NDArray[np.int8],
) -> tuple[health.Body, schooling.Schooling]:
    """Health and schooling, then labour, which depends on both. Earners who die were able; the old who die were not."""
    on_register = homes.on_register[home]
    body = health.draw(rng, age, on_register=on_register)
    school = schooling.draw(rng, birth, age, on_register=on_register, homebound=body.is_homebound)
    body.set_labour(rng, age, at_school=school.is_pupil | school.is_student, on_register=on_register)
    of_gone = np.where(place == GONE, gone[home], 0)
    body.make_unable((of_gone == kinship.PARENT_DIED) | (of_gone == kinship.SPOUSE_DIED))
    body.make_able((of_gone == EARNER_DIED) | ((place == HEAD) & (gone[home] == EARNER_DIED) & (age < 60)))
    return body, school


def _departures(
    rng: np.random.Generator, home: NDArray[np.int64], place: NDArray[np.int64], gone: NDArray[np.int8]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The day people are gone, and the day the register has: some it has not heard of, the last ones mostly."""
    is_gone = place == GONE
    day = rng.integers(months.START, months.TODAY + 1, len(home))
    left = np.where(is_gone, day, months.NEVER)
    late = np.where(day > months.TODAY - 30, 0.3, figure("departures.not_in_register"))
    silent = is_gone & (rng.random(len(home)) < late) & (gone[home] != EARNER_DIED)
    return left, np.where(silent, months.NEVER, left)


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
    wed = (place == IN_LAW) & ~with_children[home] & (rng.random(len(home)) < figure("departures.moved_in"))
    return np.where(wed, rng.integers(months.START, months.TODAY + 1, len(home)), since)
