"""One chunk of households: where they live, what they are, who belongs to them."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import kinship
from shouwang.modelcity.parameters import by_register, figure
from shouwang.modelcity.places import Plan

CHUNK = 40_000
"""Households drawn at a time: the memory a city needs, whatever its size."""
EXITED, REGISTERED, GENERAL = 0, 1, 2
REGISTERS = ("exited", "registered", "general")
HUKOU = ("农业", "农转城", "非农常住")


@dataclass
class Homes:
    """Shape: one entry per household of the chunk."""

    plan: Plan
    chunk: int
    number: NDArray[np.int64]
    """Number of the household in the city."""
    village: NDArray[np.int32]
    county: NDArray[np.int16]
    register: NDArray[np.int8]
    exit_year: NDArray[np.int16]
    """0 where it never exited."""
    hukou: NDArray[np.int8]
    phone: NDArray[np.int64]
    kind: NDArray[np.int8]
    ethnic: NDArray[np.int8]
    is_empty: NDArray[np.bool_]
    """No member at all: a registration oddity."""
    is_headless: NDArray[np.bool_]
    founded: NDArray[np.int64]
    """The day in June a new household split off; 0 for all others."""

    @property
    def count(self) -> int:
        return len(self.number)

    @property
    def on_register(self) -> NDArray[np.bool_]:
        return self.register != GENERAL

    def rng(self, purpose: str) -> np.random.Generator:
        """Its own stream of numbers for each purpose, so that a change of one draws nothing else anew."""
        return np.random.default_rng([self.plan.seed, self.chunk + 1, zlib.crc32(purpose.encode())])

    def chance(self, path: str, rng: np.random.Generator) -> NDArray[np.bool_]:
        """True for the share of households the figure gives."""
        return rng.random(self.count) < by_register(path, self.on_register)

    def kind_number(self, name: str) -> int:
        return kinship.kind_names().index(name)

    def is_kind(self, name: str) -> NDArray[np.bool_]:
        return self.kind == self.kind_number(name)


def draw(plan: Plan, chunk: int) -> Homes:
    """The households of one chunk, without their people."""
    number = np.arange(chunk * CHUNK, min((chunk + 1) * CHUNK, plan.households))
    rng = np.random.default_rng([plan.seed, chunk + 1, 0])
    village, on_register = plan.village[number], plan.on_register[number]
    county = plan.villages["county"].to_numpy()[village]
    odd = rng.random(len(number))
    no_members = figure("population.no_members")
    is_new = rng.random(len(number)) < figure("population.not_yet_exited")
    register = np.where(on_register, np.where(is_new, REGISTERED, EXITED), GENERAL).astype(np.int8)
    return Homes(
        plan=plan,
        chunk=chunk,
        number=number,
        village=village,
        county=county,
        register=register,
        exit_year=np.where(register == EXITED, _exit_years(rng, plan, county), 0).astype(np.int16),
        hukou=rng.choice(3, len(number), p=[0.955, 0.03, 0.015]).astype(np.int8),
        phone=12_500_000_000 + rng.integers(0, 100_000_000, len(number)),
        kind=kinship.draw_kinds(rng, on_register),
        ethnic=_ethnic(rng, plan, village),
        is_empty=odd < no_members,
        founded=np.zeros(len(number), np.int64),
        is_headless=(odd >= no_members) & (odd < no_members + figure("population.no_head")),
    )


def _exit_years(rng: np.random.Generator, plan: Plan, county: NDArray[np.int16]) -> NDArray[np.int64]:
    exits, counties = figure("exits"), figure("counties")
    last = [
        exits["last_2019"].get(name, 0) / max(1, counties.get(name, {}).get("registered", 1)) for name in plan.counties
    ]
    year = np.array(exits["years"])[rng.choice(len(exits["years"]), len(county), p=exits["shares"])]
    return np.where(rng.random(len(county)) < np.array(last)[county], 2019, year)


def _ethnic(rng: np.random.Generator, plan: Plan, village: NDArray[np.int32]) -> NDArray[np.int8]:
    """By the shares of the village: people of one group live together."""
    drawn = rng.random(len(village))
    return (drawn[:, None] > plan.ethnic[village][:, :-1]).sum(axis=1).astype(np.int8)
