"""DuckDB as the screening uses it."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.screening.engine import DuckDB
from shouwang.screening.engine.duckdb import WIDE


@pytest.fixture
def db(tmp_path: Path) -> Iterator[DuckDB]:
    engine = DuckDB(tmp_path)
    yield engine
    engine.close()


def test_rows_are_written_in_the_order_asked_for(db: DuckDB, tmp_path: Path) -> None:
    """More than several row groups, which DuckDB writes in parallel."""
    backwards = db.from_arrow(pa.table({"n": list(range(500_000, 0, -1))}))
    db.write(backwards.order_by("n"), tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet")["n"].to_pylist() == list(range(1, 500_001))


def test_a_sum_is_written_whole(db: DuckDB, tmp_path: Path) -> None:
    """DuckDB sums whole numbers into a type that Parquet does not have; a float would lose the last fen."""
    table = db.from_arrow(pa.table({"home": [1, 1, 2], "fen": [2**53, 1, 5]}))
    db.write(table.group_by("home").agg(fen=table.fen.sum()).order_by("home"), tmp_path / "out.parquet")
    written = pq.read_table(tmp_path / "out.parquet")
    assert written.schema.field("fen").type == pa.int64()
    assert written["fen"].to_pylist() == [2**53 + 1, 5]


def test_a_wide_table_is_written_whole(db: DuckDB, tmp_path: Path) -> None:
    columns = {f"column {n}": [n, n + 1] for n in range(WIDE + 1)}
    for name in ("one", "two"):
        db.write(db.from_arrow(pa.table(columns)), tmp_path / f"{name}.parquet")
        assert pq.read_table(tmp_path / f"{name}.parquet").to_pydict() == columns


def test_a_path_may_hold_quotes(db: DuckDB, tmp_path: Path) -> None:
    path = tmp_path / "it's 'here'.parquet"
    db.write(db.from_arrow(pa.table({"text": ["有"]})), path)
    assert db.fetch(db.read_parquet(path)).to_pydict() == {"text": ["有"]}


def test_nothing_is_rejected_where_no_text_was_read(db: DuckDB) -> None:
    assert db.take_rejects() == []
