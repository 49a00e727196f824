"""Rows below a header → Parquet of text, without what is no data: blanks, totals, headers printed again, signatures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shouwang.screening.intake.opening.cell_text import cell_text, column_text
from shouwang.screening.intake.opening.cleaning import clean, clean_column
from shouwang.screening.intake.opening.contract import LINE, Form, NoRow, Opened, Repair
from shouwang.screening.intake.opening.layout import DEEPEST, Header, below_the_table, filled
from shouwang.screening.intake.opening.words import is_total

CHUNK = 50_000
"""Rows held in memory at a time."""
SUMS = "[计計]"
"""The last character of every word for a total; names and values seldom have it."""


class Chunk(NamedTuple):
    """Some rows as wide as the header, and the lines they stand on."""

    lines: list[int]
    rows: list[Sequence[object]]


@dataclass(frozen=True)
class Found:
    """A table that was found in a file: what is known of it before its rows are read."""

    path: Path
    form: Form
    header: Header
    header_line: int
    title: str
    sheet: str = ""
    repairs: tuple[Repair, ...] = ()


@dataclass
class _Count:
    """What was left out or put right so far."""

    written: int = 0
    totals: int = 0
    again: int = 0
    blank: int = 0
    cells: int = 0
    filled: set[int] = field(default_factory=set)
    """Columns that hold anything."""


def write_rows(found: Found, chunks: Iterable[Chunk], *, target: Path, no_rows: Sequence[NoRow] = ()) -> Opened:
    """Write all rows of a table. `no_rows` may still grow while `chunks` are drawn."""
    names, count = found.header.names, _Count()
    fields = [(f"c{place}", pa.string()) for place in range(len(names))]
    schema = pa.schema([*fields, (LINE, pa.int64())])
    with pq.ParquetWriter(target, schema, compression="lz4", use_dictionary=False, write_statistics=False) as sink:
        held = Chunk([], [])
        for chunk in chunks:
            lines, rows = held.lines + chunk.lines, held.rows + chunk.rows
            held = Chunk(lines[-DEEPEST:], rows[-DEEPEST:])
            _write(sink, Chunk(lines[:-DEEPEST], rows[:-DEEPEST]), names, count)
        below = below_the_table([[clean(cell_text(cell)) for cell in row] for row in held.rows])
        _write(sink, Chunk(held.lines[: below.rows], held.rows[: below.rows]), names, count)
    kept = [place for place, name in enumerate(names) if name or place in count.filled]
    repairs = (*found.repairs, *_said(found.header, count, len(names) - len(kept), below.signatures, below.notes))
    return Opened(
        path=found.path,
        form=found.form,
        headers=tuple(names[place] for place in kept),
        columns=tuple(f"c{place}" for place in kept),
        header_line=found.header_line,
        rows=target,
        is_straight=False,
        sheet=found.sheet,
        title=found.title,
        repairs=repairs,
        no_rows=tuple(no_rows),
    )


def _write(sink: pq.ParquetWriter, chunk: Chunk, names: Sequence[str], count: _Count) -> None:
    if not chunk.rows:
        return
    columns = []
    for place, cells in enumerate(zip(*chunk.rows, strict=True)):
        column, changed = clean_column(column_text(cells))
        count.cells += changed
        if column.null_count < len(column):
            count.filled.add(place)
        columns.append(column)
    keep = _data(columns, names, count)
    table = pa.table([*columns, pa.array(chunk.lines, pa.int64())], schema=sink.schema)
    kept = table if keep is None else table.filter(keep)
    count.written += kept.num_rows
    sink.write_table(kept)


def _data(columns: list[pa.Array], names: Sequence[str], count: _Count) -> pa.Array | None:
    """A mask of the rows that are data; None where all are."""
    out: dict[int, str] = {}
    for place in _suspects(columns, names):
        row = [column[place].as_py() or "" for column in columns]
        if is_total(filled(row)[0]):
            out[place] = "total"
        elif all(cell == name or not name for cell, name in zip(row, names, strict=True)):
            out[place] = "again"
    count.totals += sum(1 for why in out.values() if why == "total")
    count.again += sum(1 for why in out.values() if why == "again")
    if all(column.null_count for column in columns):
        blank = pc.indices_nonzero(reduce(pc.and_, (column.is_null() for column in columns))).to_pylist()
        count.blank += len(blank)
        out |= dict.fromkeys(blank, "blank")
    if not out:
        return None
    mask = [True] * len(columns[0])
    for place in out:
        mask[place] = False
    return pa.array(mask)


def _suspects(columns: list[pa.Array], names: Sequence[str]) -> list[int]:
    """Rows with a word for a total in front, or with a header's word in its own column."""
    found: set[int] = set()
    for column in columns[:3]:
        found.update(pc.indices_nonzero(pc.match_substring_regex(column, SUMS)).to_pylist())
    named = next((place for place, name in enumerate(names) if name), None)
    if named is not None:
        found.update(pc.indices_nonzero(pc.equal(columns[named], names[named])).to_pylist())
    return sorted(found)


def _said(header: Header, count: _Count, blank_columns: int, signatures: int, notes: int) -> list[Repair]:
    told = [
        Repair("title", f"跳过表头上方 {header.first} 行", header.first),
        Repair("header", f"表头有 {header.rows} 行，已合为一行", header.rows if header.rows > 1 else 0),
        Repair("header", f"去掉重复的表头 {count.again} 行", count.again),
        Repair("columns", f"去掉空白列 {blank_columns} 列", blank_columns),
        Repair("blank", f"去掉空白行 {count.blank} 行", count.blank),
        Repair("total", f"去掉合计 {count.totals} 行", count.totals),
        Repair("signature", f"去掉落款 {signatures} 行", signatures),
        Repair("note", f"去掉表下备注 {notes} 行", notes),
        Repair("cells", f"整理单元格 {count.cells} 个：看不见的字符、换行、撇号、全角数字和字母", count.cells),
    ]
    return [repair for repair in told if repair.count]
