"""The fingerprint of a run's verdicts: same data, same policy, same digest, on any engine."""

import hashlib
from pathlib import Path

import ibis
import pyarrow as pa
from ibis import Value

from shouwang.screening.engine import DuckDB

UNKNOWN = "?"


def output_digest(db: DuckDB, verdicts: Path) -> str:
    """sha256 over one canonical line per household, in the order of household_id (the file's own)."""
    table = db.read_parquet(verdicts)
    digest = hashlib.sha256()
    for batch in db.batches(table.select(line=_line(table))):
        column = batch.column(0).cast(pa.large_string())
        offsets = memoryview(column.buffers()[1]).cast("q")
        start, end = offsets[column.offset], offsets[column.offset + len(column)]
        digest.update(memoryview(column.buffers()[2])[start:end] if end > start else b"")
    return digest.hexdigest()


def _line(t: ibis.Table) -> Value:
    """`household_id|level|status|national_type|rule:level[fact=value,…];…` and a line break."""
    level = t.level.cast("string").fill_null(UNKNOWN)
    reasons = t.reasons.map(
        lambda r: r.rule.concat(
            ":", r.level.cast("string"), "[",
            r["values"].map(lambda v: v.fact.concat("=", v.value.fill_null(UNKNOWN))).join(","), "]",
        )
    ).join(";")  # fmt: skip
    text = ibis.ifelse(t.reasons.length() == 0, "", reasons)
    return t.household_id.concat("|", level, "|", t.status, "|", t.national_type.fill_null(UNKNOWN), "|", text, "\n")
