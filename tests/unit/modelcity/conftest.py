"""One small city, written once and read by all tests of the room."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from shouwang.modelcity import write_city

HOUSEHOLDS = 5_000


@dataclass(frozen=True)
class City:
    folder: Path

    def register(self, name: str, month: str = "2020-06") -> pa.Table:
        return pq.read_table(self.folder / "registry" / month / f"{name}.parquet")

    def truth(self, name: str) -> pa.Table:
        return pq.read_table(self.folder / "truth" / f"{name}.parquet")

    @cached_property
    def members(self) -> list[dict[str, Any]]:
        return self.register("members").to_pylist()

    @cached_property
    def current(self) -> list[dict[str, Any]]:
        """The members of June who have not left."""
        return [member for member in self.members if member["until"] is None]

    def rows(self, dataset: str, month: str) -> list[list[Any]]:
        """Headers and rows of a department file, whatever its form, as text and numbers."""
        path = self.file(dataset, month)
        if path.suffix == ".xlsx":
            return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        if path.suffix == ".parquet":
            table = pq.read_table(path)
        else:
            header = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
            as_text = csv.ConvertOptions(column_types={name: pa.string() for name in header})
            table = csv.read_csv(path, convert_options=as_text)
        return [table.column_names, *(list(row.values()) for row in table.to_pylist())]

    def file(self, dataset: str, month: str) -> Path:
        (path,) = (self.folder / "extracts" / dataset).glob(f"{month}.*")
        return path


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("modelcity") / "city"
    write_city(folder, HOUSEHOLDS, seed=7)
    return City(folder)
