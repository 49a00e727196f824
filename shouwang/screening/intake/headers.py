"""First rows: which column is which."""

import csv
import unicodedata
from pathlib import Path

import pyarrow.parquet as pq

from shouwang.screening.datasets import Dataset
from shouwang.screening.intake.workbooks import WorkbookFault, first_row

REPLACED = "\ufffd"
"""What stands for bytes that are no UTF-8."""


class HeaderFault(Exception):  # noqa: N818  a fault of the data, told with its cure
    """A file whose header cannot be used."""

    def __init__(self, found_and_cure: list[tuple[str, str]]) -> None:
        super().__init__(found_and_cure)
        self.found_and_cure = found_and_cure


def folded(header: str) -> str:
    """Full-width to half-width, no spaces: how headers are compared."""
    return "".join(unicodedata.normalize("NFKC", header).split())


def read_header(path: Path) -> list[str]:
    """The first row. Errors: `HeaderFault` for a file that is empty or not what its name says."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".parquet":
            return list(pq.read_schema(path).names)
        if suffix == ".xlsx":
            return first_row(path)
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            header = next(csv.reader(stream), [])
    except (WorkbookFault, OSError, ValueError, csv.Error):
        raise HeaderFault([(f"不是可以打开的 {suffix} 文件", "重新导出再交")]) from None
    if any(REPLACED in cell for cell in header):
        raise HeaderFault([("不是 UTF-8 编码", "另存为 CSV UTF-8 再交")])
    return header


def resolve_header(dataset: Dataset, path: Path) -> tuple[str, ...]:
    """Our name for every column of the file, in its order; what nobody reads keeps its own header.

    Errors: `HeaderFault`, all missing or doubled columns at once.
    """
    written = read_header(path)
    names = {folded(h): column.name for column in reversed(dataset.columns) for h in reversed(column.headers)}
    if not any(folded(cell) in names for cell in written):  # perhaps a row of people: it is not repeated
        raise HeaderFault([("没有表头", f"第一行应为：{'、'.join(c.header for c in dataset.columns)}")])
    resolved: list[str] = []
    faults: list[tuple[str, str]] = []
    for place, cell in enumerate(written):
        name = names.get(folded(cell), f"_{place}_{folded(cell)}")
        if name in resolved:
            faults.append((f"列“{cell}”出现两次", "只留一列"))
            name = f"_{place}_{name}"
        resolved.append(name)
    faults += [
        (f"缺少列“{column.header}”", f"加上这一列（现有：{'、'.join(h for h in written if h)}）")
        for column in dataset.columns
        if column.name not in resolved
    ]
    if faults:
        raise HeaderFault(faults)
    return tuple(resolved)
