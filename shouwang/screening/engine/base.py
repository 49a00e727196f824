"""What the screening asks of an engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ibis import Table

Keep = Callable[[Table, str], Table]
"""Computes a table now and holds it under a name (an engine's `keep`)."""


class Engine(Protocol):
    """Typed Parquet in, expression, one Parquet file out."""

    name: str

    def read_parquet(self, path: Path) -> Table:
        """A Parquet file as a table expression."""

    def write(self, table: Table, path: Path) -> None:
        """Compute a table into one Parquet file; rows in the table's order where it is ordered."""

    def keep(self, table: Table, name: str) -> Table:
        """Compute a table now and hold it, under a name of this engine's own, until it closes."""

    def close(self) -> None:
        """Give everything back."""
