"""One household: stored verdict and facts together with the words of its policy."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shouwang.rules.policy import Policy
from shouwang.screening.explain.explanation import Explanation, Reason, Said, Value
from shouwang.screening.explain.sources import source_of
from shouwang.screening.explain.stored import Row, Words, facts_of, read_json, require_run, row_of, stored_sentence
from shouwang.screening.explain.telling import Told
from shouwang.terms.level import Level


def policy_of(run: Path) -> str:
    """The code of the policy a run was graded by. Errors: `UserError` where a folder is no finished run."""
    require_run(run)
    return str(read_json(run / "manifest.json")["policy"])


def explain(run: Path, household_id: str, policy: Policy | None) -> Explanation:
    """Why this household stands where it stands, and what would change it.

    `policy`: the installed one of the run's code, None where there is none any more. Errors: `UserError` where the
    run or the household does not exist.
    """
    require_run(run)
    manifest = read_json(run / "manifest.json")
    told = explained(
        verdict=row_of(run / "verdicts.parquet", household_id),
        row=row_of(run / "facts.parquet", household_id),
        words=Words(read_json(run / "policy.json")),
        graded=Graded(date.fromisoformat(manifest["as_of"]), manifest["policy"], manifest["policy_version"]),
        policy=policy,
    )
    return told if told.is_policy_installed else replace(told, sentence=stored_sentence(run, household_id))


@dataclass(frozen=True)
class Graded:
    """By what a verdict was made."""

    as_of: date
    policy: str
    version: str


def explained(
    *,
    verdict: Row,
    row: Row,
    words: Words,
    graded: Graded,
    policy: Policy | None,
    changes: tuple[Said, ...] | None = None,
) -> Explanation:
    """The explanation of a verdict and the facts it was made from, wherever they were kept.

    `changes`: what would change it, where somebody worked it out before; it takes the longest of all.
    """
    same = policy if policy is not None and policy.version == graded.version else None
    told = Told(same, facts_of(same, row), verdict, row, words) if same else None
    level = Level(verdict["level"]) if verdict["level"] else None
    if changes is None:
        changes = told.changes() if told else ()
    return Explanation(
        household_id=verdict["household_id"],
        area_code=verdict["area_code"],
        members=verdict["members"],
        register=words.option("register", verdict["register"]),
        as_of=graded.as_of,
        policy=graded.policy,
        policy_name=words.title,
        policy_version=graded.version,
        is_policy_installed=same is not None,
        level=level,
        status=verdict["status"],
        level_name=words.level_names.get(level) if level else None,
        measure=words.measures.get(level) if level else None,
        national_type=words.national_types.get(verdict["national_type"]) if verdict["national_type"] else None,
        sentence=told.sentence() if told else None,
        reasons=tuple(_reason(stored, told, words) for stored in verdict["reasons"] or ()),
        signs=tuple(words.signs[code] for code in verdict["signs"] or ()),
        could_be_worse=tuple(words.rules[code] for code in verdict["could_be_worse"] or ()),
        missing=told.missing() if told else (),
        standing=told.standing() if told else (),
        asset_questions=tuple(words.option("asset_flags", flag) for flag in verdict["asset_flags"] or ()),
        contradictions=tuple(words.names[fact] for fact in row.get("contradictions") or ()),
        changes=changes,
        names=words.names,
        options=words.options,
    )


def _reason(stored: Row, told: Told | None, words: Words) -> Reason:
    depths = told.depths(stored["rule"]) if told else {}
    values = tuple(
        Value(
            fact=one["fact"],
            text=one["value"],
            unit=one["unit"],
            as_of=one["as_of"],
            source=source_of(one),
            depth=depths.get(one["fact"], 0),
            is_unneeded=told is not None and one["value"] is None and told.is_unneeded(one["fact"]),
        )
        for one in stored["values"]
    )
    sentence = told.rule_sentence(stored["rule"]) if told else None
    return Reason(words.rules[stored["rule"]], Level(stored["level"]), sentence, values)
