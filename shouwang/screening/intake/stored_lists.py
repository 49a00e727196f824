"""The national lists beside the register they made: every cell as it was delivered, so that nothing is lost."""

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from shouwang.screening.datasets.national_lists import ListColumn, ListKind, understood

FOLDER = "lists"
HEADERS = b"shouwang.headers"
"""Key of the file's metadata under which the headers stand, in order, as JSON."""
PLACE = ("file", "line", "used", "household_id", "person_id")
"""Columns before the cells: where a row was delivered, whether the register was made of it, and of whom it speaks."""


@dataclass(frozen=True)
class StoredList:
    """One list of a register's month.

    Shape of the file: one row per delivered row, in their order: `PLACE`, then text columns `c0`, `c1` … in the order
    of `headers`. Unknown: an empty cell is null; `household_id` or `person_id` are null where the row has none.
    """

    kind: ListKind
    path: Path
    headers: tuple[str, ...]

    @property
    def columns(self) -> dict[str, ListColumn]:
        """Column of the file (`c0` …) → what we understand by it; a column that is only kept has none."""
        return {f"c{n}": column for n, column in enumerate(understood(self.headers)) if column}


def path_of(register_dir: Path, kind: ListKind) -> Path:
    return register_dir / FOLDER / f"{kind}.parquet"


def stored_lists(register_dir: Path) -> dict[ListKind, StoredList]:
    """The lists that made this register; none where it came another way."""
    found = {}
    for kind in ListKind:
        path = path_of(register_dir, kind)
        if path.is_file():
            headers = json.loads((pq.read_schema(path).metadata or {}).get(HEADERS, b"[]"))
            found[kind] = StoredList(kind, path, tuple(headers))
    return found
