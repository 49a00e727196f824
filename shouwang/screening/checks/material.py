"""What lies at hand for the checks of a city: register, lists, measures, earlier registers, a run."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shouwang.screening.datasets.national_lists import ListKind
from shouwang.screening.intake.stored_lists import StoredList, stored_lists
from shouwang.screening.intake.survey import REGISTER_TABLES, newest_register
from shouwang.terms.errors import DataError, Fault, UserError
from shouwang.terms.period import Month

MEASURES = "measures.parquet"
MEASURE_COLUMNS = ("household_id", "measure", "kind", "status")
NEEDED = {
    "households": ("household_id", "area_code"),
    "members": ("household_id", "relation", "since", "until"),
    "incomes": ("household_id", "window_to", "collected_on"),
}
"""Without these there is nothing to check; every other column that is not there only keeps its rules from running."""


@dataclass(frozen=True)
class Material:
    """Files by what they are. A file that is not there is None: its rules cannot be run."""

    city: Path
    register: Path
    month: Month
    as_of: date
    columns: dict[str, frozenset[str]]
    """Register table → the columns it has."""
    lists: dict[ListKind, StoredList] = field(default_factory=dict)
    measures: Path | None = None
    earlier: tuple[Path, Path] | None = None
    """Members a year and two years before."""
    facts: Path | None = None

    @property
    def files(self) -> list[Path]:
        """Every file that is read."""
        tables = [self.register / f"{name}.parquet" for name in REGISTER_TABLES]
        more = [self.measures, *(self.earlier or ()), self.facts]
        return [*tables, *(stored.path for stored in self.lists.values()), *(path for path in more if path)]


def gather(city: Path, as_of: date | None, run: Path | None = None) -> Material:
    """Find the files. Without a day: the newest register and its month's end.

    Errors: `UserError` (no such city, no register, no run), `DataError` (files that cannot be read).
    """
    if not city.is_dir():
        raise UserError(f"没有这个文件夹：{city.name}", "检查路径，或先用 shouwang city 造一个")
    try:
        month = newest_register(city, as_of)
        return _gather(city, month, as_of or month.last, run)
    except PermissionError:
        raise UserError(f"不能读取 {city.name}", "给予读权限，或复制一份再用") from None


def _gather(city: Path, month: Month, as_of: date, run: Path | None) -> Material:
    register = city / "registry" / str(month)
    faults: list[Fault] = []
    columns = {name: _columns(register / f"{name}.parquet", NEEDED[name], faults) for name in REGISTER_TABLES}
    measures = register / MEASURES
    if measures.is_file():
        _columns(measures, MEASURE_COLUMNS, faults)
    if faults:
        raise DataError(sorted(faults))
    before = [city / "registry" / str(month.plus(-12 * years)) / "members.parquet" for years in (1, 2)]
    return Material(
        city=city,
        register=register,
        month=month,
        as_of=as_of,
        columns=columns,
        lists=stored_lists(register),
        measures=measures if measures.is_file() else None,
        earlier=(before[0], before[1]) if all(path.is_file() for path in before) else None,
        facts=_facts(run) if run else None,
    )


def _columns(path: Path, needed: tuple[str, ...], faults: list[Fault]) -> frozenset[str]:
    where = f"registry/{path.parent.name}/{path.name}"
    try:
        present = frozenset(pq.read_schema(path).names)
    except FileNotFoundError:
        faults.append(Fault(f"缺少 {path.name}", "补齐这个月的登记册", f"registry/{path.parent.name}"))
        return frozenset()
    except (pa.ArrowInvalid, OSError):
        faults.append(Fault("不是可以打开的 Parquet 文件", "重新导出", where))
        return frozenset()
    faults += [Fault(f"缺少列 {name}", "补上这一列", where) for name in needed if name not in present]
    return present


def _facts(run: Path) -> Path:
    """Errors: `UserError` where there is no finished run."""
    try:
        json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        pq.read_schema(run / "facts.parquet")
    except (OSError, ValueError):
        raise UserError(f"{run.name} 不是一次完整的筛查结果", "给出 shouwang screen 写成的文件夹") from None
    return run / "facts.parquet"


def run_day(run: Path) -> str:
    """The as-of date of a run."""
    return str(json.loads((run / "manifest.json").read_text(encoding="utf-8")).get("as_of", ""))
