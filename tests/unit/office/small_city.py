"""A small model city with damaged identities, screened once, shared by all tests of a session and never written to."""

import fcntl
import json
import shutil
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.areas import kunming
from shouwang.modelcity import asked, write_city
from shouwang.office.registry.models import Household
from shouwang.policy import load
from shouwang.screening.engine import DuckDB
from shouwang.screening.run import Request, screen
from shouwang.screening.run.digest import output_digest

JUNE = date(2020, 6, 30)
Row = dict[str, Any]


def made(factory: pytest.TempPathFactory) -> Path:
    """The folder that holds `city` and `run-2020-06`; one worker makes it, the others wait."""
    base = factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "small-city"
    with (folder.with_suffix(".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "run-2020-06" / "manifest.json").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            write_city(folder / "city", 1_000, 11, damage=asked(0.0, 0.05))
            screen(Request(folder / "city", JUNE, folder / "run-2020-06", load("kunming-2020"), kunming(), None))
    return folder


def copied(folder: Path, into: Path) -> Path:
    """The city and its run, to be written to."""
    shutil.copytree(folder, into)
    return into / "city"


def rows_of(run: Path) -> list[Row]:
    return list(pq.read_table(run / "verdicts.parquet").to_pylist())


def altered(run: Path, into: Path, change: Callable[[Row], Row | None], *, as_of: str = "2020-07-05") -> Path:
    """Another run: every verdict as `change` makes it, None where the household is gone; digest and manifest fit."""
    shutil.copytree(run, into)
    path = into / "verdicts.parquet"
    schema = pq.read_schema(path)
    rows = [new for row in rows_of(run) if (new := change(dict(row))) is not None]
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    with closing(DuckDB(into)) as db:
        digest = output_digest(db, path)
    manifest = json.loads((into / "manifest.json").read_text())
    (into / "manifest.json").write_text(json.dumps(manifest | {"output_digest": digest, "as_of": as_of}))
    return into


def as_level(row: Row, level: int) -> Row:
    """The household graded so, by the reasons it has or by one of that level."""
    rule = {1: "fallen-poor", 2: "no-labour", 3: "sudden-hardship", 4: "below-line"}[level]
    value = {"fact": "reference_income", "value": "5000.00", "unit": "元/人", "as_of": JUNE, "source": "computed"}
    return row | {"level": level, "status": "graded", "reasons": [{"rule": rule, "level": level, "values": [value]}]}


def as_unverified(row: Row) -> Row:
    return row | {"level": None, "status": "unverified", "reasons": [], "could_be_worse": []}


def as_green(row: Row) -> Row:
    return row | {"level": 5, "status": "graded", "reasons": [], "could_be_worse": []}


def registered(rows: Iterable[Row]) -> None:
    """The households of a run in the register of the office."""
    Household.objects.bulk_create(
        [
            Household(
                id=row["household_id"],
                area_code=row["area_code"],
                register=row["register"],
                member_count=row["members"],
                head_name="王小明",
            )
            for row in rows
        ],
        batch_size=500,
    )
