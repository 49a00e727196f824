"""Visits: what officers saw in households, as the office hands it to the screening."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, guarantees, layout, months
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.parameters import figure

SOURCES = ("驻村工作队走访", "村干部走访", "乡镇排查")


def write(chunk: Chunk) -> dict[str, NDArray[np.int64]]:
    """Write the visits. Answers the foreseen spending of each household in fen, and whether it was visited."""
    rng = chunk.homes.rng("visits")
    visited, day = _visits(chunk, rng)
    state = chunk.guarantees
    expected, foreseen_on = _expected(chunk, rng)
    asked = np.flatnonzero(state.unsolved >= 0)
    graded = np.flatnonzero(visited & state.housing_known & (rng.random(chunk.homes.count) < 0.03))
    foreseen = np.flatnonzero(expected > 0)
    home = np.flatnonzero(visited)
    again = home[rng.random(len(home)) < 0.15]
    parts = [
        (home, day[home], "fed_and_clothed", columns.labels(("no", "yes"), state.fed_and_clothed[home])),
        (
            again,
            _later(rng, day[again]),
            "fed_and_clothed",
            columns.labels(("no", "yes"), state.fed_and_clothed[again]),
        ),
        (
            graded,
            rng.integers(months.day(2020, 6, 1), months.TODAY - 3, len(graded)),
            "housing_grade",
            columns.labels(guarantees.GRADES, state.housing[graded]),
        ),
        (
            asked,
            np.minimum(state.broken_since[asked] + rng.integers(5, 30, len(asked)), months.TODAY),
            "guarantee_unsolved",
            columns.labels(("no", "yes"), state.unsolved[asked]),
        ),
        (foreseen, foreseen_on[foreseen], "expected_spending", columns.money_text(expected[foreseen])),
    ]
    _write(chunk, rng, parts)
    return {"expected_spending": expected, "visited": visited.astype(np.int64)}


def _visits(chunk: Chunk, rng: np.random.Generator) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    on = chunk.homes.on_register
    known = rng.random(chunk.homes.count) < figure("guarantees.visited")["general"]
    visited = np.where(on, rng.random(chunk.homes.count) >= figure("unsettled.no_visit"), known)
    visited &= ~chunk.homes.is_empty & (chunk.homes.founded == 0)
    day = rng.integers(months.WINDOW, months.day(2020, 5, 25), chunk.homes.count)
    in_june = rng.random(chunk.homes.count) < figure("guarantees.first_visit_in_june")
    return visited, np.where(in_june, months.TODAY - rng.integers(3, 25, chunk.homes.count), day)


def _later(rng: np.random.Generator, day: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.minimum(day + rng.integers(30, 150, len(day)), months.TODAY)


def _expected(chunk: Chunk, rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What a visit foresees of an illness of 2020: a part of what it has cost."""
    ill = chunk.shocks.of("illness")
    ill = ill.where((ill.day >= months.day(2020, 1, 10)) & (rng.random(ill.count) < figure("shocks.expected")))
    expected = np.zeros(chunk.homes.count, np.int64)
    expected[ill.home] = np.round(ill.amount * rng.uniform(0.2, 0.6, ill.count) / 10_000).astype(np.int64) * 10_000
    day = np.zeros(chunk.homes.count, np.int64)
    day[ill.home] = np.minimum(ill.day + rng.integers(10, 40, ill.count), months.TODAY)
    return expected, day


def _write(
    chunk: Chunk, rng: np.random.Generator, parts: list[tuple[NDArray[np.int64], NDArray[np.int64], str, pa.Array]]
) -> None:
    home = np.concatenate([part[0] for part in parts])
    day = np.concatenate([part[1] for part in parts])
    recorded = np.minimum(day + rng.integers(0, 5, len(day)), months.TODAY)
    table = pa.table(
        dict(
            zip(
                layout.DATASETS["visits"].headers,
                [
                    chunk.household_ids.take(pa.array(home)),
                    pa.concat_arrays([columns.constant(part[2], len(part[0])) for part in parts]),
                    pa.concat_arrays([part[3] for part in parts]),
                    columns.dates(day),
                    columns.dates(recorded),
                    columns.labels(SOURCES, rng.choice(3, len(home), p=[0.6, 0.3, 0.1])),
                ],
                strict=True,
            )
        )
    )
    month = months.months_of(recorded)
    order = np.lexsort((recorded, month))
    chunk.files.add_by_month("visits", table.take(pa.array(order)), month[order])
