"""What the plain reference says of the households of a run."""

from typing import Any

from shouwang.rules.verdict import decide
from tests.support.screened import POLICY, Run


def by_reference(facts: dict[str, Any]) -> dict[str, Any]:
    """The verdict of one row of facts.parquet, in the words of verdicts.parquet; dates and sources left out."""
    verdict = decide(POLICY, {name: facts[name] for name in POLICY.vocabulary.names})
    return {
        "level": None if verdict.level is None else int(verdict.level),
        "status": verdict.status,
        "signs": list(verdict.signs),
        "national_type": verdict.national_type,
        "reasons": [
            (r.rule, int(r.level), [(value.fact, value.text, value.unit) for value in r.values])
            for r in verdict.reasons
        ],
        "could_be_worse": list(verdict.could_be_worse),
        "asset_flags": facts["asset_flags"],
        "members": facts["members"],
        "register": facts["register"],
    }


def by_engine(verdict: dict[str, Any]) -> dict[str, Any]:
    """One row of verdicts.parquet in the same shape."""
    reasons = [
        (r["rule"], r["level"], [(value["fact"], value["value"], value["unit"]) for value in r["values"]])
        for r in verdict["reasons"]
    ]
    names = ("level", "status", "signs", "national_type", "could_be_worse", "asset_flags", "members", "register")
    return {name: verdict[name] for name in names} | {"reasons": reasons}


def disagreements(run: Run) -> dict[str, Any]:
    """Households of which engine and reference say different things, with both."""
    assert list(run.verdicts) == sorted(run.facts)
    pairs = {home: (by_engine(run.verdicts[home]), by_reference(row)) for home, row in run.facts.items()}
    return {home: pair for home, pair in pairs.items() if pair[0] != pair[1]}
