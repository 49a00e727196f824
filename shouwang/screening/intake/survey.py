"""What lies in a CITY: which register, which files of which months, and every fault that stops the run, at once."""

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from shouwang.screening.datasets import CATALOGUE, Dataset, Kind
from shouwang.screening.intake import mappings
from shouwang.screening.intake.headers import names_of, no_header_of, resolve
from shouwang.screening.intake.opening import NO_HEADER, Opened, open_file
from shouwang.screening.intake.places import RENAMES
from shouwang.screening.intake.recognising import misplaced
from shouwang.terms.errors import DataError, Fault, UserError
from shouwang.terms.period import Month, Period, last_full_month

SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".zip", ".parquet")
"""What a delivered file may be called; what it is, its content says."""
REGISTER_TABLES = ("households", "members", "incomes")


@dataclass(frozen=True)
class SourceFile:
    """One delivered file that this run reads."""

    dataset: Dataset
    month: Month
    path: Path
    label: str
    """Path inside CITY, as messages and the manifest name it."""
    opened: Opened
    columns: tuple[str, ...]
    """Our name of each column of `opened`; a header nobody reads keeps its own."""
    units: tuple[tuple[str, str], ...] = ()
    """Our name of a column → the unit its header states, where it states one."""


@dataclass(frozen=True)
class Found:
    """What lies in the places this run reads from; no file is opened yet."""

    city: Path
    as_of: date
    window: Period
    register_month: Month
    places: tuple[tuple[Dataset, Month, Path], ...]
    undelivered: dict[str, tuple[Month, ...]]
    faults: tuple[Fault, ...]

    @property
    def register_dir(self) -> Path:
        return self.city / "registry" / str(self.register_month)


@dataclass(frozen=True)
class Delivery:
    """What this run reads."""

    city: Path
    as_of: date
    window: Period
    register_month: Month
    files: tuple[SourceFile, ...]
    undelivered: dict[str, tuple[Month, ...]] = field(default_factory=dict)
    """Dataset code → months this run needs and does not have; absent where nothing is missing."""
    faults: tuple[Fault, ...] = ()
    """Of files that cannot be read: nothing can be published, but the other files may tell of more."""

    def of(self, code: str) -> list[SourceFile]:
        return [f for f in self.files if f.dataset.code == code]

    @property
    def register_dir(self) -> Path:
        return self.city / "registry" / str(self.register_month)


def require_city(city: Path) -> None:
    """Errors: `UserError` where there is no such folder, or it cannot be read."""
    if not city.is_dir():
        raise UserError(f"没有这个文件夹：{city.name}", "检查路径，或先用 shouwang city 造一个")
    try:
        next(city.iterdir(), None)
    except PermissionError:
        raise unreadable(city) from None


def unreadable(city: Path) -> UserError:
    """CITY, or a folder in it, denies reading."""
    return UserError(f"不能读取 {city.name}", "给予读权限，或复制一份再用")


def find(city: Path, as_of: date) -> Found:
    """Which files a run as of that date reads, by their places alone.

    Errors: `UserError` (no such CITY, nothing in it, date before the data).
    """
    require_city(city)
    try:
        return _find(city, as_of)
    except PermissionError:
        raise unreadable(city) from None


def _find(city: Path, as_of: date) -> Found:
    window = Period.full_months_before(as_of)
    register_month = newest_register(city, as_of)
    faults: list[Fault] = []
    delivered = _delivered(city, faults)
    places: list[tuple[Dataset, Month, Path]] = []
    undelivered: dict[str, tuple[Month, ...]] = {}
    for code, dataset in CATALOGUE.items():
        wanted, missing = _months(dataset, sorted(delivered.get(code, {})), window)
        if missing and not dataset.optional:
            undelivered[code] = missing
        places += [(dataset, month, delivered[code][month]) for month in wanted]
    faults += _register_faults(city / "registry" / str(register_month))
    return Found(city, as_of, window, register_month, tuple(places), undelivered, tuple(faults))


def open_all(found: Found, scratch: Path) -> Delivery:
    """Open every file; what must be put right first is written into `scratch`, which lies inside CITY.

    Errors: `DataError` where folders or names are wrong, with the faults of all files at once. Faults of files alone
    wait in `Delivery.faults` until the rows of the others are read.
    """
    faults: list[Fault] = []
    agreed = {code: _agreed(found.city, code, faults) for code in dict.fromkeys(d.code for d, _, _ in found.places)}
    files = []
    for dataset, month, path in found.places:
        try:
            files.append(open_source(dataset, month, path, found.city, agreed=agreed[dataset.code], scratch=scratch))
        except DataError as error:
            faults += error.faults
        except PermissionError:
            faults.append(Fault("没有读权限", "给予读权限，或复制一份再用", path.relative_to(found.city).as_posix()))
    if found.faults:
        raise DataError(sorted([*found.faults, *faults]))
    return Delivery(
        found.city,
        found.as_of,
        found.window,
        found.register_month,
        tuple(files),
        found.undelivered,
        tuple(faults),
    )


def newest_register(city: Path, as_of: date | None) -> Month:
    """The newest register not after the day; without a day, the newest there is. Errors: `UserError`."""
    known = [m for p in _folders(city / "registry") if (m := _month(p.name))]
    if not known:
        raise UserError(f"{city.name} 里没有登记册", "需要 registry/<年-月>/,内有 households、members、incomes")
    if as_of is None:
        return max(known)
    latest = last_full_month(as_of)
    usable = [m for m in known if m <= latest]
    if not usable:
        raise UserError(f"截至 {as_of} 还没有登记册（最早的是 {min(known)}）", "换一个更晚的 --as-of")
    return max(usable)


def _register_faults(folder: Path) -> list[Fault]:
    return [
        Fault(f"缺少 {name}.parquet", "补齐这个月的登记册", f"registry/{folder.name}")
        for name in REGISTER_TABLES
        if not (folder / f"{name}.parquet").is_file()
    ]


def _folders(parent: Path) -> list[Path]:
    return sorted(p for p in parent.iterdir() if p.is_dir() and p.name[0] != ".") if parent.is_dir() else []


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def _delivered(city: Path, faults: list[Fault]) -> dict[str, dict[Month, Path]]:
    """Dataset code → month → file. What is not understood becomes a fault."""
    found: dict[str, dict[Month, Path]] = {}
    folders = _folders(city / "extracts")
    if not folders:
        raise UserError(f"{city.name} 里没有部门数据", "需要 extracts/<数据集>/<年-月>.csv 或 .xlsx")
    for folder in folders:
        if folder.name not in CATALOGUE:
            faults.append(
                Fault("没有声明过的数据集", f"改为其中之一：{'、'.join(CATALOGUE)}；或移走", f"extracts/{folder.name}")
            )
            continue
        found[folder.name] = _files_of(folder, faults)
    return found


def _files_of(folder: Path, faults: list[Fault]) -> dict[Month, Path]:
    months: dict[Month, Path] = {}
    for path in sorted(p for p in folder.iterdir() if p.name[0] not in ".~"):
        where = f"extracts/{folder.name}/{path.name}"
        month = _month(path.stem)
        if month is None or path.suffix.lower() not in SUFFIXES or not path.is_file():
            faults.append(Fault("文件名看不懂", "写作 2020-06.csv 或 2020-06.xlsx", where))
        elif month in months:
            faults.append(Fault(f"{month} 已有 {months[month].name}", "同一个月只留一个文件", where))
        else:
            months[month] = path
    return months


def _months(dataset: Dataset, delivered: Sequence[Month], window: Period) -> tuple[list[Month], tuple[Month, ...]]:
    """Which delivered months the run reads, and which it needs and does not have."""
    past = [m for m in delivered if m <= window.end]
    if dataset.kind is Kind.ROLL:
        recent = [m for m in past if m >= window.start]  # an older roll says nothing of today
        return recent[-1:], () if recent else (window.end,)
    if dataset.kind is Kind.EVENTS and dataset.code != "visits":
        past = [m for m in past if m >= window.start]
        return past, tuple(m for m in window.months if m not in past)
    if dataset.code == "visits":  # a verified value counts until a newer verified one, however old
        return past, tuple(m for m in window.months if m not in past)
    if not past:
        return [], (window.end,)
    return past, tuple(m for m in Period(past[0], window.end).months if m not in past)


def _agreed(city: Path, code: str, faults: list[Fault]) -> dict[str, str]:
    try:
        return mappings.agreed_columns(city, code)
    except DataError as error:
        faults += error.faults
        return {}


def open_source(
    dataset: Dataset, month: Month, path: Path, city: Path, *, agreed: Mapping[str, str], scratch: Path
) -> SourceFile:
    """Open one file of CITY as a month of a dataset. Errors: `DataError` with all faults of the file at once."""
    label = path.relative_to(city).as_posix()
    try:
        opened = open_file(path, scratch=scratch)
    except DataError as error:
        raise DataError([_told_of(fault, dataset, label) for fault in error.faults]) from None
    resolved = resolve(dataset, opened.headers, agreed, where=label)
    faults = misplaced(dataset, opened.headers, resolved, where=label) or resolved.faults
    if faults:
        raise DataError(list(faults))
    return SourceFile(
        dataset, month, path, label, opened, names_of(opened.headers, resolved), resolved.units(dataset, opened.title)
    )


def _told_of(fault: Fault, dataset: Dataset, label: str) -> Fault:
    if fault.found == NO_HEADER:
        return no_header_of(dataset, label)
    return replace(fault, where=label)


class Fingerprints:
    """sha256 of every input, computed beside the reading."""

    def __init__(self, paths: dict[str, Path]) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._futures: dict[str, Future[str]] = {k: self._pool.submit(_sha256, p) for k, p in paths.items()}

    def all(self) -> dict[str, str]:
        """Label → sha256, hexadecimal."""
        hashes = {label: future.result() for label, future in self._futures.items()}
        self._pool.shutdown()
        return hashes


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fingerprints(found: Found) -> Fingerprints:
    """Start hashing every file the run reads."""
    paths = {path.relative_to(found.city).as_posix(): path for _, _, path in found.places}
    folder = found.register_dir
    paths |= {f"registry/{folder.name}/{name}.parquet": folder / f"{name}.parquet" for name in REGISTER_TABLES}
    if (found.city / RENAMES).is_file():
        paths[RENAMES.as_posix()] = found.city / RENAMES
    return Fingerprints(paths)
