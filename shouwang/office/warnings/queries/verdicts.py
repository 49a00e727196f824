"""What a run says of the households somebody must hear of, read from Parquet in a few set-based queries."""

import csv
import json
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
from django.utils.translation import gettext as _

from shouwang.policy import load, names
from shouwang.rules.policy import Policy
from shouwang.screening.intake.cell_sql import parquet
from shouwang.terms.errors import UserError
from shouwang.terms.full_disk import is_full

IDS = "ids"
TOLD = (
    "household_id, area_code, members, level, status, signs, national_type, reasons, could_be_worse, asset_flags"
)  # fmt: skip
SAMPLE = 2_000


@contextmanager
def readable() -> Iterator[None]:
    """Errors: `UserError` where a file of a run cannot be read, or is not what its name says; a full disk stays one."""
    try:
        yield
    except (duckdb.Error, OSError, ValueError, TypeError, LookupError, csv.Error) as error:
        if is_full(error):
            raise
        raise UserError(_("这次筛查的文件读不出"), _("重新运行 shouwang screen，再发布")) from None


def told_of(run: Path, also: Collection[str]) -> list[dict[str, Any]]:
    """Rows of the warned (Ⅰ–Ⅳ), of the unverified, and of the households named."""
    asked = f"level <= 4 or status = 'unverified' or household_id in (from {IDS})"
    return _rows(f"select {TOLD} from {parquet(run / 'verdicts.parquet')} where {asked} order by household_id", also)


def facts_of(run: Path, households: Collection[str]) -> dict[str, dict[str, Any]]:
    """Rows of facts.parquet by household."""
    asked = f"from {parquet(run / 'facts.parquet')} where household_id in (from {IDS})"
    return {row["household_id"]: row for row in _rows(asked, households)}


def sample_ids(run: Path) -> list[str]:
    """Households spread over the whole run, the same ones each time."""
    verdicts = parquet(run / "verdicts.parquet")
    rows = _rows(f"select household_id from {verdicts} order by hash(household_id), household_id limit {SAMPLE}")
    return [row["household_id"] for row in rows]


def households_outside(run: Path, prefix: str) -> int:
    """How many households of the run lie outside an area."""
    verdicts = parquet(run / "verdicts.parquet")
    with readable(), closing(duckdb.connect()) as con:
        asked = f"select count(*) from {verdicts} where not starts_with(area_code, ?)"
        return int(con.execute(asked, [prefix]).fetchall()[0][0])


def sentences(run: Path) -> dict[str, str]:
    """The sentence of every household in RUN/warnings.csv."""
    with readable(), (run / "warnings.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        headers = next(rows, [])
        household, sentence = headers.index("户编号"), headers.index("理由")
        return {row[household]: row[sentence] for row in rows}


def frozen_policy(run: Path) -> dict[str, Any]:
    """The policy as the run froze it."""
    with readable():
        return dict(json.loads((run / "policy.json").read_text(encoding="utf-8")))


def installed_policy(code: str, version: str) -> Policy | None:
    """The policy a run was graded by; None where another version of it is installed, or none."""
    policy = load(code) if code in names() else None
    return policy if policy and policy.version == version else None


def open_rules(run: Path, policy: Policy, households: Collection[str]) -> dict[str, list[str]]:
    """Household to the rules that are unknown of it, the lowest level first: what a visit decides."""
    from shouwang.screening import grading
    from shouwang.screening.engine import DuckDB

    if not households:
        return {}
    with TemporaryDirectory(prefix="shouwang-") as scratch, closing(DuckDB(Path(scratch))) as db:
        asked = db.from_arrow(pa.table({"household_id": sorted(households)}))
        with readable():
            facts = db.keep(db.read_parquet(run / "facts.parquet").semi_join(asked, "household_id"), "asked_facts")
        decided = grading.truths(policy, facts)
        codes = [rule.code for rule in policy.rules]
        rows = db.fetch(decided.select("household_id", *(f"rule__{code}" for code in codes))).to_pylist()
    return {row["household_id"]: [code for code in codes if row[f"rule__{code}"] is None] for row in rows}


def digest_of(run: Path) -> str:
    """The digest of the verdicts as they lie on disk."""
    from shouwang.screening.engine import DuckDB
    from shouwang.screening.run.digest import output_digest

    with readable(), TemporaryDirectory(prefix="shouwang-") as scratch, closing(DuckDB(Path(scratch))) as db:
        return output_digest(db, run / "verdicts.parquet")


def _rows(query: str, ids: Collection[str] = ()) -> list[dict[str, Any]]:
    with readable(), closing(duckdb.connect()) as con:
        con.register(IDS, pa.table({"household_id": pa.array(sorted(ids), pa.string())}))
        return list(con.sql(query).to_arrow_table().to_pylist())
