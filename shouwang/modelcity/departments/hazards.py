"""应急管理局 and 公安局: losses by disaster, accidents, births, deaths and moves."""

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import columns, kinship, months, shocks
from shouwang.modelcity.chunk import Chunk

DISASTERS = ("旱灾", "洪涝", "风雹", "低温冷冻", "山体滑坡", "房屋火灾", "地震")
EVENTS = ("出生", "死亡", "迁入", "迁出", "服刑", "强戒")


def write(chunk: Chunk) -> dict[str, NDArray[np.int64]]:
    """Write the three files. Answers losses and costs of accidents of each household in the window, in fen."""
    lost = _losses(chunk)
    hurt = chunk.shocks.of("accident")
    chunk.write_events(
        "accidents",
        [
            *chunk.person_columns(hurt.person),
            columns.dates(hurt.day),
            columns.money(hurt.amount),
            columns.numbers(hurt.extent),
        ],
        hurt.day,
    )
    _vital(chunk)
    return {"disaster_loss": lost, "accident_spending": _in_window(chunk, hurt)}


def _in_window(chunk: Chunk, struck: shocks.Shocks) -> NDArray[np.int64]:
    counts = struck.day >= months.WINDOW
    total = np.bincount(struck.home[counts], weights=struck.amount[counts], minlength=chunk.homes.count)
    return total.astype(np.int64)


def _losses(chunk: Chunk) -> NDArray[np.int64]:
    """The loss is more than the household bears: farm insurance and relief have paid a part."""
    rng = chunk.homes.rng("disasters")
    hit = chunk.shocks.of("crop_loss", "house_damage")
    hit = hit.where(chunk.head[hit.home] >= 0)
    house = hit.kind == shocks.KINDS.index("house_damage")
    kind = np.where(
        house, rng.choice([4, 5, 6], hit.count), rng.choice([0, 1, 2, 3], hit.count, p=[0.45, 0.2, 0.25, 0.1])
    )
    paid = np.round(hit.amount * rng.choice([0.0, 0.3, 0.6], hit.count, p=[0.5, 0.3, 0.2])).astype(np.int64)
    chunk.write_events(
        "disaster_losses",
        [
            *chunk.person_columns(chunk.head[hit.home]),
            columns.labels(DISASTERS, kind),
            columns.dates(hit.day),
            columns.money(hit.amount + paid),
            columns.money(paid),
        ],
        hit.day,
    )
    return _in_window(chunk, hit)


def _vital(chunk: Chunk) -> None:
    rng = chunk.homes.rng("vital")
    people = chunk.people
    born = np.flatnonzero(people.birth >= months.START)
    left = np.flatnonzero(~people.stays)
    wed = np.flatnonzero((people.place == kinship.IN_LAW) & (people.since >= months.START))
    jailed = chunk.shocks.of("earner_jailed")
    person = np.concatenate([born, left, wed, jailed.person])
    event = np.concatenate(
        [
            np.zeros(len(born), np.int64),
            np.where(people.gone[left] == kinship.DAUGHTER_LEFT, 3, 1),
            np.full(len(wed), 2),
            np.where(rng.random(jailed.count) < 0.7, 4, 5),
        ]
    )
    day = np.concatenate([people.birth[born], people.left[left], people.since[wed], jailed.day])
    chunk.write_events(
        "vital_events", [*chunk.person_columns(person), columns.labels(EVENTS, event), columns.dates(day)], day
    )
