"""Where deliveries are kept as delivered, and how one of them becomes the month's file.

    CITY/deliveries/<dataset>/<YYYY-MM>/<n>-<first 8 of sha256>/   delivered.<suffix>, delivery.json, reply.xlsx;
                                                                   of a county month.csv, what it was merged into
    CITY/extracts/<dataset>/<YYYY-MM>.<suffix>                     a copy of the accepted one with the highest n

A delivery appears whole, by one rename; that is the moment it counts. What follows (the copy in its place, the former
file gone, the former delivery marked) can be done again and again: whoever comes next after a crash does it first.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shouwang.screening.intake.folder import published
from shouwang.screening.intake.survey import SUFFIXES
from shouwang.terms.errors import UserError

DELIVERIES, EXTRACTS = "deliveries", "extracts"
UNRECOGNISED, UNDATED = "unrecognised", "undated"
"""Stand for the dataset and for the month where a file was not understood."""
RECORD, DELIVERED, MERGED = "delivery.json", "delivered", "month.csv"
ACCEPTED, REFUSED, SUPERSEDED = "accepted", "refused", "superseded"
NOTHING: dict[str, Any] = {}


@dataclass(frozen=True)
class Kept:
    """One delivery on disk."""

    folder: Path
    record: dict[str, Any]

    @property
    def number(self) -> int:
        return int(self.folder.name.split("-")[0])

    @property
    def file(self) -> Path:
        return next(path for path in self.folder.iterdir() if path.stem == DELIVERED)

    @property
    def month_file(self) -> Path:
        """What is to be the month's file: of a county the one it was merged into, else the one delivered."""
        merged = month_file(self.folder)
        return merged if merged.is_file() else self.file

    @property
    def is_placed(self) -> bool:
        """Whether everything that follows an acceptance has been done."""
        return bool(self.record.get("placed"))


def month_file(folder: Path) -> Path:
    """Where a delivery keeps the month's file that a county's was merged into."""
    return folder / MERGED


@contextmanager
def opened(city: Path) -> Iterator[None]:
    """One receiver at a time; what a killed one left undone is done first."""
    folder = city / DELIVERIES
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        raise UserError(f"不能写入 {city.name}", "给予写权限，再交一次") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        settle(city)
        yield
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def kept(city: Path, dataset: str, month: str) -> list[Kept]:
    """All deliveries of a month, oldest first."""
    folder = city / DELIVERIES / dataset / month
    found = [read(path) for path in folder.glob("[0-9]*-*") if (path / RECORD).is_file()]
    return sorted(found, key=lambda one: one.number)


def read(folder: Path) -> Kept:
    """One delivery."""
    return Kept(folder, json.loads((folder / RECORD).read_text(encoding="utf-8")))


def current(city: Path, dataset: str, month: str) -> Kept | None:
    """The delivery that counts for a month."""
    accepted = [one for one in kept(city, dataset, month) if one.record["status"] == ACCEPTED]
    return accepted[-1] if accepted else None


@contextmanager
def delivery(city: Path, dataset: str, month: str, *, sha256: str) -> Iterator[tuple[Path, Path]]:
    """A folder to fill with one delivery, and the name under which it appears when the block ends well."""
    parent = city / DELIVERIES / dataset / month
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = max((one.number for one in kept(city, dataset, month)), default=0) + 1
    folder = parent / f"{number}-{sha256[:8]}"
    with published(folder) as beside:
        yield beside, folder


def keep_file(folder: Path, file: Path) -> Path:
    """A copy of the file as delivered."""
    suffix = file.suffix.lower() if file.suffix.lower() in SUFFIXES else ".bin"
    target = folder / f"{DELIVERED}{suffix}"
    shutil.copyfile(file, target)
    target.chmod(0o600)
    return target


def write_record(folder: Path, record: dict[str, Any]) -> None:
    """Written beside and renamed: the old one or the new one."""
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    handle, beside = tempfile.mkstemp(dir=folder, prefix=f".{RECORD}.")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, folder / RECORD)


def settle(city: Path) -> None:
    """Sweep what a killed receiver left, and do what is left to do for every accepted delivery not yet in its place."""
    for left in [*(city / DELIVERIES).glob("*/*/.*.partial-*")]:
        shutil.rmtree(left)
    for left in [*(city / DELIVERIES).glob(f"*/*/[0-9]*-*/.{RECORD}.*"), *(city / EXTRACTS).glob("*/.*.partial")]:
        left.unlink()
    for record in sorted((city / DELIVERIES).glob(f"*/*/[0-9]*-*/{RECORD}")):
        one = read(record.parent)
        if one.record["status"] == ACCEPTED and not one.is_placed:
            place(city, one)


def place(city: Path, one: Kept) -> str:
    """Make an accepted delivery the month's file. Returns what it took the place of, inside CITY; empty for nothing.

    In this order: the former file is kept if no delivery holds it, the new one put in its place, the former one of
    another suffix removed, the former deliveries marked, and last this one. Every step may be done again.
    """
    dataset, month = one.folder.parent.parent.name, one.folder.parent.name
    folder = city / EXTRACTS / dataset
    folder.mkdir(parents=True, exist_ok=True)
    former = files_of(folder, month)
    _keep_strangers(city, one, former)
    target = folder / f"{month}{one.month_file.suffix}"
    _copy(one.month_file, target)
    for path in former:
        if path.name != target.name:
            path.unlink(missing_ok=True)
    replaced = ""
    for other in kept(city, dataset, month):
        if other.number != one.number and other.record["status"] in (ACCEPTED, SUPERSEDED):
            replaced = other.folder.relative_to(city).as_posix()
            write_record(other.folder, other.record | {"status": SUPERSEDED, "superseded_by": one.number})
    write_record(one.folder, one.record | {"placed": target.relative_to(city).as_posix()})
    return replaced


def files_of(folder: Path, month: str) -> list[Path]:
    """The month's files as the screening sees them; more than one only where a receiver was killed."""
    if not folder.is_dir():
        return []
    return sorted(p for p in folder.iterdir() if p.stem == month and p.name[0] not in ".~" and p.is_file())


def _keep_strangers(city: Path, one: Kept, former: list[Path]) -> None:
    """A file that was put there by other hands is kept too, as delivery number 0."""
    dataset, month = one.folder.parent.parent.name, one.folder.parent.name
    known = {other.record.get("month_sha256", other.record["sha256"]) for other in kept(city, dataset, month)}
    for path in former:
        sha256 = sha256_of(path)
        folder = one.folder.parent / f"0-{sha256[:8]}"
        if sha256 not in known and not folder.exists():
            with published(folder) as beside:
                keep_file(beside, path)
                write_record(beside, {"status": SUPERSEDED, "sha256": sha256, "dataset": dataset, "month": month})


def _copy(file: Path, target: Path) -> None:
    """Beside its place, then renamed; hidden meanwhile, so that no screening reads half of it."""
    beside = target.with_name(f".{target.name}.partial")
    shutil.copyfile(file, beside)
    with beside.open("rb") as stream:
        os.fsync(stream.fileno())
    os.replace(beside, target)
