"""Whatever a table is written in, opening it gives the same cells."""

import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import example, given

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.opening import Opened, open_file
from shouwang.screening.intake.raw_rows import CSV_OPTIONS
from tests.fuzz.delivered import Dress, Table, dresses, tables, write

Cells = list[tuple[str | None, ...]]
ONE = Table(("姓名", "证件号码"), (("张", "530113198003010011"), ("李", "")))


def cells_of(opened: Opened, folder: Path) -> Cells:
    if not opened.is_straight:
        return [tuple(row.values()) for row in pq.read_table(opened.rows, columns=list(opened.columns)).to_pylist()]
    db = DuckDB(folder)
    try:
        table = db.read_csv([opened.rows], dict.fromkeys(opened.columns, "VARCHAR"), CSV_OPTIONS)
        return [tuple(row.values()) for row in db.fetch(table.select(*opened.columns)).to_pylist()]
    finally:
        db.close()


def expected(table: Table) -> Cells:
    return [tuple(cell or None for cell in row) for row in table.rows]


@given(tables(), dresses())
@example(ONE, Dress())
@example(ONE, Dress(encoding="gb18030", separator="\t", titles=("标题",), total=True))
def test_cells_are_the_same_in_any_clothes(table: Table, dress: Dress) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        opened = open_file(write(table, dress, folder), scratch=folder)
        assert [header.split("_")[-1] for header in opened.headers] == list(table.headers)
        assert cells_of(opened, folder) == expected(table)
        assert opened.no_rows == ()
