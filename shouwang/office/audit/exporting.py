"""The chain as a file a third party can prove without us."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from shouwang.office.audit.actor import Actor
from shouwang.office.audit.chain import FIELDS, GENESIS, line
from shouwang.office.audit.models import Seal

CHUNK = 5_000


def lines() -> Iterator[str]:
    """One JSON text per sealed event in order of the chain: number, previous_hash, hash, event. Unsealed ones wait."""
    for seal in Seal.objects.order_by("number").select_related("event").iterator(chunk_size=CHUNK):
        event = {name: getattr(seal.event, name) for name in FIELDS}
        yield line(seal.number, seal.previous_hash, seal.hash, event)


def export(path: Path, *, by: Actor) -> tuple[int, str]:
    """Write the chain under a line that says who took it and when; the file appears whole or not at all.

    Returns the number of events and the head of the chain.
    """
    scratch = path.with_name(f".{path.name}.part")
    count, last = 0, ""
    try:
        with scratch.open("w", encoding="utf-8") as out:
            out.write(json.dumps(_heading(by), ensure_ascii=False) + "\n")
            for last in lines():
                out.write(last + "\n")
                count += 1
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return count, json.loads(last)["hash"] if last else GENESIS


def _heading(by: Actor) -> dict[str, object]:
    """Stands before the chain and is no part of it."""
    moment = timezone.now().isoformat(timespec="seconds")
    return {"exported": {"at": moment, "account": by.user_id, "name": by.name, "role": by.role, "area": by.area_code}}
