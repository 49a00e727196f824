"""What people decided on doubtful matches: kept as dated files in CITY/decisions, replayed on every later run.

An identity is recognised by a fingerprint of its name and id as written, so that a decision holds in every file and
month in which they are written so. Two decisions that contradict each other are told, and neither is replayed.
"""

import csv
import os
from collections import defaultdict
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path

from shouwang.terms.errors import DataError, Fault

FOLDER = "decisions"
FINGERPRINT = (
    "sha256(concat_ws('|', {t}.name, coalesce({t}.id, {t}.id_head, ''),"
    " case when {t}.id is null then concat_ws('|', coalesce({t}.birth, ''), coalesce({t}.phone, ''),"
    " coalesce({t}.area, {t}.address, '')) end))"
)
"""SQL: of the compared forms, so that a blank or a full-width digit makes no other identity. Where the id is lost, what
else is known of the person belongs to it."""


class Verdict(StrEnum):
    """What a person found."""

    SAME = "同一人"
    OTHER = "不是"
    OPEN = "待查"


@dataclass(frozen=True)
class Decision:
    """One decision on one identity and one person of the register."""

    dataset: str
    fingerprint: str
    person_id: str
    decision: Verdict
    by: str
    on: date


_COLUMNS = tuple(f.name for f in fields(Decision))


@dataclass(frozen=True)
class Decided:
    """All decisions of a city, read together."""

    same: dict[str, str]
    """Fingerprint → the person it is."""
    others: frozenset[tuple[str, str]]
    """Fingerprints and persons they are not."""
    contradictory: frozenset[str]
    """Fingerprints about which people said what cannot both be true."""


def read_decisions(city: Path) -> list[Decision]:
    """All decisions of a city in the order they were made. Errors: `DataError` with every line that cannot be read."""
    found: list[Decision] = []
    faults: list[Fault] = []
    for path in sorted((city / FOLDER).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), 2):
                try:
                    found.append(_decision(row))
                except (KeyError, ValueError, TypeError):
                    where = f"{FOLDER}/{path.name} 第 {number} 行"
                    faults.append(Fault("不是一条完整的决定", f"列应为：{'、'.join(_COLUMNS)}", where))
    if faults:
        raise DataError(faults)
    return sorted(found, key=lambda one: one.on)


def _decision(row: dict[str, str]) -> Decision:
    if not row["fingerprint"] or not row["person_id"]:
        raise ValueError("empty")
    cells = {name: row[name] for name in ("dataset", "fingerprint", "person_id", "by")}
    return Decision(**cells, decision=Verdict(row["decision"]), on=date.fromisoformat(row["on"]))


def replayed(decisions: list[Decision]) -> Decided:
    """What the decisions say together. A later one on the same pair counts; what still contradicts is told."""
    last: dict[tuple[str, str], Verdict] = {}
    said: dict[tuple[str, str], set[Verdict]] = defaultdict(set)
    for one in decisions:
        if one.decision is not Verdict.OPEN:
            last[one.fingerprint, one.person_id] = one.decision
            said[one.fingerprint, one.person_id].add(one.decision)
    persons: dict[str, set[str]] = defaultdict(set)
    for (fingerprint, person), verdict in last.items():
        if verdict is Verdict.SAME:
            persons[fingerprint].add(person)
    contradictory = {f for f, several in persons.items() if len(several) > 1}
    contradictory |= {fingerprint for (fingerprint, _), verdicts in said.items() if len(verdicts) > 1}
    return Decided(
        same={f: next(iter(one)) for f, one in persons.items() if f not in contradictory},
        others=frozenset(
            pair for pair, verdict in last.items() if verdict is Verdict.OTHER and pair[0] not in contradictory
        ),
        contradictory=frozenset(contradictory),
    )


def write_decisions(city: Path, decisions: list[Decision], *, on: date) -> Path:
    """Keep decisions as the next file of their day: `<date>-<n>.csv`, written beside and renamed."""
    folder = city / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    number = 1 + max((int(path.stem.rpartition("-")[2]) for path in folder.glob(f"{on}-*.csv")), default=0)
    path, partial = folder / f"{on}-{number}.csv", folder / f".{on}-{number}.partial"
    with partial.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, _COLUMNS)
        writer.writeheader()
        writer.writerows(asdict(one) for one in decisions)
        stream.flush()
        os.fsync(stream.fileno())
    partial.rename(path)
    return path
