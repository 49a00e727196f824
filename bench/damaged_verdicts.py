"""How many households keep their verdict when files and identities are damaged, by what befell their rows.

Usage: damaged_verdicts.py CITY CLEAN_RUN DAMAGED_RUN     CITY is the damaged one; prints a Markdown table

The households of both runs are the same people: a model city of one seed, with damage and without.
"""

import json
import sys
from pathlib import Path

import duckdb

WHAT = {
    0: "no row of theirs is damaged, nor bears the name of a member",
    1: "a damaged row bears the name of a member, none is theirs",
    2: "damaged rows, all recoverable",
    3: "a row that is not recoverable, or a destroyed cell",
}
"""What befell a household; the worst counts."""


def read_files(run: Path) -> list[tuple[str, str]]:
    """Dataset and month of every file the run read."""
    inputs = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    parts = [Path(label).parts for label in inputs if label.startswith("extracts/")]
    return [(dataset, name.split(".")[0]) for _, dataset, name in parts]


def prepare(con: duckdb.DuckDBPyConnection, city: Path, clean: Path, damaged: Path) -> None:
    """Table `judged`: household_id, befell, and both verdicts."""
    con.execute("create table read_files (dataset varchar, month varchar)")
    con.executemany("insert into read_files values (?, ?)", read_files(damaged))
    members = sorted((city / "registry").glob("*/members.parquet"))[-1]
    con.execute(f"create table members as select household_id, person_id, name from '{members}'")
    for name in ("identities", "cells"):
        told = f"'{city}/truth/damage_{name}.parquet'"
        con.execute(f"create table {name} as from {told} semi join read_files using (dataset, month)")
    con.execute(
        "create table befallen as select household_id, max(befell) as befell from ("
        " select m.household_id, if(i.recoverable, 2, 3) as befell from identities i join members m using (person_id)"
        " union all select m.household_id, 3 from cells join members m using (person_id)"
        " union all select m.household_id, 1 from members m semi join identities i on i.name = m.name) group by 1"
    )
    con.execute(
        "create table judged as select household_id, coalesce(befell, 0) as befell, c.register, c.level as level_clean,"
        " c.status as status_clean, d.level, d.status, c.reasons = d.reasons as same_reasons"
        f" from '{clean}/verdicts.parquet' c join '{damaged}/verdicts.parquet' d using (household_id)"
        " left join befallen using (household_id)"
    )


def table(con: duckdb.DuckDBPyConnection) -> str:
    """One row for each thing that can befall a household."""
    counted = con.execute(
        "with said as (select *, level is not distinct from level_clean and status = status_clean as same from judged)"
        " select befell, count(*), count(*) filter (same), count(*) filter (same and same_reasons),"
        " count(*) filter (not same and status <> 'graded'),"
        " count(*) filter (not same and status = 'graded' and status_clean <> 'graded'),"
        " count(*) filter (not same and status = 'graded' and status_clean = 'graded')"
        " from said group by 1 order by 1"
    ).fetchall()
    heads = ("what befell the household", "households", "same level and status", "same reasons too",
             "now unknown", "now known", "another level")  # fmt: skip
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for befell, households, same, *others in counted:
        share = f"{same:,} ({same / households:.2%})"
        lines.append(f"| {WHAT[befell]} | {households:,} | {share} | " + " | ".join(f"{n:,}" for n in others) + " |")
    return "\n".join(lines)


def main() -> None:
    city, clean, damaged = map(Path, sys.argv[1:])
    with duckdb.connect() as con:
        prepare(con, city, clean, damaged)
        print(table(con))


if __name__ == "__main__":
    main()
