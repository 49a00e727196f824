"""What befalls households in the thirteen months: cause, day, amount. Departments write of it; truth keeps it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import kinship, months
from shouwang.modelcity.households import Homes
from shouwang.modelcity.parameters import by_register, figure
from shouwang.modelcity.people import People

CAUSES = {
    "illness": "因病",
    "accident": "因意外事故",
    "disability": "因残",
    "crop_loss": "因自然灾害",
    "house_damage": "因自然灾害",
    "tuition": "因学",
    "job_loss": "因务工就业不稳",
    "earner_died": "因缺劳动力",
    "earner_jailed": "因缺劳动力",
    "dropout": "失学辍学",
    "unsafe_housing": "住房不安全",
    "income_collapse": "因产业失败",
}
KINDS = tuple(CAUSES)


@dataclass
class Shocks:
    """Shape: one entry per shock. Units: amount in fen, what the household itself pays or loses."""

    kind: NDArray[np.int8]
    home: NDArray[np.int64]
    person: NDArray[np.int64]
    """Row of the person in the chunk, -1 where the whole household is struck."""
    day: NDArray[np.int64]
    ends: NDArray[np.int64]
    """The day it was put right; NEVER where it still stands."""
    amount: NDArray[np.int64]
    extent: NDArray[np.int64]
    """Disability grade, days off work, or 3 and 4 for housing C and D; else 0."""

    def of(self, *names: str) -> "Shocks":
        """Only the shocks of these kinds."""
        return self.where(np.isin(self.kind, [KINDS.index(name) for name in names]))

    def where(self, mask: NDArray[np.bool_]) -> "Shocks":
        return Shocks(**{name: getattr(self, name)[mask] for name in self.__dataclass_fields__})

    @property
    def count(self) -> int:
        return len(self.kind)


def lognormal(rng: np.random.Generator, shape: list[float], count: int) -> NDArray[np.int64]:
    """Units: a median and a sigma, the median in 元; the draws in fen."""
    return np.round(rng.lognormal(np.log(shape[0]), shape[1], count) * 100).astype(np.int64)


def by_side(path: str, homes: Homes, of: NDArray[np.int64]) -> NDArray[np.float64]:
    """A figure with `on` and `off` for some households of the chunk."""
    return by_register(path, homes.on_register[of])


def draw(homes: Homes, people: People) -> Shocks:
    """All shocks of the chunk, by kind."""
    rng = homes.rng("shocks")
    parts = [
        _illness(rng, homes, people),
        _accident(rng, homes, people),
        _disability(rng, homes, people),
        _losses(rng, homes, "crop_loss"),
        _losses(rng, homes, "house_damage"),
        _tuition(rng, homes, people),
        _job_loss(rng, homes, people),
        _earners(homes, people),
        _jailed(rng, homes, people),
        _dropout(rng, homes, people),
        _housing(rng, homes),
        _collapse(rng, homes),
    ]
    return Shocks(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in Shocks.__dataclass_fields__})


def _make(
    name: str,
    home: NDArray[np.int64],
    day: NDArray[np.int64],
    *,
    person: NDArray[np.int64] | None = None,
    amount: NDArray[np.int64] | None = None,
    extent: NDArray[np.int64] | None = None,
    ends: NDArray[np.int64] | None = None,
) -> Shocks:
    count = len(home)
    nothing = np.zeros(count, np.int64)
    return Shocks(
        kind=np.full(count, KINDS.index(name), np.int8),
        home=np.asarray(home, np.int64),
        person=np.full(count, -1) if person is None else np.asarray(person, np.int64),
        day=np.asarray(day, np.int64),
        ends=np.full(count, months.NEVER) if ends is None else np.asarray(ends, np.int64),
        amount=nothing if amount is None else amount,
        extent=nothing if extent is None else np.asarray(extent, np.int64),
    )


def _days(
    rng: np.random.Generator, count: int, first: int = months.START, last: int = months.TODAY
) -> NDArray[np.int64]:
    return rng.integers(first, last + 1, count)


def pick_person(rng: np.random.Generator, homes: Homes, people: People, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """One person of the mask for each household, by chance; -1 where there is none."""
    rows = np.flatnonzero(mask)
    rows = rows[np.argsort(people.home[rows] + rng.random(len(rows)), kind="stable")]
    out = np.full(homes.count, -1, np.int64)
    out[people.home[rows][::-1]] = rows[::-1]
    return out


def _struck(
    rng: np.random.Generator, homes: Homes, people: People, path: str, mask: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The households the figure strikes, each with one person of the mask."""
    person = pick_person(rng, homes, people, mask)
    home = np.flatnonzero(homes.chance(path, rng) & (person >= 0))
    return home, person[home]


def _illness(rng: np.random.Generator, homes: Homes, people: People) -> Shocks:
    older = (people.age >= 16) & ((people.age >= 40) | (rng.random(people.count) < 0.4)) & people.stays
    home, person = _struck(rng, homes, people, "shocks.illness", older)
    on = homes.on_register[home]
    shape = figure("shocks.illness")
    amount = np.where(
        on, lognormal(rng, shape["cost_registered"], len(home)), lognormal(rng, shape["cost_general"], len(home))
    )
    return _make("illness", home, _days(rng, len(home), last=months.TODAY - 12), person=person, amount=amount)


def _accident(rng: np.random.Generator, homes: Homes, people: People) -> Shocks:
    home, person = _struck(rng, homes, people, "shocks.accident", (people.age >= 16) & (people.age < 70) & people.stays)
    band = rng.choice(4, len(home), p=figure("shocks.accident.days_off"))
    off = np.array([0, 3, 30, 90])[band] + (rng.random(len(home)) * np.array([3, 26, 60, 90])[band]).astype(np.int64)
    amount = lognormal(rng, figure("shocks.accident.cost"), len(home))
    return _make("accident", home, _days(rng, len(home)), person=person, amount=amount, extent=off)


def _disability(rng: np.random.Generator, homes: Homes, people: People) -> Shocks:
    home, person = _struck(rng, homes, people, "shocks.disability", (people.body.grade > 0) & people.stays)
    return _make("disability", home, _days(rng, len(home)), person=person, extent=people.body.grade[person])


def _losses(rng: np.random.Generator, homes: Homes, name: str) -> Shocks:
    home = np.flatnonzero(
        homes.chance(f"shocks.{name}", rng) & ~homes.is_headless & ~homes.is_empty & (homes.founded == 0)
    )
    amount = lognormal(rng, figure(f"shocks.{name}.cost"), len(home))
    return _make(name, home, _days(rng, len(home)), amount=amount)


def _tuition(rng: np.random.Generator, homes: Homes, people: People) -> Shocks:
    student = people.school.is_student & people.stays
    home, person = _struck(rng, homes, people, "shocks.tuition", student)
    amount = lognormal(rng, figure("shocks.tuition.cost"), len(home))
    return _make("tuition", home, np.full(len(home), months.day(2019, 9, 6)), person=person, amount=amount)


def _job_loss(rng: np.random.Generator, homes: Homes, people: People) -> Shocks:
    worker = (people.body.labour <= 1) & (people.age < 60) & people.stays
    worker &= ~people.at_school
    home, person = _struck(rng, homes, people, "shocks.job_loss", worker)
    day = _days(rng, len(home), months.day(2019, 9, 1), months.day(2020, 5, 20))
    return _make("job_loss", home, day, person=person)


def _earners(homes: Homes, people: People) -> Shocks:
    rows = np.flatnonzero(people.gone == kinship.EARNER_DIED)
    return _make("earner_died", people.home[rows], people.left[rows], person=rows)


def _jailed(rng: np.random.Generator, homes: Homes, people: People) -> Shocks:
    head = (people.place == kinship.HEAD) & (people.body.labour <= 1) & (people.age < 58) & people.male
    home, person = _struck(rng, homes, people, "shocks.earner_jailed", head)
    return _make("earner_jailed", home, _days(rng, len(home)), person=person)


def _dropout(rng: np.random.Generator, homes: Homes, people: People) -> Shocks:
    teen = people.school.is_pupil & (people.school.grade >= 7) & (people.age < 16) & ~people.school.is_homebound
    home, person = _struck(rng, homes, people, "shocks.dropout", teen & people.stays)
    back = rng.random(len(home)) < figure("shocks.dropout.returned")
    day = _days(rng, len(home), months.day(2019, 9, 2), months.day(2020, 6, 20))
    again = day + rng.integers(6, 29, len(home))
    back &= again < months.TODAY
    people.school.drop_out(person[~back])
    return _make("dropout", home, day, person=person, ends=np.where(back, again, months.NEVER))


def _housing(rng: np.random.Generator, homes: Homes) -> Shocks:
    home = np.flatnonzero(
        homes.chance("shocks.unsafe_housing", rng) & ~homes.is_headless & ~homes.is_empty & (homes.founded == 0)
    )
    grade = np.where(rng.random(len(home)) < 0.75, 3, 4)
    return _make("unsafe_housing", home, _days(rng, len(home)), extent=grade)


def _collapse(rng: np.random.Generator, homes: Homes) -> Shocks:
    home = np.flatnonzero(homes.chance("shocks.income_collapse", rng) & ~homes.is_empty & (homes.founded == 0))
    return _make("income_collapse", home, _days(rng, len(home), last=months.day(2019, 9, 30)))
