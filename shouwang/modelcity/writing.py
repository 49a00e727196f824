"""Files written bit by bit: CSV and Parquet as rows come, small spreadsheets at the end."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import xlsxwriter
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from shouwang.modelcity import layout, months

_CSV = csv.WriteOptions(include_header=False, quoting_style="none", batch_size=8192)
_MADE = datetime(2020, 7, 1)  # noqa: DTZ001  a fixed date inside spreadsheets, so that the same city has the same bytes


class CsvFile:
    """A CSV file that grows by tables."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = path.open("wb")
        self._file.write((",".join(schema.names) + "\n").encode())
        self._writer = csv.CSVWriter(self._file, schema, write_options=_CSV)

    def add(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()
        self._file.close()


class ParquetFile:
    """A Parquet file that grows by tables."""

    def __init__(self, path: Path, schema: pa.Schema, *, plain: tuple[str, ...] = ()) -> None:
        dictionary = [name for name in schema.names if name not in plain]
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=dictionary)
        self.rows = 0

    def add(self, table: pa.Table) -> None:
        self._writer.write_table(table)
        self.rows += table.num_rows

    def close(self) -> None:
        self._writer.close()


def write_spreadsheet(path: Path, table: pa.Table) -> None:
    """One sheet, headers first: amounts and counts as numbers, all else as text."""
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet()
    amount = book.add_format({"num_format": "0.00"})
    for column, header in enumerate(table.column_names):
        sheet.write_string(0, column, header)
    writers = [_cell_writer(sheet, field.type, amount) for field in table.schema]
    for start in range(0, table.num_rows, 10_000):
        values = [_cells(column) for column in table.slice(start, 10_000).columns]
        for number, row in enumerate(zip(*values, strict=True), start + 1):
            for column, value in enumerate(row):
                if value is not None:
                    writers[column](number, column, value)
    book.close()


def _cell_writer(sheet: Worksheet, kind: pa.DataType, amount: Format) -> Callable[[int, int, Any], object]:
    if pa.types.is_decimal(kind):
        return lambda row, column, value: sheet.write_number(row, column, value, amount)
    return sheet.write_number if pa.types.is_integer(kind) else sheet.write_string


def _cells(column: pa.ChunkedArray) -> list[Any]:
    """Amounts as numbers, dates as text."""
    if pa.types.is_decimal(column.type):
        return column.cast(pa.float64()).to_pylist()
    return (column.cast(pa.string()) if pa.types.is_date(column.type) else column).to_pylist()


class DepartmentFile:
    """One dataset and month. It becomes CSV once it is too long for a spreadsheet, or at once where none is allowed."""

    def __init__(self, folder: Path, dataset: layout.Dataset, month: int, *, only_parquet: bool = False) -> None:
        self._dataset, self._path = dataset, folder / dataset.name / months.MONTHS[month]
        self._is_parquet = only_parquet or dataset.name == "visits"
        self._waiting: list[pa.Table] = []
        self._growing: CsvFile | ParquetFile | None = None
        self.rows = 0

    def add(self, table: pa.Table) -> None:
        self.rows += table.num_rows
        self._waiting.append(table)
        if self._is_parquet or not self._dataset.is_sheet or self.rows >= layout.SPREADSHEET_BELOW:
            self._flush()

    def _flush(self) -> None:
        table = pa.concat_tables(self._waiting)
        if self._growing is None:
            opened: Callable[[Path, pa.Schema], CsvFile | ParquetFile] = ParquetFile if self._is_parquet else CsvFile
            self._growing = opened(self._path.with_suffix(".parquet" if self._is_parquet else ".csv"), table.schema)
        if table.num_rows:
            self._growing.add(table)
        self._waiting.clear()

    def abandon(self) -> None:
        """Let go of a file that will not be finished."""
        if self._growing is not None:
            self._growing.close()
            self._growing = None

    def close(self) -> None:
        if self._growing is not None:
            if self._waiting:
                self._flush()
            self.abandon()
        else:
            write_spreadsheet(self._path.with_suffix(".xlsx"), pa.concat_tables(self._waiting))
        self._waiting.clear()


class DepartmentFiles:
    """All department files of a city. Every month of every dataset is written, with no rows where nothing happened."""

    def __init__(self, folder: Path, *, only_parquet: bool = False) -> None:
        """`only_parquet`: rows as departments know them, not as they hand them in."""
        self._folder, self._only_parquet = folder, only_parquet
        self._files: dict[tuple[str, int], DepartmentFile] = {}
        for name in layout.DATASETS:
            (folder / name).mkdir(parents=True)

    def add(self, dataset: str, month: int, table: pa.Table) -> None:
        """Rows of one month."""
        self._file(dataset, month).add(table)

    def add_by_month(self, dataset: str, table: pa.Table, month: NDArray[np.integer]) -> None:
        """Rows in order of `month`, the month of each row. Rows outside the thirteen months are left out."""
        for number in range(len(months.MONTHS)):
            first, last = np.searchsorted(month, [number, number + 1])
            self.add(dataset, number, table.slice(first, last - first))

    def _file(self, dataset: str, month: int) -> DepartmentFile:
        key = (dataset, month)
        if key not in self._files:
            self._files[key] = DepartmentFile(
                self._folder, layout.DATASETS[dataset], month, only_parquet=self._only_parquet
            )
        return self._files[key]

    def abandon(self) -> None:
        """Let go of files that will not be finished."""
        for file in self._files.values():
            file.abandon()

    def close(self, progress: Callable[[str, int, int], None]) -> dict[str, int]:
        """Finish all files. Answers the rows of each dataset."""
        rows: dict[str, int] = {}
        for done, ((dataset, _), file) in enumerate(sorted(self._files.items()), 1):
            file.close()
            rows[dataset] = rows.get(dataset, 0) + file.rows
            progress("files", done, len(self._files))
        return rows
