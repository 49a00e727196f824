"""The same city on Spark: the same facts, the same verdicts, the same digest."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.screening.engine.spark import Spark
from tests.support.random_city import random_city
from tests.support.reference import disagreements
from tests.support.screened import Run, screened

pytestmark = pytest.mark.spark
HOMES = 60


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    folder = tmp_path_factory.mktemp("engines")
    city = random_city(HOMES).write(folder / "city")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    on_spark = screened(city, folder / "spark", make_engine=lambda _: Spark())
    return screened(city, folder / "duckdb"), on_spark


def test_digest_is_the_same(runs: tuple[Run, Run]) -> None:
    duckdb, spark = runs
    assert (duckdb.manifest["engine"], spark.manifest["engine"]) == ("duckdb", "spark")
    assert spark.manifest["output_digest"] == duckdb.manifest["output_digest"]


def test_facts_are_the_same(runs: tuple[Run, Run]) -> None:
    duckdb, spark = runs
    assert spark.facts == duckdb.facts


def test_verdicts_are_the_same_and_the_reference(runs: tuple[Run, Run]) -> None:
    duckdb, spark = runs
    assert spark.verdicts == duckdb.verdicts
    assert list(spark.verdicts) == list(duckdb.verdicts)
    assert disagreements(spark) == {}


def test_words_and_figures_are_the_same(runs: tuple[Run, Run]) -> None:
    duckdb, spark = runs
    assert spark.summary == duckdb.summary
    assert spark.read_csv("warnings.csv") == duckdb.read_csv("warnings.csv")


@pytest.fixture(scope="module")
def engine() -> Iterator[Spark]:
    one = Spark()
    yield one
    one.close()


def test_whole_numbers_stay_whole(engine: Spark, tmp_path: Path) -> None:
    """One file, in order, and a sum is no float."""
    pq.write_table(pa.table({"home": [2, 1, 1], "fen": [2**53 + 1, 1, 2]}), tmp_path / "in.parquet")
    table = engine.read_parquet(tmp_path / "in.parquet")
    sums = table.group_by("home").agg(fen=table.fen.sum()).order_by("home")
    engine.write(sums, tmp_path / "out.parquet")
    written = pq.read_table(tmp_path / "out.parquet")
    assert written.to_pydict() == {"home": [1, 2], "fen": [3, 2**53 + 1]}
    assert written.schema.field("fen").type == pa.int64()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_session_of_somebody_else_is_left_running(engine: Spark) -> None:
    Spark(engine._session).close()
    assert engine._session.range(3).count() == 3


def test_without_java() -> None:
    """In a process of its own: this one has its Java already."""
    script = "from shouwang.screening.engine.spark import Spark; Spark()"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "JAVA_HOME": "/nowhere"}, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert "UserError: Spark 启动不了（多半是没有 Java） → 安装 Java 17，或运行 make spark" in told.stderr
