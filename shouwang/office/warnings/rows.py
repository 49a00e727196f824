"""Rows of the tables as the database stores them, for writing by the thousand. Pure."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.office.warnings.judging import Judged
from shouwang.office.warnings.models import Warning
from shouwang.office.warnings.ranking import Ranked
from shouwang.policy.vocabulary import VOCABULARY

NOT_WARNED = 9
"""Where a row without a level stands in lists."""
WARNING_COLUMNS = (
    "publication", "household", "area_code", "members", "level", "level_before", "urgency", "status", "change", "state",
    "answered_on", "national_type", "rules", "fingerprint", "sentence", "reasons", "could_be_worse", "signs",
    "asset_flags", "contradictions", "values", "suppression",
)  # fmt: skip
TO_VERIFY_COLUMNS = (
    "household", "publication", "area_code", "rank", "could_be", "open_rules", "signs", "unknown_facts", "members",
    "level_before", "sentence",
)  # fmt: skip


def warning_row(
    publication: int, one: Judged, *, facts: Mapping[str, Any], sentence: str, answered: date | None
) -> tuple[object, ...]:
    """In the order of `WARNING_COLUMNS`. `answered`: the day its fingerprint was answered, where it was."""
    row = one.row or {}
    reasons = (row.get("reasons") or ()) if one.level else ()
    return (
        publication,
        one.household_id,
        one.area_code,
        one.members,
        one.level,
        one.level_before,
        one.level or NOT_WARNED,
        row.get("status", ""),
        one.change.value,
        one.state.value,
        str(answered) if one.state is Warning.State.ANSWERED else None,
        row.get("national_type") or "",
        _json([reason["rule"] for reason in reasons]),
        one.fingerprint,
        sentence if one.level else "",
        _json(reasons),
        *(_json(row.get(name) or ()) for name in ("could_be_worse", "signs", "asset_flags")),
        _json(facts.get("contradictions") or ()),
        _json(_values(facts)),
        one.suppression.pk if one.suppression else None,
    )


def _values(facts: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Name to value, as-of day and source, of every fact of the vocabulary."""
    return {
        spec.name: [facts[spec.name], facts.get(f"{spec.name}__as_of"), facts.get(f"{spec.name}__source")]
        for spec in VOCABULARY
        if spec.name in facts
    }


def to_verify_row(publication: int, one: Ranked, *, rank: int, level_before: int | None) -> tuple[object, ...]:
    """In the order of `TO_VERIFY_COLUMNS`."""
    row = one.row
    return (
        row["household_id"],
        publication,
        row["area_code"],
        rank,
        one.could_be,
        _json(one.open_rules),
        _json(row["signs"] or ()),
        _json(one.unknown_facts),
        row["members"],
        level_before,
        one.sentence,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
