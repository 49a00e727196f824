"""What another policy would change: two runs of one city beside each other, household by household."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
from ibis import Table, Value

from shouwang.screening.engine import DuckDB
from shouwang.screening.run.outputs import standing
from shouwang.terms.level import Level


@dataclass(frozen=True)
class Move:
    """So many households stand here by one policy and there by another; the same place where nothing changes."""

    before: str
    after: str
    households: int
    people: int


def moves(db: DuckDB, before: Path, after: Path) -> list[Move]:
    """Where every household of two runs of one city stands. Shape: one move per pair of standings that occurs."""
    joined = _both(db, before, after)
    counted = joined.group_by("before", "after").agg(
        households=lambda t: t.count(), people=lambda t: t.members.sum().fill_null(0).cast("int64")
    )
    return [Move(**row) for row in db.fetch(counted.order_by("before", "after")).to_pylist()]


def write_movers(db: DuckDB, before: Path, after: Path, path: Path) -> None:
    """Every household that stands elsewhere, as CSV: household, area, before, after, enters or leaves the warnings."""
    joined = _both(db, before, after)
    moved = joined.filter(joined.before != joined.after)
    table = moved.select(
        户编号=moved.household_id, 行政区划代码=moved.area_code, 原=moved.before, 现=moved.after, 变化=_change(moved)
    )
    rows: pa.Table = db.fetch(table.order_by("户编号"))
    with path.open("wb") as stream:
        stream.write("\ufeff".encode())
        pa_csv.write_csv(rows, stream)


def _both(db: DuckDB, before: Path, after: Path) -> Table:
    first, second = (db.read_parquet(run / "verdicts.parquet") for run in (before, after))
    was = first.select("household_id", before=standing(first))
    now = second.select("household_id", "area_code", "members", after=standing(second))
    return now.inner_join(was, "household_id")


def _change(moved: Table) -> Value:
    warned = [str(int(level)) for level in Level if level <= Level.IV]
    is_now, was = moved.after.isin(warned), moved.before.isin(warned)
    return (is_now & ~was).ifelse("进入预警", (was & ~is_now).ifelse("退出预警", "级别或状态不同"))
