"""Text files in any encoding and with any separator, written batch by batch."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.modelcity.damage.habits import FileForm

_PYTHON = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "gb18030": "gb18030", "utf-16": "utf-16-le"}
_MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe"}


class TextFile:
    """A text file that grows by batches of rows."""

    def __init__(self, path: Path, form: FileForm) -> None:
        self._file, self._form = path.open("wb"), form
        self._file.write(_MARKS.get(form.encoding, b""))
        self.lines = 0
        """Lines written so far."""

    def write_rows(self, rows: list[list[str]]) -> None:
        """A few rows: titles, headers, totals."""
        if rows:
            cells = [pa.array(list(column), pa.string()) for column in zip(*rows, strict=True)]
            self.write(cells, np.zeros(len(rows), bool))

    def write(self, cells: list[pa.StringArray], blank_after: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Rows, some with a blank one behind them. Answers the line on which each begins."""
        quoted = [self._quoted(column) for column in cells]
        rows = pc.binary_join_element_wise(*quoted, self._form.separator, null_handling="replace", null_replacement="")
        end = self._form.line_end
        blank = end + self._form.separator * (len(cells) - 1) + end
        ends = pa.array([end, blank]).take(pa.array(blank_after.astype(np.int8)))
        whole = pc.binary_join_element_wise(rows, ends, "")
        taken = np.asarray(pc.count_substring(whole, "\n"), np.int64)
        first = self.lines + 1 + np.cumsum(taken) - taken
        self.lines += int(taken.sum())
        self._file.write(self._encoded(whole))
        return first

    def _quoted(self, column: pa.StringArray) -> pa.StringArray:
        needs = pc.match_substring_regex(column, f'[{self._form.separator}"\\r\\n]')
        if self._form.all_quoted:
            needs = pc.is_valid(column)
        elif not pc.any(needs).as_py():
            return column
        doubled = pc.replace_substring(column, '"', '""')
        marks = pa.array(['"'] * 1).take(pa.array(np.zeros(len(column), np.int8)))
        return pc.if_else(pc.fill_null(needs, False), pc.binary_join_element_wise(marks, doubled, marks, ""), column)

    def _encoded(self, rows: pa.StringArray) -> bytes:
        text = _bytes_of(rows)
        encoding = _PYTHON[self._form.encoding]
        return text if encoding == "utf-8" else text.decode("utf-8").encode(encoding)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _bytes_of(rows: pa.StringArray) -> bytes:
    """All strings one after another: what Arrow holds anyway."""
    if not len(rows):
        return b""
    offsets = np.frombuffer(rows.buffers()[1], np.int32)[rows.offset : rows.offset + len(rows) + 1]
    return rows.buffers()[2].to_pybytes()[offsets[0] : offsets[-1]]
