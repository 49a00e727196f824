"""One opened and understood file: accepted or refused, what is wrong with it, and how it differs from before."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening.datasets import Dataset, Kind
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import mappings
from shouwang.screening.intake.extracts import read_dataset
from shouwang.screening.intake.opening import Opened
from shouwang.screening.intake.survey import open_source
from shouwang.screening.intake.understanding import Understanding
from shouwang.screening.receiving import store
from shouwang.screening.receiving.checking import Checked, check, unlinked
from shouwang.screening.receiving.comparing import changes, questions
from shouwang.screening.receiving.limits import Limits
from shouwang.screening.receiving.merged import Merged
from shouwang.screening.receiving.people import People
from shouwang.screening.receiving.profile import Profile, profile
from shouwang.terms.errors import DataError, Fault
from shouwang.terms.period import Month


@dataclass(frozen=True)
class Judged:
    """What is known of a file before it is kept."""

    faults: tuple[Fault, ...]
    """Why it is refused; empty where it is accepted."""
    opened: Opened | None = None
    """Unknown where the file could not be opened."""
    understanding: Understanding | None = None
    checked: Checked | None = None
    """Unknown where the rows could not be looked at."""
    profile: Profile | None = None
    warnings: tuple[str, ...] = ()
    people: People | None = None
    merged: tuple[Merged, Path] | None = None
    """Of a county's file: what became of the rows, and the month's new file."""

    @property
    def is_accepted(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class _Bench:
    """What judging needs at hand."""

    db: DuckDB
    scratch: Path
    city: Path
    vocabulary: Vocabulary
    limits: Limits
    people: People


def judge(
    db: DuckDB,
    opened: Opened,
    understanding: Understanding,
    *,
    scratch: Path,
    city: Path,
    vocabulary: Vocabulary,
    limits: Limits,
    people: People,
    is_part: bool = False,
) -> Judged:
    """Look at every row, where file and header allow it. A file's faults are in the result, never raised.

    `is_part`: of one county, which is not compared with an earlier month of the whole city.
    """
    bench = _Bench(db, scratch, city, vocabulary, limits, people)
    if understanding.faults or understanding.dataset is None or understanding.month is None:
        return Judged(understanding.faults, opened, understanding)
    dataset, month = understanding.dataset, understanding.month
    try:
        checked = check(db, understanding.source(opened, label=opened.path.name), scratch, vocabulary)
    except DataError as error:
        return Judged(tuple(error.faults), opened, understanding)
    figures = profile(db, dataset, db.read_parquet(checked.typed.path), people.keys)
    asked = [] if is_part else _changes(bench, dataset, month, figures)
    warnings = (*questions(dataset, figures, limits), *asked)
    return Judged(_too_bad(checked, limits), opened, understanding, checked, figures, warnings, people)


def _too_bad(checked: Checked, limits: Limits) -> tuple[Fault, ...]:
    """Why a delivery is refused whole: too much cannot be used; a list that names nobody would speak of everybody."""
    counts = checked.counts
    if not counts.read and checked.source.dataset.kind is Kind.ROLL:
        return (Fault("名册里一行数据也没有", "交齐名单；确实没有人时由经办人书面说明"),)
    if counts.bad <= limits.bad_rows * counts.read:
        return ()
    found = f"{counts.read:,} 行中有 {counts.bad:,} 行不能用，超过 {float(limits.bad_rows):.0%}，整份退回".replace(
        "%", " %"
    )
    return (Fault(found, "按回复表逐处更正，或从源系统重新导出后再交"),)


def _changes(bench: _Bench, dataset: Dataset, month: Month, figures: Profile) -> list[str]:
    earlier = _earlier(bench.city, dataset, month)
    if earlier is None:
        return []
    before = _profile_of(bench, dataset, earlier)
    return changes(dataset, figures, before, month=str(earlier), limits=bench.limits) if before else []


def _earlier(city: Path, dataset: Dataset, month: Month) -> Month | None:
    """The newest month before this one that has a file."""
    folder = city / store.EXTRACTS / dataset.code
    found = [m for path in (folder.iterdir() if folder.is_dir() else ()) if (m := _month(path.stem)) and m < month]
    return max(found, default=None)


def _month(stem: str) -> Month | None:
    try:
        return Month.parse(stem)
    except ValueError:
        return None


def _profile_of(bench: _Bench, dataset: Dataset, month: Month) -> Profile | None:
    """As it was kept with the delivery; else read anew. Unknown: that file cannot be read."""
    one = store.current(bench.city, dataset.code, str(month))
    if one and one.record.get("profile") and not one.record.get("merged"):
        kept: dict[str, Any] = one.record["profile"]
        return kept
    paths = store.files_of(bench.city / store.EXTRACTS / dataset.code, str(month))
    try:
        agreed = mappings.agreed_columns(bench.city, dataset.code)
        folder = bench.scratch / "earlier"
        folder.mkdir(exist_ok=True)
        source = open_source(dataset, month, paths[0], bench.city, agreed=agreed, scratch=folder)
        read = read_dataset(bench.db, dataset, [source], folder, bench.vocabulary, unlinked)
    except (DataError, pa.ArrowInvalid, OSError):
        return None
    return profile(bench.db, dataset, bench.db.read_parquet(read.path), bench.people.keys)
