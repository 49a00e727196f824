"""Lists delivered, imported, and what became of them."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from shouwang.areas import kunming
from shouwang.screening.datasets.national_lists import ListKind
from shouwang.screening.register_lists.importing import Imported, import_lists
from shouwang.terms.period import Month
from tests.support.city import id_number, rural_villages, village_cells
from tests.support.national_lists import write_list

JUNE = Month(2020, 6)
VILLAGE = village_cells(rural_villages()[0].code)
AREA = rural_villages()[0].code.digits
HEADERS = (
    "县", "乡", "行政村", "户编号", "人编号", "姓名", "证件号码", "人数", "与户主关系", "民族", "健康状况", "劳动技能",
    "人均纯收入", "户/人联系电话", "人员识别时间", "户类型",
)  # fmt: skip
ID = id_number(1, date(1980, 3, 1))


def row(household: str = "a", person: str = "a-1", **cells: str) -> dict[str, str]:
    """One person of the name list; headers with brackets are given by a dictionary."""
    whole = {
        "县": VILLAGE["县"], "乡": VILLAGE["乡镇"], "行政村": VILLAGE["行政村"], "户编号": household, "人编号": person,
        "姓名": "甲", "证件号码": ID, "人数": "1", "与户主关系": "户主", "民族": "汉族", "健康状况": "健康",
        "劳动技能": "普通劳动力", "人均纯收入": "9000", "户/人联系电话": "13800000000", "人员识别时间": "2014/1/2",
        "户类型": "脱贫户",
    }  # fmt: skip
    return whole | cells


def cells_of(rows: Sequence[dict[str, str]]) -> tuple[tuple[str, ...], list[list[str]]]:
    headers = tuple(dict.fromkeys(header for one in rows for header in one))
    return headers, [[one.get(header, "") for header in headers] for one in rows]


@dataclass(frozen=True)
class Result:
    """A city after an import."""

    city: Path
    told: Imported

    @property
    def folder(self) -> Path:
        return self.city / "registry" / str(self.told.month)

    def table(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(self.folder / f"{name}.parquet").to_pylist()
        return rows

    def one(self, name: str) -> dict[str, Any]:
        (only,) = self.table(name)
        return only

    def places(self, name: str) -> list[list[str]]:
        """Rows of quarantine.csv or notes.csv below the header."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = csv.reader(stream)
        assert header == ["file", "line", "column", "reason"]
        return rows


Import = Callable[..., Result]


@pytest.fixture
def importing(tmp_path: Path) -> Import:
    """Import these rows (one file per list of rows), or these files, as the register of June."""

    def run(*files: Sequence[dict[str, str]] | Path, month: Month = JUNE, kind: ListKind | None = None) -> Result:
        paths = []
        for number, file in enumerate(files, start=1):
            paths.append(file if isinstance(file, Path) else write_list(tmp_path / f"{number}.csv", *cells_of(file)))
        return Result(tmp_path / "city", import_lists(tmp_path / "city", paths, month, kunming(), kind))

    return run
