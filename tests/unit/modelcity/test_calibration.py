"""The shares of warned households are near the published ones: computed here from the truth, without any screening."""

from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from shouwang.modelcity import chunk, city, guarantees, households, ids, places, truth
from shouwang.modelcity.writing import DepartmentFiles

HOUSEHOLDS = 120_000
LINE = 6_000


@dataclass
class NoFiles:
    """Takes department files and keeps only how many rows they had."""

    rows: dict[str, int] = field(default_factory=dict)

    def add(self, dataset: str, month: int, table: pa.Table) -> None:
        self.rows[dataset] = self.rows.get(dataset, 0) + table.num_rows

    def add_by_month(self, dataset: str, table: pa.Table, month: NDArray[np.integer]) -> None:
        self.add(dataset, 0, table)


@pytest.fixture(scope="module")
def state() -> pa.Table:
    plan = places.plan(HOUSEHOLDS, seed=11)
    book, water, files = ids.IdBook(), guarantees.draw_water(plan), cast(DepartmentFiles, NoFiles())
    tables = []
    for number in range(-(-HOUSEHOLDS // households.CHUNK)):
        drawn = chunk.draw(households.draw(plan, number), book, files, water)
        tables.append(truth.households_table(drawn, city.write_departments(drawn)))
    return pa.concat_tables(tables)


def column(state: pa.Table, name: str) -> NDArray[np.float64]:
    return state[name].cast(pa.float64()).to_numpy()


def levels(state: pa.Table) -> NDArray[np.int64]:
    """The level of each household by the verdict of the policy kunming-2020, 5 where no rule fires, from the truth."""
    registered = state["register"].to_numpy(zero_copy_only=False) != "general"
    open_points = state["unsettled"].to_pylist()
    known = np.array([not any(w in p for w in ("income_unknown", "old_income", "no_members")) for p in open_points])
    known_before = known & np.array(["no_earlier_income" not in points for points in open_points])
    people = np.maximum(column(state, "members"), 1)
    income, before = column(state, "net_income"), column(state, "net_income_before")
    parts = ("medical_spending", "school_spending", "disaster_loss", "accident_spending")
    rigid = sum(column(state, part) for part in parts)
    claims = column(state, "insurance_claims")
    reference = (income + claims - rigid) / people
    burden = rigid - claims + column(state, "expected_spending")
    sudden = (burden > 0) & (burden >= np.where(registered, 5_000, 20_000))
    sudden |= known & (burden > 0) & (burden >= 0.3 * income)
    sudden |= known_before & (income <= 0.7 * before)
    sudden |= (column(state, "labour_lost") > 0) | state["earner_lost"].to_numpy(zero_copy_only=False)
    labour = column(state, "labour_halves") > 0
    destitute = np.array([support == "特困" for support in state["support"].to_pylist()])
    unsolved = np.array([answer == "yes" for answer in state["guarantee_unsolved"].to_pylist()])
    first = (known & (income / people < 4_000)) | (unsolved & (column(state, "guarantee_days") > 30))
    second = known & (~labour | destitute) & (reference < LINE)
    fourth = known & labour & (reference < LINE)
    return np.select([first, second, sudden, fourth], [1, 2, 3, 4], 5)


def shares(state: pa.Table, *, registered: bool) -> dict[int, float]:
    side = (state["register"].to_numpy(zero_copy_only=False) != "general") == registered
    found = levels(state)[side]
    return {level: float((found == level).mean()) for level in range(1, 6)}


def test_registered_households_are_warned_about_as_often_as_published(state: pa.Table) -> None:
    found = shares(state, registered=True)
    assert 0.01 < 1 - found[5] < 0.05
    assert found[1] < 0.0005
    assert 0.003 < found[2] < 0.008
    assert 0.006 < found[3] < 0.015
    assert 0.004 < found[4] < 0.008


def test_few_general_households_are_warned(state: pa.Table) -> None:
    found = shares(state, registered=False)
    assert 0.001 < 1 - found[5] < 0.015
    assert found[1] < 0.0005


@pytest.mark.parametrize(("registered", "size", "income"), [(True, 3.65, 9228), (False, 3.6, 16356)])
def test_size_and_income_are_near_the_published_ones(
    state: pa.Table, registered: bool, size: float, income: float
) -> None:
    side = (state["register"].to_numpy(zero_copy_only=False) != "general") == registered
    people = column(state, "members")[side]
    assert abs(people.mean() - size) < 0.06
    net = column(state, "net_income")[side]
    assert abs(net.sum() / people.sum() / income - 1) < 0.03
    assert np.median(net / np.maximum(people, 1)) < net.sum() / people.sum()


def test_few_registered_households_are_left_open(state: pa.Table) -> None:
    side = state["register"].to_numpy(zero_copy_only=False) != "general"
    open_points = np.array([points != "" for points in state["unsettled"].to_pylist()])[side]
    assert 0.01 < open_points.mean() < 0.05


def test_most_guarantees_are_met(state: pa.Table) -> None:
    assert np.mean(column(state, "guarantee_days") > 0) < 0.012
