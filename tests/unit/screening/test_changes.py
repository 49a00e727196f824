"""What changed since an earlier run: each household in exactly one kind, or in none."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.screening.engine import DuckDB
from shouwang.screening.run.changes import KINDS, LEFT, changes, require_run
from shouwang.terms.errors import UserError

Standing = tuple[int | None, str] | None
WARNED_1, WARNED_3, GREEN = (1, "graded"), (3, "graded"), (5, "graded")
UNVERIFIED, UNASSESSED, ABSENT = (None, "unverified"), (None, "unassessed"), None
CASES: list[tuple[Standing, Standing, str | None]] = [  # before, now, kind
    (ABSENT, WARNED_3, "new"),
    (GREEN, WARNED_3, "new"),
    (UNASSESSED, WARNED_1, "new"),
    (UNVERIFIED, WARNED_3, "new"),
    (WARNED_3, WARNED_1, "worse"),
    (WARNED_1, WARNED_3, "better"),
    (WARNED_3, WARNED_3, "same"),
    (WARNED_3, GREEN, "cleared"),
    (WARNED_1, UNASSESSED, "cleared"),
    (WARNED_1, UNVERIFIED, "to_unverified"),
    (GREEN, UNVERIFIED, "to_unverified"),
    (UNASSESSED, UNVERIFIED, "to_unverified"),
    (ABSENT, UNVERIFIED, "to_unverified"),
    (UNVERIFIED, GREEN, "from_unverified"),
    (UNVERIFIED, UNASSESSED, "from_unverified"),
    (UNVERIFIED, UNVERIFIED, None),
    (GREEN, GREEN, None),
    (UNASSESSED, GREEN, None),
    (ABSENT, GREEN, None),
    (WARNED_1, ABSENT, LEFT),
    (UNVERIFIED, ABSENT, LEFT),
    (GREEN, ABSENT, LEFT),
]


def verdicts(folder: Path, standings: list[Standing]) -> Path:
    rows = [{"household_id": f"H{n}", "level": s[0], "status": s[1]} for n, s in enumerate(standings) if s]
    schema = pa.schema([("household_id", pa.string()), ("level", pa.int32()), ("status", pa.string())])
    folder.mkdir()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "verdicts.parquet")
    return folder


@pytest.mark.parametrize(("before", "now", "kind"), CASES)
def test_change_of_one_household(tmp_path: Path, before: Standing, now: Standing, kind: str | None) -> None:
    told = compared(tmp_path, [(before, now)])
    assert {name: n for name, n in told.items() if n} == ({kind: 1} if kind else {})


def test_changes_are_counted(tmp_path: Path) -> None:
    told = compared(tmp_path, [(before, now) for before, now, _ in CASES])
    kinds = [kind for _, _, kind in CASES]
    assert told == {kind: kinds.count(kind) for kind in (*KINDS, LEFT)}


def test_changes_unknown_without_an_earlier_run(tmp_path: Path) -> None:
    db = DuckDB(tmp_path)
    assert changes(db, tmp_path, None) == dict.fromkeys((*KINDS, LEFT))
    db.close()


def compared(folder: Path, pairs: list[tuple[Standing, Standing]]) -> dict[str, int | None]:
    before, now = ([pair[n] for pair in pairs] for n in (0, 1))
    db = DuckDB(folder)
    try:
        return changes(db, verdicts(folder / "now", now), verdicts(folder / "before", before))
    finally:
        db.close()


@pytest.mark.parametrize("missing", ["verdicts.parquet", "manifest.json"])
def test_earlier_run_that_is_none(tmp_path: Path, missing: str) -> None:
    for name in {"verdicts.parquet", "manifest.json"} - {missing}:
        (tmp_path / name).write_text("")
    with pytest.raises(UserError, match="不是一次完整的筛查结果"):
        require_run(tmp_path)
