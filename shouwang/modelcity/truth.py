"""What lies behind the files: shocks, and the true state of every household. Screening never reads it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, guarantees, health, incomes, months, shocks
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.households import REGISTERS
from shouwang.modelcity.writing import ParquetFile

README = """# The truth behind the files

Nobody in the model city hands this in; it is here so that precision and recall can be measured.
Screening never reads it.

- `shocks.parquet`: one row per shock of a household, June 2019 – June 2020. `amount` is what the household
  bears, in 元; `ends` is null where it still stands; `extent` is a disability grade, days
  off work, or 3 and 4 for a house of grade C and D.
- `households.parquet`: one row per household as it is on 2020-06-30, whatever the files know of it. Amounts
  in 元, spending of July 2019 – June 2020. `net_income` is the newest year anybody could have collected,
  `net_income_before` the year earlier.
  `unsettled` says what the register leaves open: empty, or one or more of no_visit, no_earlier_income,
  old_income, incomes_disagree, income_unknown, no_housing_grade, no_head, no_members, new_household.
"""
SPENT = (
    "medical_spending",
    "school_spending",
    "disaster_loss",
    "accident_spending",
    "insurance_claims",
    "expected_spending",
)


class Truth:
    """The truth, growing chunk by chunk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "README.md").write_text(README, encoding="utf-8")
        self._folder = folder
        self._files: dict[str, ParquetFile] = {}

    def add(self, chunk: Chunk, spent: dict[str, NDArray[np.int64]]) -> None:
        """`spent` holds what the departments wrote of each household, in fen, and whether it was visited."""
        self._add("shocks", shocks_table(chunk))
        self._add("households", households_table(chunk, spent))

    def _add(self, name: str, table: pa.Table) -> None:
        if name not in self._files:
            self._files[name] = ParquetFile(self._folder / f"{name}.parquet", table.schema, plain=("household_id",))
        self._files[name].add(table)

    def close(self) -> None:
        """Finish the files, or let go of them."""
        for file in self._files.values():
            file.close()


def shocks_table(chunk: Chunk) -> pa.Table:
    """Shape: one row per shock."""
    struck = chunk.shocks
    causes = [shocks.CAUSES[kind] for kind in shocks.KINDS]
    return pa.table(
        {
            "household_id": chunk.household_ids.take(pa.array(struck.home)),
            "kind": columns.labels(shocks.KINDS, struck.kind),
            "cause": columns.labels(causes, struck.kind),
            "day": columns.dates(struck.day),
            "ends": columns.dates(struck.ends, keep=struck.ends < months.NEVER),
            "amount": columns.money(struck.amount),
            "extent": columns.numbers(struck.extent),
        }
    )


def households_table(chunk: Chunk, spent: dict[str, NDArray[np.int64]]) -> pa.Table:
    """Shape: one row per household."""
    homes, people, state = chunk.homes, chunk.people, chunk.guarantees
    count = homes.count
    units = np.where(people.stays & ~people.at_school, health.HALF_UNITS[people.body.labour], 0)
    since = state.broken_since
    return pa.table(
        {
            "household_id": chunk.household_ids,
            "register": columns.labels(REGISTERS, homes.register),
            "members": columns.numbers(people.per_home(people.stays, count)),
            "labour_halves": columns.numbers(people.per_home(units, count)),
            "net_income": columns.money(chunk.incomes.net),
            "net_income_before": columns.money(chunk.incomes.net_before),
            **{name: columns.money(spent[name]) for name in SPENT},
            "out_of_school": columns.numbers(state.out_of_school),
            "uninsured_members": columns.numbers(state.uninsured),
            "housing_grade": columns.labels(guarantees.GRADES, state.housing),
            "water_safe": pa.array(state.water_safe),
            "fed_and_clothed": pa.array(state.fed_and_clothed),
            "guarantee_days": columns.numbers(np.where(since < months.NEVER, months.TODAY - since, 0)),
            "guarantee_unsolved": columns.labels(("no", "yes"), state.unsolved),
            "labour_lost": columns.numbers(_labour_lost(chunk)),
            "earner_lost": pa.array(_earner_lost(chunk)),
            "support": columns.labels(("低保", "特困", "孤儿"), chunk.incomes.support.astype(np.int64) - 1),
            "unsettled": _unsettled(chunk, spent["visited"] > 0),
        }
    )


def _labour_lost(chunk: Chunk) -> NDArray[np.int64]:
    hurt = chunk.shocks.of("accident")
    hurt = hurt.where((hurt.day >= months.WINDOW) & (hurt.extent >= 30))
    return np.bincount(hurt.home, minlength=chunk.homes.count)


def _earner_lost(chunk: Chunk) -> NDArray[np.bool_]:
    lost = chunk.shocks.of("earner_died", "earner_jailed")
    return np.isin(np.arange(chunk.homes.count), lost.home[lost.day >= months.WINDOW])


def _unsettled(chunk: Chunk, visited: NDArray[np.bool_]) -> pa.StringArray:
    state = chunk.incomes.state
    open_points = (
        ("no_visit ", ~visited),
        ("no_earlier_income ", state == incomes.NO_BEFORE),
        ("old_income ", state == incomes.OLD),
        ("incomes_disagree ", state == incomes.DISAGREE),
        ("income_unknown ", state == incomes.UNKNOWN),
        ("no_housing_grade ", ~chunk.guarantees.housing_known),
        ("no_head ", chunk.homes.is_headless),
        ("no_members ", chunk.homes.is_empty),
        ("new_household ", chunk.homes.founded > 0),
    )
    return columns.joined(*(columns.labels(("", word), mask) for word, mask in open_points))
