"""Lists of people as files, compared by the command as a user would."""

import csv
from pathlib import Path
from typing import Any

from shouwang.cli.main import main
from tests.support.city import WEIGHTS


def write_list(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A CSV file of these rows; the headers are the keys of the first."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def matched(left: Path, right: Path, out: Path, *more: str) -> list[tuple[int, int, str]]:
    """`shouwang match`: left row, right row and band of every pair."""
    assert main(["match", str(left), str(right), "--out", str(out), *more]) == 0
    with (out / "pairs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(int(row["left_row"]), int(row["right_row"]), row["band"]) for row in rows]


def sound(seventeen: str) -> str:
    """The id of these digits with its check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]
