"""Incomes: a level per person, made up of the sources a household of that kind has."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import health, months
from shouwang.modelcity.households import Homes
from shouwang.modelcity.parameters import by_register, figure
from shouwang.modelcity.people import People
from shouwang.modelcity.shocks import Shocks

PARTS = ("wage", "business", "property", "transfer", "business_cost")
YEAR = (months.day(2018, 10, 1), months.day(2019, 9, 30))
YEAR_BEFORE = (months.day(2017, 10, 1), months.day(2018, 9, 30))
LATE_YEAR = (months.day(2019, 4, 1), months.day(2020, 3, 31))
LATE_YEAR_BEFORE = (months.day(2018, 4, 1), months.day(2019, 3, 31))
SETTLED, NO_BEFORE, OLD, DISAGREE, UNKNOWN = range(5)


@dataclass
class Incomes:
    """Shape: one row per household, one column per entry of PARTS. Units: fen, whole household."""

    year: NDArray[np.int64]
    before: NDArray[np.int64]
    late: NDArray[np.int64]
    """Of the year to March 2020, for households asked again after a loss of work."""
    is_late: NDArray[np.bool_]
    state: NDArray[np.int8]
    """SETTLED, NO_BEFORE (the earlier year missing), OLD (only the earlier year known), DISAGREE, UNKNOWN."""
    allowance: NDArray[np.int64]
    """Monthly 低保 or 特困 money of the household; 0 where there is none."""
    support: NDArray[np.int8]
    """0 none, 1 低保, 2 特困, 3 孤儿."""
    workers: NDArray[np.bool_]
    """Shape: one entry per person: earns a wage."""
    monthly_wage: NDArray[np.int64]
    """Shape: one entry per household: of one worker."""

    @property
    def net(self) -> NDArray[np.int64]:
        """The newest year, as the register would know it if nothing were missing."""
        return net(np.where(self.is_late[:, None], self.late, self.year))

    @property
    def net_before(self) -> NDArray[np.int64]:
        return net(np.where(self.is_late[:, None], self.year, self.before))


def net(parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Wage, business, property and transfer less the cost of business."""
    return parts[:, :4].sum(axis=1) - parts[:, 4]


def draw(homes: Homes, people: People, shocks: Shocks) -> Incomes:
    """Incomes of all households; `state` says what the register knows of them."""
    rng = homes.rng("incomes")
    stays = people.stays
    size = people.per_home(stays, homes.count)
    labour = people.per_home(stays & ~people.at_school & people.body.is_able, homes.count)
    has_labour = labour > 0
    support, allowance = _support(rng, homes, people, has_labour, size)
    workers, worker_count = _workers(rng, homes, people)
    target = _targets(rng, homes, has_labour) * np.maximum(size, 1)
    year, monthly = _compose(rng, homes, people, target, has_labour, worker_count, allowance)
    growth = np.array([figure("income.growth")[s] for s in ("general", "registered")])[homes.on_register.astype(int)]
    factor = 1 / np.clip(rng.normal(growth[:, 0], growth[:, 1]), 0.86, 1.6)
    collapsed = shocks.of("income_collapse").home
    factor[collapsed] = 1 / rng.uniform(0.38, 0.66, len(collapsed))
    lost = shocks.of("job_loss").home
    again = lost[rng.random(len(lost)) < figure("shocks.job_loss.collected_again")]
    is_late = np.zeros(homes.count, bool)
    is_late[again] = True
    drop = 1 - np.minimum(0.16 + rng.exponential(0.055, homes.count), 0.5)
    return Incomes(
        year=year,
        before=np.round(year * factor[:, None] / 100).astype(np.int64) * 100,
        late=np.round(year * np.where(is_late, drop, 1.0)[:, None] / 100).astype(np.int64) * 100,
        is_late=is_late,
        state=_states(rng, homes, is_late),
        allowance=allowance,
        support=support,
        workers=workers,
        monthly_wage=monthly,
    )


def _targets(rng: np.random.Generator, homes: Homes, has_labour: NDArray[np.bool_]) -> NDArray[np.float64]:
    """元 per person: a floor with a skewed part above it, and few below the line."""
    on, count = homes.on_register, homes.count
    mean, floor, spread = (by_register(f"income.{name}", on) for name in ("mean", "floor", "spread"))
    above = mean - floor
    mean_log = np.log(above) - spread**2 / 2
    out = floor + np.minimum(rng.lognormal(mean_log, spread), 60_000)
    out = np.where(has_labour, out, floor + (out - floor) * 0.6)
    low = np.where(has_labour, by_register("income.low_share", on), by_register("income.low_share_no_labour", on))
    drawn = rng.random(count)
    out = np.where(drawn < low, rng.uniform(*figure("income.low_range"), count), out)
    return np.where(drawn < by_register("income.poor_share", on), rng.uniform(*figure("income.poor_range"), count), out)


def _support(
    rng: np.random.Generator,
    homes: Homes,
    people: People,
    has_labour: NDArray[np.bool_],
    size: NDArray[np.int64],
) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    severe = people.per_home(people.stays & ((people.body.grade == 1) | (people.body.grade == 2)), homes.count) > 0
    likely = np.where(~has_labour, 3.2, np.where(severe, 2.6, 0.72))
    on = homes.on_register
    support = np.where(rng.random(homes.count) < by_register("support.allowance", on) * likely, 1, 0)
    alone = ~has_labour & (size == 1)
    support[alone & (rng.random(homes.count) < by_register("support.destitute", on))] = 2
    orphans = homes.is_kind("skipped") & (rng.random(homes.count) < by_register("support.orphans", on) * 10)
    support[orphans] = 3
    support[size == 0] = 0
    per_person = np.select(
        [support == 1, support == 2, support == 3], [rng.integers(16, 36, homes.count) * 10, 702, 1280], 0
    )
    heads = np.where(support == 1, size, 1)
    return support.astype(np.int8), per_person * heads * 100


def _workers(rng: np.random.Generator, homes: Homes, people: People) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    able = (people.body.labour <= health.SKILLED) & ~people.at_school & people.stays & (people.age < 63)
    works = able & (rng.random(people.count) < np.where(people.male, 0.72, 0.5))
    return works, people.per_home(works, homes.count)


def _compose(
    rng: np.random.Generator,
    homes: Homes,
    people: People,
    target: NDArray[np.float64],
    has_labour: NDArray[np.bool_],
    workers: NDArray[np.int64],
    allowance: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The sources that add up to the target, in whole 元, and the monthly wage of one worker."""
    count = homes.count
    pensions = people.per_home(people.stays & (people.age >= 60), count) * figure("income.pension_per_year")
    transfer = pensions + allowance * 12 / 100 + rng.integers(150, 1600, count)
    transfer = np.where(has_labour, np.minimum(transfer, 0.6 * target), np.maximum(transfer, target * 0.72))
    transfer = np.minimum(transfer, 0.96 * target)
    rent = np.where(rng.random(count) < 0.45, rng.integers(100, 1500, count), 0)
    rent = np.minimum(rent, 0.5 * (target - transfer))
    earned = target - transfer - rent
    share = np.where(workers > 0, rng.beta(*figure("income.wage_share"), count), 0.0)
    wage = np.where(has_labour, earned * share, 0.0)
    cost_share = rng.uniform(*figure("income.cost_share"), count)
    gross = (earned - wage) / (1 - cost_share)
    months_worked = np.clip(np.round(wage / np.maximum(workers, 1) / 2500), 2, 11)
    monthly = np.round(wage / np.maximum(workers, 1) / months_worked / 10) * 10
    parts = np.stack([wage, gross, rent, transfer, gross * cost_share], axis=1)
    return np.round(parts).astype(np.int64) * 100, np.clip(monthly, 800, 12_000).astype(np.int64) * 100


def _states(rng: np.random.Generator, homes: Homes, is_late: NDArray[np.bool_]) -> NDArray[np.int8]:
    """What the register knows. Households asked again are settled."""
    drawn, reached = rng.random(homes.count), 0.0
    out = np.zeros(homes.count, np.int8)
    for state, name in ((NO_BEFORE, "no_earlier_income"), (OLD, "old_income"), (DISAGREE, "incomes_disagree")):
        share = figure(f"unsettled.{name}")
        out[(drawn >= reached) & (drawn < reached + share)] = state
        reached += share
    out[is_late] = SETTLED
    out[rng.random(homes.count) >= by_register("income.known", homes.on_register)] = UNKNOWN
    out[homes.is_empty | (homes.founded > 0)] = UNKNOWN
    return out
