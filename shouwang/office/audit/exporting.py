"""The chain as a file a third party can prove without us."""

import json
from collections.abc import Iterator
from pathlib import Path

from shouwang.office.audit.chain import FIELDS, content
from shouwang.office.audit.models import Seal

CHUNK = 5_000


def lines() -> Iterator[str]:
    """One JSON text per sealed event in order of the chain: number, previous_hash, hash, event. Unsealed ones wait."""
    for seal in Seal.objects.order_by("number").select_related("event").iterator(chunk_size=CHUNK):
        event = content({name: getattr(seal.event, name) for name in FIELDS})
        row = {"number": seal.number, "previous_hash": seal.previous_hash, "hash": seal.hash, "event": event}
        yield json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def export(path: Path) -> int:
    """Write the chain; the file appears whole or not at all. Returns the number of events."""
    scratch = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with scratch.open("w", encoding="utf-8") as out:
            for line in lines():
                out.write(line + "\n")
                count += 1
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return count
