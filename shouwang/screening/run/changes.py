"""What changed since an earlier run."""

from pathlib import Path

import ibis
from ibis import Table

from shouwang.screening.engine import DuckDB
from shouwang.terms.errors import UserError
from shouwang.terms.level import Level

KINDS = ("new", "worse", "better", "cleared", "same", "to_unverified", "from_unverified")
"""The kinds of change of the contract.

new: warned (Ⅰ–Ⅳ) now, not before. worse, better, same: warned in both. cleared: warned before, now green or
unassessed. to_unverified: not to be verified before, now it is (a warned household of which too little is known now
is not cleared). from_unverified: to be verified before, now green or unassessed.
"""
LEFT = "left_register"


def require_run(run: Path) -> None:
    """Errors: `UserError` where a folder is no finished run."""
    if not (run / "verdicts.parquet").is_file() or not (run / "manifest.json").is_file():
        raise UserError(f"{run.name} 不是一次完整的筛查结果", "给出 shouwang screen 写成的文件夹")


def changes(db: DuckDB, now: Path, before: Path | None) -> dict[str, int | None]:
    """Households by kind of change; unknown (null) where no earlier run is given."""
    if before is None:
        return dict.fromkeys((*KINDS, LEFT))
    joined = _side(db, now, "now").outer_join(_side(db, before, "before"), "household_id")
    counted = joined.mutate(kind=_kind(joined)).group_by("kind").agg(n=lambda t: t.count())
    found = {row["kind"]: row["n"] for row in db.fetch(counted).to_pylist()}
    return {kind: found.get(kind, 0) for kind in (*KINDS, LEFT)}


def _side(db: DuckDB, run: Path, side: str) -> Table:
    table = db.read_parquet(run / "verdicts.parquet")
    warned = (table.level <= int(Level.IV)).fill_null(False)
    return table.select(
        "household_id",
        **{side: ibis.ifelse(warned, table.level, 0), f"{side}_unverified": table.status == "unverified"},
    )


def _kind(t: Table) -> ibis.Value:
    now, before = t.now.fill_null(0), t.before.fill_null(0)
    unverified, was_unverified = t.now_unverified.fill_null(False), t.before_unverified.fill_null(False)
    return ibis.cases(
        (t.now.isnull(), LEFT),
        ((now > 0) & (before == 0), "new"),
        ((now > 0) & (now < before), "worse"),
        ((now > 0) & (now > before), "better"),
        (now > 0, "same"),
        (unverified & ~was_unverified, "to_unverified"),
        (before > 0, "cleared"),
        (was_unverified & ~unverified, "from_unverified"),
        else_=ibis.null("string"),
    )
