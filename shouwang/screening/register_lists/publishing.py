"""The register of a month appears whole; the one it supersedes is kept."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shouwang.screening.intake.folder import published
from shouwang.terms.period import Month

READY, SUPERSEDED = ".ready-", ".superseded"


@contextmanager
def publishing(city: Path, month: Month) -> Iterator[tuple[Path, str]]:
    """A folder to write into, and where the former register of the month will be kept ('' where there is none).

    Written and flushed beside its place, then renamed in three steps; `finish` completes them after a crash.
    """
    registry = city / "registry"
    registry.mkdir(mode=0o700, exist_ok=True)
    finish(registry)
    former = registry / str(month)
    kept = _free(registry, month) if former.is_dir() else None
    ready = registry / f"{READY}{month}"
    with published(ready) as partial:
        yield partial, str(kept.relative_to(city)) if kept else ""
    _take_place(ready, former, kept)


def finish(registry: Path) -> None:
    """Give its place to a register that was complete when its import was stopped."""
    for ready in sorted(registry.glob(f"{READY}*")):
        month = Month.parse(ready.name.removeprefix(READY))
        former = registry / str(month)
        _take_place(ready, former, _free(registry, month) if former.is_dir() else None)


def _free(registry: Path, month: Month) -> Path:
    """The first free name among the superseded registers of the month."""
    number = 1
    while (registry / SUPERSEDED / f"{month}-{number}").exists():
        number += 1
    return registry / SUPERSEDED / f"{month}-{number}"


def _take_place(ready: Path, place: Path, kept: Path | None) -> None:
    if kept:
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        if (place / "measures.parquet").is_file() and not (ready / "measures.parquet").exists():
            shutil.copy2(place / "measures.parquet", ready / "measures.parquet")
        place.rename(kept)
    ready.rename(place)
    handle = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
