"""Screening a small city, and the finished run as plain values."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from shouwang.areas import kunming
from shouwang.policy import load
from shouwang.screening.engine import DuckDB, Engine
from shouwang.screening.run import Request, screen
from tests.support.city import City, Home

JUNE = date(2020, 6, 30)
POLICY = load("kunming-2020")


@dataclass(frozen=True)
class Run:
    """A finished run."""

    folder: Path

    @cached_property
    def facts(self) -> dict[str, dict[str, Any]]:
        return _by_household(self.folder / "facts.parquet")

    @cached_property
    def verdicts(self) -> dict[str, dict[str, Any]]:
        return _by_household(self.folder / "verdicts.parquet")

    @cached_property
    def summary(self) -> dict[str, Any]:
        return self.read_json("summary.json")

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return self.read_json("manifest.json")

    def read_json(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        return content

    def read_csv(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def places(self, kind: str, dataset: str) -> list[tuple[str, int, str]]:
        """File name, line and column of what `quarantine` or `unlinked` lists of a dataset."""
        rows = self.read_csv(f"{kind}/{dataset}.csv")
        return [(row["file"].rsplit("/", 1)[1], int(row["line"]), row["column"]) for row in rows]


def _by_household(path: Path) -> dict[str, dict[str, Any]]:
    return {row["household_id"]: row for row in pq.read_table(path).to_pylist()}


def screened(
    city: Path,
    out: Path,
    *,
    as_of: date = JUNE,
    previous: Path | None = None,
    make_engine: Callable[[DuckDB], Engine] | None = None,
) -> Run:
    """Screen a written city."""
    screen(Request(city, as_of, out, POLICY, kunming(), previous, make_engine))
    return Run(out)


@dataclass(frozen=True)
class Case:
    """One home and what its facts must be."""

    name: str
    build: Callable[[City], Home]
    expected: dict[str, Any]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Table:
    """A drawn table of cases, screened as one city."""

    run: Run
    homes: dict[str, Home]

    def facts(self, case: Case) -> dict[str, Any]:
        """What the run says of the facts the case names."""
        row = self.run.facts[self.homes[case.name].household_id]
        return {name: row[name] for name in case.expected}


def screen_cases(cases: list[Case], folder: Path, *, also: Callable[[City], None] = lambda _: None) -> Table:
    """One city with a home for every case, and one run."""
    city = City()
    homes = {case.name: case.build(city) for case in cases}
    assert len(homes) == len(cases), "two cases of one name"
    also(city)
    return Table(screened(city.write(folder / "昆明 'city'"), folder / "run"), homes)
