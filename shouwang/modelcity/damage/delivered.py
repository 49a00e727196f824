"""One file as somebody hands it in: clean as ever, or as handled by somebody with habits."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.modelcity import layout, months
from shouwang.modelcity.damage import frames, written_places
from shouwang.modelcity.damage.column_kinds import Kind
from shouwang.modelcity.damage.destroyed import Destroyed, destroy
from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.habits import Habit
from shouwang.modelcity.damage.spelled import spelled
from shouwang.modelcity.damage.spellings import words
from shouwang.modelcity.damage.text_files import TextFile
from shouwang.modelcity.damage.workbooks import Workbook
from shouwang.modelcity.writing import DepartmentFile

_BLANK_ROWS = 0.002
_MADE = (2020, 7, 1, 0, 0, 0)


@dataclass(frozen=True)
class Written:
    """Where rows went: the line of each, and the cells destroyed on the way."""

    lines: NDArray[np.int64]
    destroyed: Destroyed = field(default_factory=lambda: Destroyed(np.zeros(0, np.int64), [], []))


class Delivered(Protocol):
    """A file that grows by batches of rows."""

    def add(self, table: pa.Table) -> Written:
        """Rows as the department knows them."""

    def close(self) -> Path:
        """Finish the file. Answers where it lies."""

    def abandon(self) -> None:
        """Let go of a file that will not be finished."""


class AsAgreed:
    """A file nobody touched."""

    def __init__(self, folder: Path, dataset: str, month: str) -> None:
        self._folder, self._month = folder / dataset, month
        self._file = DepartmentFile(folder, layout.DATASETS[dataset], months.MONTHS.index(month))

    def add(self, table: pa.Table) -> Written:
        before = self._file.rows
        self._file.add(table)
        return Written(before + 2 + np.arange(table.num_rows))

    def close(self) -> Path:
        self._file.close()
        return next(self._folder.glob(f"{self._month}.*"))

    def abandon(self) -> None:
        self._file.abandon()


class Handled:
    """A file as its habit has it. `lossy`: how much of the greatest share of cells is destroyed."""

    def __init__(self, folder: Path, habit: Habit, *, dataset: str, month: str, draws: Draws, lossy: float) -> None:
        self._path = folder / dataset / f"{month}.{habit.file.suffix}"
        self._habit, self._draws, self._lossy = habit, draws, lossy
        self._dataset, self._month = dataset, month
        self._sheet = frames.sheet(habit, dataset, month)
        self._sink: TextFile | Workbook = (
            Workbook(self._sheet.stored) if habit.file.is_workbook else TextFile(self._path, habit.file)
        )
        self._sink.write_rows(self._sheet.above)
        self._rows, self._sums = 0, [0] * len(habit.columns)

    def add(self, table: pa.Table) -> Written:
        if not table.num_rows:
            return Written(np.zeros(0, np.int64))
        rows = self._rows + np.arange(table.num_rows)
        cells = spelled(self._with_places(table), self._habit, rows=rows, draws=self._draws)
        cells, lost = destroy(cells, self._habit.columns, rows=rows, share=self._lossy, draws=self._draws)
        placed = frames.laid_out(cells, self._sheet, self._habit, first=self._rows + 1)
        blank = self._draws.uniform(rows, "blank row") < _BLANK_ROWS * self._sheet.blank_rows
        lines = self._sink.write(placed, blank)
        self._rows += table.num_rows
        self._sums = [a + b for a, b in zip(self._sums, self._amounts(table), strict=True)]
        return Written(np.asarray(lines, np.int64), lost)

    def _with_places(self, table: pa.Table) -> pa.Table:
        forms = [column.form for column in self._habit.columns if column.kind is Kind.PLACE]
        return written_places.written(table, forms[-1]) if forms else table

    def _amounts(self, table: pa.Table) -> list[int]:
        """Fen of each column of amounts."""
        return [
            int((pc.sum(table.column(place)).as_py() or 0) * 100) if column.kind is Kind.MONEY else 0
            for place, column in enumerate(self._habit.columns)
        ]

    def close(self) -> Path:
        below = frames.below(self._habit, self._sheet, self._month, rows=self._rows, sums=self._sums)
        self._sink.write_rows(below)
        if isinstance(self._sink, Workbook):
            frame = self._habit.frame
            self._sink.save(self._path, self._sheet.merges, others=frame.other_sheets, hidden=frame.hidden_sheet)
        else:
            self._sink.close()
        return _packed(self._path, self._name()) if self._habit.file.zipped else self._path

    def _name(self) -> str:
        """What people call the file they pack: 2020年6月医疗费用结算情况表.csv."""
        return f"{frames.month_zh(self._month)}{words('offices')[self._dataset][0]}{self._path.suffix}"

    def abandon(self) -> None:
        if isinstance(self._sink, TextFile):
            self._sink.close()


def _packed(path: Path, name: str) -> Path:
    target = path.with_suffix(".zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed, path.open("rb") as source:
        said = zipfile.ZipInfo(name, _MADE)
        said.compress_type = zipfile.ZIP_DEFLATED
        with packed.open(said, "w", force_zip64=True) as sink:
            while block := source.read(1 << 20):
                sink.write(block)
    path.unlink()
    return target
