"""Proving an exported chain: needs nothing but the file, and the head of an earlier day if somebody kept it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from shouwang.office.audit.chain import GENESIS, line, link

HEADING = '{"exported":'


@dataclass(frozen=True)
class Proof:
    """What proving found. `broken_at`: the first number where the chain breaks; None: it holds. `head`: last hash."""

    events: int
    head: str
    broken_at: int | None = None
    why: str = ""
    last_sound_at: str = ""
    """The time of the last event before the break."""

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def prove(rows: Iterable[str], *, kept_heads: Iterable[str] = ()) -> Proof:
    """Walk the chain. `kept_heads` are hashes noted on earlier days: each must be met, or the chain was made anew."""
    previous, count, at = GENESIS, 0, ""
    missing = set(kept_heads)
    for place, text in enumerate(rows):
        if place == 0 and text.startswith(HEADING):
            continue  # who exported it and when: no part of the chain
        count += 1
        fault, digest, moment = _fault(text, count, previous)
        if fault:
            return Proof(count - 1, previous, count, fault, at)
        previous, at = digest, moment
        missing.discard(digest)
    if missing:
        return Proof(
            count, previous, count, f"留存的链首 {sorted(missing)[0][:12]}… 不在链上：链被整体重做过，或尾部被截去", at
        )
    return Proof(count, previous, last_sound_at=at)


def _fault(text: str, number: int, previous: str) -> tuple[str, str, str]:
    """What is wrong with a line at its place (empty: nothing), its hash, its time."""
    try:
        row = json.loads(text)
        event, digest = row["event"], row["hash"]
        if row["number"] != number:
            return f"第 {number} 号缺失，此处是第 {row['number']} 号", "", ""
        if row["previous_hash"] != previous:
            return "前一条的指纹对不上：前面有事件被改、被删或被插入", "", ""
        if link(number, previous, event) != digest:
            return "内容与指纹不符：这一条被改过", "", ""
        if text.rstrip("\r\n") != line(number, previous, digest, event):
            return "这一行和导出时写的不一样：旁边加了指纹不管的内容", "", ""
        return "", digest, event["at"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return "这一行不是完整的事件", "", ""
