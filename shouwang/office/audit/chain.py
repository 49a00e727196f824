"""What a seal says: one canonical text per event, and its hash with the one before. Pure; used by sealer and prover."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
FIELDS = (
    "id", "at", "actor_id", "actor_name", "role", "actor_area", "verb", "subject_kind", "subject_id", "household_id",
    "area_code", "before", "after", "run", "policy",
)  # fmt: skip


def content(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event as it is hashed and exported: every field, the time in UTC to the microsecond."""
    row = {name: event[name] for name in FIELDS}
    if isinstance(row["at"], datetime):
        row["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return row


def canonical(event: Mapping[str, Any]) -> str:
    return json.dumps(content(event), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def line(number: int, previous_hash: str, digest: str, event: Mapping[str, Any]) -> str:
    """One sealed event as it is exported. The prover writes it anew: nothing can stand beside what is hashed."""
    row = {"number": number, "previous_hash": previous_hash, "hash": digest, "event": content(event)}
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(number: int, previous_hash: str, event: Mapping[str, Any]) -> str:
    """The hash of an event at its place in the chain."""
    return hashlib.sha256(f"{number}\n{previous_hash}\n{canonical(event)}".encode()).hexdigest()
