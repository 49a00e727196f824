"""The embedded engine. It also reads all delivered files, whichever engine grades them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
from ibis import Table

MEMORY_LIMIT = "1200MB"
"""DuckDB spills to the scratch folder beyond this; Python and Arrow need the rest of the 2 GB."""
FORMAT = "format parquet, row_group_size 61440"
"""Row groups of half the usual size: two threads that each hold one of a hundred columns stay within the limit."""


def _same_in_every_row(table: Table) -> dict[str, str]:
    """Column → text, of the columns that are a literal text."""
    columns = getattr(table.op(), "values", {})
    return {name: op.value for name, op in columns.items() if isinstance(op, ops.Literal) and op.dtype.is_string()}


class DuckDB:
    """One in-memory DuckDB with a scratch folder to spill into."""

    name = "duckdb"

    def __init__(self, scratch: Path, macros: Iterable[str] = (), memory_limit: str = MEMORY_LIMIT) -> None:
        self._ibis = ibis.duckdb.connect(
            memory_limit=memory_limit, temp_directory=str(scratch / "spill"), autoinstall_known_extensions="false"
        )
        for macro in macros:
            self._ibis.con.execute(macro)

    def read_parquet(self, path: Path, *, numbered: bool = False) -> Table:
        """A Parquet file; with `file_row_number` (from 0) where numbered."""
        return self._ibis.read_parquet(path, **({"file_row_number": True} if numbered else {}))

    def read_parquets(self, paths: list[Path]) -> Table:
        """Parquet files of the same columns as one, with the `filename` of every row."""
        return self._ibis.read_parquet([str(p) for p in paths], filename=True, union_by_name=True)

    def read_csv(self, paths: list[Path], columns: Mapping[str, str], options: Mapping[str, Any]) -> Table:
        return self._ibis.read_csv([str(p) for p in paths], columns=dict(columns), **options)

    def from_arrow(self, table: pa.Table) -> Table:
        return ibis.memtable(table)

    def write(self, table: Table, path: Path, *, passing: bool = False) -> None:
        """As `Engine.write`; what is only passing through is packed less tightly, and sooner."""
        codec = "snappy" if passing else "zstd"
        target = str(path).replace("'", "''")
        with self._in_any_order():
            self._ibis.con.execute(f"copy ({self._with_words(table)}) to '{target}' ({FORMAT}, compression {codec})")

    def _with_words(self, table: Table) -> str:
        """A text that is the same in every row is the one word of an enumeration, which Parquet keeps once."""
        same = {name: word.replace("'", "''") for name, word in _same_in_every_row(table).items()}
        if not same:
            return self._query(table)
        words = {name: f"'{word}'::enum('{word}')" for name, word in same.items()}
        columns = (f'{words[name]} as "{name}"' if name in words else f'"{name}"' for name in table.columns)
        return f"select {', '.join(columns)} from ({self._query(table.drop(*same))})"

    def write_csv(self, table: Table, path: Path) -> None:
        """Text rows in their order, under their names as headers."""
        target = str(path).replace("'", "''")
        self._ibis._run_pre_execute_hooks(table)
        self._ibis.con.execute(f"copy ({self._ibis.compile(table)}) to '{target}' (format csv, header)")

    def keep(self, table: Table, name: str) -> Table:
        with self._in_any_order():
            self._ibis.con.execute(f'create or replace temp table "{name}" as {self._query(table)}')
        return self._ibis.table(name, database=("temp", "main"))

    def _query(self, table: Table) -> str:
        """A sum is int64 to Ibis but a hugeint to DuckDB, which Parquet would keep as a float: so it is cast."""
        self._ibis._run_pre_execute_hooks(table)  # registers tables held in memory; what `to_parquet` of Ibis does
        whole = [f'"{name}"::bigint as "{name}"' for name, kind in table.schema().items() if kind.is_int64()]
        columns = f"* replace ({', '.join(whole)})" if whole else "*"
        return f"select {columns} from ({self._ibis.compile(table)})"

    @contextmanager
    def _in_any_order(self) -> Iterator[None]:
        """An ORDER BY still holds; much less is held back for the sake of a file's order."""
        self._ibis.con.execute("set preserve_insertion_order = false")
        try:
            yield
        finally:
            self._ibis.con.execute("set preserve_insertion_order = true")

    def fetch(self, table: Table) -> pa.Table:
        """A small result in memory."""
        return self._ibis.to_pyarrow(table)

    def batches(self, table: Table) -> Iterator[pa.RecordBatch]:
        """A large result, batch by batch, in the table's order."""
        result = self._ibis.con.sql(self._ibis.compile(table))
        return iter(result.to_arrow_reader(100_000))  # Ibis 12 asks DuckDB 2 for a method it no longer has

    def take_rejects(self) -> list[tuple[str, int, str, int]]:
        """File, first byte (from 1), kind and line breaks of every stretch of CSV since the last call that is no row.

        DuckDB's own line number counts rows, so it is off below a cell of several lines.
        """
        connection = self._ibis.con
        tables = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        if "reject_errors" not in tables:
            return []
        rows = connection.execute(
            "select s.file_path, e.line_byte_position, min(e.error_type),"
            " max(length(regexp_replace(trim(e.csv_line, chr(13) || chr(10)), '[^\n]', '', 'g'))) from reject_errors e"
            " join reject_scans s using (scan_id, file_id) group by all order by all"
        ).fetchall()
        connection.execute("delete from reject_errors; delete from reject_scans")
        return [(str(path), int(byte), str(kind), int(breaks)) for path, byte, kind, breaks in rows]

    def close(self) -> None:
        self._ibis.disconnect()
