"""What became of damaged identities, by kind of damage: from a run's matches and the truth, nothing of linkage's own.

Usage: linkage_quality.py CITY RUN     a damaged model city that RUN screened; prints a Markdown table

Rows and matches meet by name and id, folded, as files spell them otherwise; the few that still do not meet count as not
linked. Left out: rows without an id, whose name may be anybody's, and names that are wrong beside a right id. Rows of
one name and id that other columns tell apart count as right where one of them is.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from shouwang.terms.writing import plain

ID_IS_RIGHT = ("same_sound", "look_alike", "swapped_name")
STRANGERS = ("namesake", "twin")
FATES = ("linked, right", "linked, wrong", "to a person, shown", "to a person, not shown", "not linked")
_UNSAID = str.maketrans("", "", "·'\"=")
Folded = tuple[str, str]


def folded(name: str, number: str) -> Folded:
    """Half-width, Simplified, without blanks, dots and what keeps Excel from reading a number."""
    return plain(name).translate(_UNSAID), plain(number).upper().translate(_UNSAID)


def person_key(number: str) -> int:
    """Seventeen digits × 11 + check digit, as matches.parquet names people."""
    return int(number[:17]) * 11 + (10 if number[17] == "X" else int(number[17]))


def rows_in_question(city: Path, run: Path) -> Iterator[dict[str, Any]]:
    """Damaged rows of the files the run read, that have an id."""
    inputs = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    read = {(parts[1], parts[2].split(".")[0]) for parts in (Path(label).parts for label in inputs)}
    for row in pq.read_table(city / "truth" / "damage_identities.parquet").to_pylist():
        if (row["dataset"], row["month"]) in read and row["id_number"] and row["kind"] not in ID_IS_RIGHT:
            yield row


def matches(city: Path, run: Path) -> dict[Folded, dict[str, set[str]]]:
    """Name and id → band → the people of the register."""
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    members = pq.read_table(city / "registry" / manifest["register"] / "members.parquet").to_pylist()
    people = {person_key(member["id_number"]): member["person_id"] for member in members}
    found: dict[Folded, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for match in pq.read_table(city / "matching" / manifest["as_of"] / "matches.parquet").to_pylist():
        who = folded(match["name"], match["written_id"] or "")
        found[who][match["band"]].add(people[match["person_key"]])
    return found


def fate(row: dict[str, Any], found: dict[str, set[str]]) -> str:
    """What became of a row."""
    if found.get("linked"):
        return FATES[0] if row["person_id"] in found["linked"] else FATES[1]
    if found.get("doubtful"):
        return FATES[2] if row["person_id"] in found["doubtful"] else FATES[3]
    return FATES[4]


def by_kind(city: Path, run: Path) -> dict[str, Counter[str]]:
    """Kind of damage → fates."""
    known, counted = matches(city, run), defaultdict(Counter)
    for row in rows_in_question(city, run):
        kind = row["kind"] + ("" if row["recoverable"] else ", file says no more")
        if row["person_id"] is None and row["kind"] not in STRANGERS:
            kind = "of somebody outside the register"
        counted[kind][fate(row, known.get(folded(row["name"], row["id_number"]), {}))] += 1
    return dict(sorted(counted.items()))


def table(counted: dict[str, Counter[str]]) -> str:
    """A row for each kind, then all of them."""
    lines = ["| kind | rows | " + " | ".join(FATES) + " |", "|---" * (len(FATES) + 2) + "|"]
    for kind, fates in [*counted.items(), ("all", sum(counted.values(), Counter()))]:
        lines.append(f"| {kind} | {fates.total():,} | " + " | ".join(f"{fates[name]:,}" for name in FATES) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(by_kind(Path(sys.argv[1]), Path(sys.argv[2]))))
