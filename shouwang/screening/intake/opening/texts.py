"""CSV and other texts: any encoding, any separator, streamed."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import pyarrow.parquet as pq

from shouwang.screening.intake.opening.cleaning import clean
from shouwang.screening.intake.opening.contract import Form, NoRow, Opened, Repair
from shouwang.screening.intake.opening.encodings import NAMES, OTHER_ENCODING, SAMPLE, encoding_of, lines_of
from shouwang.screening.intake.opening.faults import no_header, refusal
from shouwang.screening.intake.opening.layout import DEEPEST, filled, find_header, title_of
from shouwang.screening.intake.opening.rows import CHUNK, Chunk, Found, write_rows
from shouwang.screening.intake.opening.separators import SEPARATORS, UNPAIRED_QUOTE, rows_of, separator_of
from shouwang.screening.intake.opening.words import is_note, is_signature, is_total
from shouwang.terms.errors import DataError, Fault

SHORT, LONG = "列数不足", "列数过多"
FEWEST = 3
"""So many rows of another width than the header must be seen before a file is refused for it."""
Numbered = tuple[int, list[str]]


def open_text(path: Path, *, target: Path, name: str) -> Opened:
    """Read a text into `target`. Errors: `DataError`; `name` is how messages call the file."""
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    encoding = encoding_of(sample)
    no_rows: list[NoRow] = []
    lines = lines_of(path, encoding, no_rows=no_rows, name=name)
    first_lines = list(islice(lines, 2 * DEEPEST))
    separator = separator_of(first_lines)
    rows = rows_of(chain(first_lines, lines), separator, no_rows=no_rows)
    head = [(number, row) for number, row in islice(rows, DEEPEST) if not _is_directive(row)]
    cleaned = [[clean(cell) for cell in row] for _, row in head]
    header = find_header(cleaned)
    if header is None:
        raise no_header(name) if any(map(filled, cleaned)) else refusal("没有内容", "重新导出再交", name)
    repairs = tuple(_said(encoding, separator))
    found = Found(path, Form.TEXT, header, head[header.last][0], title_of(cleaned, header), repairs=repairs)
    below = chain(head[header.last + 1 :], rows)
    opened = write_rows(found, _chunks(below, len(header.names), no_rows, name), target=target, no_rows=no_rows)
    _refuse_unusable(no_rows, pq.read_metadata(target).num_rows, name)
    return opened


def _is_directive(row: list[str]) -> bool:
    """`sep=;`: what Excel writes above a text for itself."""
    return row[0].lower().startswith("sep=") and not any(row[1:])


def _said(encoding: str, separator: str) -> Iterator[Repair]:
    if encoding not in ("utf-8", "utf-8-sig"):
        yield Repair("encoding", f"编码 {NAMES[encoding]} → UTF-8", 1)
    if separator != ",":
        yield Repair("separator", f"分隔符 {SEPARATORS[separator]} → 逗号", 1)


def _chunks(rows: Iterator[Numbered], width: int, no_rows: list[NoRow], name: str) -> Iterator[Chunk]:
    read = 0
    while drawn := list(islice(rows, CHUNK)):
        chunk = Chunk([], [])
        for number, row in _fitting(drawn, width, no_rows):
            chunk.lines.append(number)
            chunk.rows.append(row)
        read += len(chunk.rows)
        yield chunk
        if len(no_rows) > CHUNK:  # a file of gigabytes is not read to its end to be refused
            _refuse_unusable(no_rows, read, name)


def _fitting(rows: list[Numbered], width: int, no_rows: list[NoRow]) -> Iterator[Numbered]:
    """Rows as wide as the header; blank cells beyond it are dropped, and words below the table are made as wide."""
    in_note = False
    for number, row in rows:
        if len(row) == width:
            yield number, row
        elif len(row) > width and not any(cell.strip() for cell in row[width:]):
            yield number, row[:width]
        elif len(row) < width and not any(cell.strip() for cell in row):
            yield number, [""] * width
        elif len(row) < width and (in_note := _is_aside(row, in_note)):
            yield number, [*row, *[""] * (width - len(row))]
        else:
            no_rows.append(NoRow(number, 0, SHORT if len(row) < width else LONG))


def _is_aside(row: list[str], in_note: bool) -> bool:
    """True for a total, a signature, a note or a further line of a note."""
    words = filled([clean(cell) for cell in row])
    if not words:
        return in_note
    return is_total(words[0]) or is_signature(words[0]) or is_note(words[0]) or (in_note and len(words) == 1)


def _refuse_unusable(no_rows: list[NoRow], rows: int, name: str) -> None:
    """Errors: `DataError` where a quote swallows rows, or where most rows are none; all such faults at once."""
    faults = [
        Fault(f"第 {lost.line} 行的引号不成对，后面的行也读不出来", "补上或去掉这个引号再交", name)
        for lost in no_rows
        if lost.reason == UNPAIRED_QUOTE and lost.more_lines
    ][:FEWEST]
    shifted = sum(1 for lost in no_rows if lost.reason in (SHORT, LONG))
    foreign = sum(1 for lost in no_rows if lost.reason == OTHER_ENCODING)
    if shifted >= FEWEST and shifted > rows:
        found = f"{rows + shifted} 行中有 {shifted} 行的列数与表头不同，列已经错位"
        faults.append(Fault(found, "多半是内容里的逗号没有加引号：另存为 .xlsx 再交", name))
    if foreign >= FEWEST and foreign > rows:
        found = f"{foreign} 行的编码与文件其余部分不同，像是几个文件拼在一起"
        faults.append(Fault(found, "分开交，或统一另存为 CSV UTF-8 再交", name))
    if faults:
        raise DataError(faults)
