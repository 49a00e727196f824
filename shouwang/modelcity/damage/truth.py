"""What was damaged, kept beside the truth: which files how, and whose row says somebody else."""

from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns
from shouwang.modelcity.writing import ParquetFile

README = """
# What was damaged

- `damage_files.parquet`: one row per file that somebody handled: `file` as under `extracts/`, `kinds` of damage.
  All of it is lossless: whoever reads the file well has the same rows as in the city without damage.
- `damage_identities.parquet`: one row per row of a department file whose name or id is wrong, or that is about a
  stranger who resembles somebody of the register: `dataset`, `month`, `row` (the nth row of data, from 1), `line` (the
  line of the sheet or text file, as a person sees it), `person_id` of whom the row is really about, null for nobody of
  the register, `kind`, `recoverable`: whether the row still says who is meant, and `name` and `id_number` as the row
  has them.
- `damage_cells.parquet`: one row per cell that nobody can read any more: `dataset`, `month`, `row`, `line`,
  `person_id`, `header` (as in the contract), `kind`.

A row whose identity is not listed is about the person of its id; nobody of the register, if that does not hold it.
"""
_CELLS = pa.schema(
    [
        ("dataset", pa.string()),
        ("month", pa.string()),
        ("row", pa.int64()),
        ("line", pa.int64()),
        ("person_id", pa.string()),
        ("header", pa.string()),
        ("kind", pa.string()),
    ]
)
_SCHEMA = pa.schema(
    [
        ("dataset", pa.string()),
        ("month", pa.string()),
        ("row", pa.int64()),
        ("line", pa.int64()),
        ("person_id", pa.string()),
        ("kind", pa.string()),
        ("recoverable", pa.bool_()),
        ("name", pa.string()),
        ("id_number", pa.string()),
    ]
)


class DamageTruth:
    """The two files, growing as files are damaged."""

    def __init__(self, folder: Path) -> None:
        with (folder / "README.md").open("a", encoding="utf-8") as readme:
            readme.write(README)
        self._folder = folder
        self._identities = ParquetFile(folder / "damage_identities.parquet", _SCHEMA, plain=("person_id",))
        self._cells = ParquetFile(folder / "damage_cells.parquet", _CELLS)
        self._files: list[tuple[str, list[str]]] = []

    def add_file(self, file: str, kinds: list[str]) -> None:
        """What was done to a file; nothing is kept of files nobody handled."""
        if kinds:
            self._files.append((file, kinds))

    def add_identities(
        self,
        file: tuple[str, str],
        *,
        row: NDArray[np.int64],
        line: NDArray[np.int64],
        person_ids: pa.StringArray,
        kind: NDArray[np.int64],
        kinds: tuple[str, ...],
        recoverable: tuple[bool, ...],
        name: pa.StringArray,
        id_number: pa.StringArray,
    ) -> None:
        """Rows of a file (dataset, month). `kind` indexes `kinds` and `recoverable`."""
        values = [
            *(columns.constant(part, len(row)) for part in file),
            columns.numbers(row),
            columns.numbers(line),
            person_ids,
            columns.labels(kinds, kind),
            pa.array(np.array(recoverable, bool)[kind]),
            name,
            id_number,
        ]
        if len(row):
            self._identities.add(pa.table(values, schema=_SCHEMA))

    def add_cells(
        self,
        file: tuple[str, str],
        *,
        row: NDArray[np.int64],
        line: NDArray[np.int64],
        person_ids: pa.StringArray,
        headers: list[str],
        kinds: list[str],
    ) -> None:
        """Destroyed cells of a file (dataset, month)."""
        values = [
            *(columns.constant(part, len(row)) for part in file),
            columns.numbers(row),
            columns.numbers(line),
            person_ids,
            pa.array(headers, pa.string()),
            pa.array(kinds, pa.string()),
        ]
        if len(row):
            self._cells.add(pa.table(values, schema=_CELLS))

    def close(self) -> None:
        """Finish the files, or let go of them."""
        self._identities.close()
        self._cells.close()
        files = pa.table(
            {"file": [file for file, _ in self._files], "kinds": [kinds for _, kinds in self._files]},
            schema=pa.schema([("file", pa.string()), ("kinds", pa.list_(pa.string()))]),
        )
        growing = ParquetFile(self._folder / "damage_files.parquet", files.schema)
        growing.add(files)
        growing.close()
