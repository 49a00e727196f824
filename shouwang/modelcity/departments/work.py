"""人社局: who works where for how much, and who is out of work."""

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import columns, months
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.incomes import UNKNOWN
from shouwang.modelcity.parameters import figure

STATES = ("务工", "务农", "灵活就业", "公益性岗位", "失业")
PLACES = ("省外", "省内县外", "县内")
_OUT_OF_WORK = 4


def write(chunk: Chunk) -> None:
    """The employment roll: every able adult of the register, and of those general households 人社局 has asked."""
    rng = chunk.homes.rng("work")
    people = chunk.people
    able = people.body.is_able & (people.age >= 16) & people.stays
    able &= ~people.at_school
    able &= chunk.homes.on_register[people.home] | (chunk.incomes.state != UNKNOWN)[people.home]
    able &= rng.random(people.count) >= figure("unsettled.no_employment_row")
    rows = np.flatnonzero(able)
    state = np.where(chunk.incomes.workers[rows], rng.choice([0, 2, 3], len(rows), p=[0.84, 0.13, 0.03]), 1)
    lost_on = _out_of_work(chunk, rng, rows)
    place = np.where(state == 1, 2, rng.choice(3, len(rows), p=[0.14, 0.36, 0.5]))
    wage = chunk.incomes.monthly_wage[people.home[rows]]
    wage = np.where(
        state == 3, 80_000, np.round(wage * rng.uniform(0.85, 1.15, len(rows)) / 1000).astype(np.int64) * 1000
    )
    refusals = rng.random((2, len(rows)))
    for month, last_day in zip(months.ROLL_MONTHS, months.MONTH_ENDS, strict=True):
        idle = lost_on <= last_day
        here = np.where(idle, _OUT_OF_WORK, state)
        refused = [np.where(idle, (r < 0.1).astype(np.int64) + (r < 0.025), 0) for r in refusals]
        chunk.write_roll(
            "employment",
            month,
            [
                *chunk.person_columns(rows),
                columns.labels(STATES, here),
                columns.labels(PLACES, np.where(idle, -1, place)),
                columns.money(wage, keep=~idle & (state != 1)),
                columns.dates(lost_on, keep=idle),
                *(columns.numbers(r) for r in refused),
            ],
        )


def _out_of_work(chunk: Chunk, rng: np.random.Generator, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The day a person lost work and has not found any since; NEVER for those at work."""
    lost_on = np.full(chunk.people.count, months.NEVER)
    lost = chunk.shocks.of("job_loss")
    still = rng.random(lost.count) < np.where(lost.day > months.day(2020, 3, 31), 0.7, 0.3)
    lost_on[lost.person[still]] = lost.day[still]
    idle = (rng.random(len(rows)) < 0.004) & (chunk.people.body.labour[rows] <= 1)
    day = rng.integers(months.day(2018, 9, 1), months.day(2020, 3, 1), len(rows))
    return np.where(idle, np.minimum(day, lost_on[rows]), lost_on[rows])
