"""Policies with less in them than ours are graded too."""

from dataclasses import replace

from shouwang.rules.verdict import decide
from shouwang.screening import grading
from shouwang.screening.engine import DuckDB
from tests.support.screened import POLICY
from tests.unit.screening.conftest import Plain


def test_policy_without_signs_and_national_types(plain: Plain) -> None:
    policy = replace(POLICY, signs=(), national_types=())
    db = DuckDB(plain.city)
    facts = db.read_parquet(plain.run.folder / "facts.parquet")
    graded = db.fetch(grading.verdicts(policy, facts, db.keep)).to_pylist()
    db.close()
    assert len(graded) == len(plain.run.facts)
    for row in graded:
        verdict = decide(policy, {name: plain.run.facts[row["household_id"]][name] for name in policy.vocabulary.names})
        assert (row["level"], row["status"]) == (verdict.level and int(verdict.level), verdict.status)
        assert (row["signs"], row["national_type"]) == ([], None)
