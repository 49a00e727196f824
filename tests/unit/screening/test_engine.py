"""DuckDB as the screening uses it."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.screening.engine import DuckDB


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


def test_a_text_that_is_the_same_in_every_row_is_written_as_text(db: DuckDB, tmp_path: Path) -> None:
    """Quotes and empty texts too; it stays between its neighbours."""
    table = db.from_arrow(pa.table({"n": [1, 2], "m": [3, 4]}))
    told = table.select("n", source=ibis.literal("it's 五月"), empty=ibis.literal(""), m=table.m)
    db.write(told, tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").to_pydict() == {
        "n": [1, 2], "source": ["it's 五月"] * 2, "empty": [""] * 2, "m": [3, 4],
    }  # fmt: skip
    assert db.read_parquet(tmp_path / "out.parquet").source.type().is_string()


def test_a_path_may_hold_quotes(db: DuckDB, tmp_path: Path) -> None:
    path = tmp_path / "it's 'here'.parquet"
    db.write(db.from_arrow(pa.table({"text": ["有"]})), path)
    assert db.fetch(db.read_parquet(path)).to_pydict() == {"text": ["有"]}


def test_nothing_is_rejected_where_no_text_was_read(db: DuckDB) -> None:
    assert db.take_rejects() == []
