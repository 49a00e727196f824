"""Text files hold what was written, in the encoding and with the separator asked for."""

import csv
import io
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from shouwang.modelcity.damage.habits import FileForm
from shouwang.modelcity.damage.text_files import TextFile

CELLS = [
    pa.array(["王　伟", None, 'sa"id', "two\nlines", "\u200b末", "plain"]),
    pa.array(["1,234.00", "a;b", "c\td", "", "x", "y"]),
    pa.array(["r\rr", "2", "3", None, "5", "6"]),
]
ROWS = [[text or "" for text in row] for row in zip(*(c.to_pylist() for c in CELLS), strict=True)]
MARKS = {"utf-8": b"", "utf-8-sig": b"\xef\xbb\xbf", "gb18030": b"", "utf-16": b"\xff\xfe"}


def written(path: Path, form: FileForm, blank: list[bool] | None = None) -> list[int]:
    file = TextFile(path, form)
    file.write_rows([["标题", "", ""], ["姓\n名", "甲", "乙"]])
    lines = file.write(CELLS, np.array(blank or [False] * 6))
    file.close()
    return lines.tolist()


@pytest.mark.parametrize("encoding", list(MARKS))
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("quoted", [True, False])
def test_rows_are_read_back(tmp_path: Path, encoding: str, separator: str, *, quoted: bool) -> None:
    form = FileForm("csv", encoding=encoding, separator=separator, all_quoted=quoted, line_end="\r\n")
    written(tmp_path / "f.csv", form)
    data = (tmp_path / "f.csv").read_bytes()
    assert data.startswith(MARKS[encoding])
    rows = list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=separator))
    assert rows == [["标题", "", ""], ["姓\n名", "甲", "乙"], *ROWS]


def test_line_ends_are_as_asked(tmp_path: Path) -> None:
    for end in ("\n", "\r\n"):
        file = TextFile(tmp_path / "f.csv", FileForm("csv", line_end=end))
        file.write_rows([["a", "b"], ["c", "d"]])
        file.close()
        assert (tmp_path / "f.csv").read_bytes() == f"a,b{end}c,d{end}".encode()


def test_all_cells_are_quoted_but_empty_ones(tmp_path: Path) -> None:
    file = TextFile(tmp_path / "f.csv", FileForm("csv", all_quoted=True))
    file.write([pa.array(["a", None])], np.zeros(2, bool))
    file.close()
    assert (tmp_path / "f.csv").read_bytes() == b'"a"\n\n'


def test_lines_count_breaks_within_cells_and_blank_rows(tmp_path: Path) -> None:
    lines = written(tmp_path / "f.csv", FileForm("csv"), [False, True, False, False, False, False])
    assert lines == [4, 5, 7, 8, 10, 11]  # the header takes two lines, so does the fourth row
    with (tmp_path / "f.csv").open(encoding="utf-8", newline="") as stream:
        text = stream.read().split("\n")
    assert text[4] == ",a;b,2"
    assert text[5] == ",,"
    assert text[10] == "plain,y,6"


def test_batches_follow_each_other(tmp_path: Path) -> None:
    file = TextFile(tmp_path / "f.csv", FileForm("csv", encoding="utf-16"))
    halves = [[column.slice(start, 3) for column in CELLS] for start in (0, 3)]
    first = [file.write(half, np.zeros(3, bool)).tolist() for half in halves]
    file.close()
    assert first == [[1, 2, 3], [4, 6, 7]]
    rows = list(csv.reader(io.StringIO((tmp_path / "f.csv").read_bytes().decode("utf-16"), newline="")))
    assert rows == ROWS
