"""Whether two screenings of one city say the same of every household and of every file.

Compared, household by household: level, status, signs, national type, could_be_worse, asset flags, and every reason
with its rule, level, facts, values, dates and sources; then every fact; then households and people by level, and rows
by dataset. `--rules-only` looks at the rules of the reasons and leaves values and facts aside.

Usage: same_answers.py RUN OTHER [--rules-only]     exit code 3 where they differ
"""

import json
import sys
from pathlib import Path

import duckdb

SHOWN = 5
LEFT_OUT = ("household_id", "household_no")
VERDICT = (
    "area_code",
    "register",
    "members",
    "level",
    "status",
    "signs",
    "national_type",
    "could_be_worse",
    "asset_flags",
)
RULES = "list_transform(reasons, lambda r: r.rule || ':' || r.level)"
VALUES = (
    "list_transform(reasons, lambda r: list_transform(r.\"values\", lambda v: v.fact || '=' || coalesce(v.value, '?')))"
)
EVIDENCE = (
    'list_transform(reasons, lambda r: list_transform(r."values",'
    " lambda v: concat_ws('|', v.fact, v.unit, coalesce(v.as_of::text, '?'), v.source)))"
)


def compared(db: duckdb.DuckDBPyConnection, files: tuple[Path, Path], sides: dict[str, tuple[str, str]]) -> list[str]:
    """A line for every respect in which households differ, with the first few; `sides`: respect → SQL on a and on b."""
    joined = f"from '{files[0]}' a full join '{files[1]}' b using (household_id)"
    counts = ", ".join(f"count(*) filter ({one} is distinct from {two})" for one, two in sides.values())
    differing = db.execute(f"select {counts} {joined}").fetchone() or ()
    found = []
    for (what, (one, two)), count in zip(sides.items(), differing, strict=True):
        if count:
            rows = db.execute(
                f"select household_id, {one}, {two} {joined} where {one} is distinct from {two}"
                f" order by household_id limit {SHOWN}"
            ).fetchall()
            found += [f"{what}: {count} households differ", *(f"    {home}: {a!r} / {b!r}" for home, a, b in rows)]
    return found


def verdicts_that_differ(db: duckdb.DuckDBPyConnection, run: Path, other: Path, *, rules_only: bool) -> list[str]:
    """Differences in the verdicts."""
    sides = {"in the run at all": ("(a.household_id is null)", "(b.household_id is null)")}
    sides |= {column: (f"a.{column}", f"b.{column}") for column in VERDICT}
    reasons = {"rules": RULES} if rules_only else {"rules": RULES, "values": VALUES, "dates and sources": EVIDENCE}
    sides |= {
        f"reasons' {what}": (sql.replace("reasons", "a.reasons"), sql.replace("reasons", "b.reasons"))
        for what, sql in reasons.items()
    }
    return compared(db, (run / "verdicts.parquet", other / "verdicts.parquet"), sides)


def facts_that_differ(db: duckdb.DuckDBPyConnection, run: Path, other: Path) -> list[str]:
    """Differences in the facts, with their dates and sources, but for counts of rows behind them."""
    files = (run / "facts.parquet", other / "facts.parquet")
    one, two = ([row[0] for row in db.execute(f"describe from '{path}'").fetchall()] for path in files)
    one, two = ([c for c in columns if c not in LEFT_OUT and not c.endswith("__rows")] for columns in (one, two))
    both = [c for c in one if c in two]
    found = [f"facts: only one run has {c}" for c in sorted(set(one) ^ set(two))]
    return found + compared(db, files, {f"fact {c}": (f"a.{c}", f"b.{c}") for c in both})


def counts_that_differ(run: Path, other: Path) -> list[str]:
    """Differences in the summaries: households and people by level, rows by dataset and fate."""
    one, two = (json.loads((folder / "summary.json").read_text(encoding="utf-8")) for folder in (run, other))
    found = []
    for part in ("levels", "datasets"):
        for name in sorted(one[part].keys() | two[part].keys()):
            if one[part].get(name) != two[part].get(name):
                found.append(f"{part} {name}: {one[part].get(name)} / {two[part].get(name)}")
    return found + ([] if one["rows"] == two["rows"] else [f"rows: {one['rows']} / {two['rows']}"])


def differences(run: Path, other: Path, *, rules_only: bool = False) -> list[str]:
    """Everything in which the two runs differ, in words; empty where they say the same."""
    with duckdb.connect(config={"memory_limit": "4GB"}) as db:
        found = verdicts_that_differ(db, run, other, rules_only=rules_only)
        if not rules_only:
            found += facts_that_differ(db, run, other)
    return found + counts_that_differ(run, other)


if __name__ == "__main__":
    folders = [Path(arg) for arg in sys.argv[1:] if not arg.startswith("--")]
    found = differences(*folders, rules_only="--rules-only" in sys.argv)
    print("\n".join(found) or "the same answers")
    sys.exit(3 if found else 0)
