"""All files of a run typed, linked and counted; faults that no run can live with are raised together."""

from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from shouwang.areas import AreaTree
from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening import linkage
from shouwang.screening.datasets import CATALOGUE, Dataset, Key, Kind
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import quarantine
from shouwang.screening.intake.extracts import Link, Typed, read_dataset
from shouwang.screening.intake.months import FEWEST_DATED, TWO_MONTHS, MonthOf, is_of_month
from shouwang.screening.intake.other_city import FEWEST as FEWEST_OF_A_CITY
from shouwang.screening.intake.other_city import FEWEST_OF_OURS, other_city
from shouwang.screening.intake.places import RENAMES, changes_of, with_area_codes
from shouwang.screening.intake.raw_rows import month_number
from shouwang.screening.intake.register import Register, read_register
from shouwang.screening.intake.survey import Delivery, Found, open_all
from shouwang.screening.linkage import Tally
from shouwang.screening.run.likeness import Likeness, by_likeness
from shouwang.terms.errors import DataError, Fault
from shouwang.terms.period import Month

ANOTHER_MONTH = "像是别的月份的文件：换成本月的，或改文件名"
Step = Callable[[str, int, int], None]
"""Told what is being done, how much is done, of how much."""


@dataclass(frozen=True)
class Reading:
    """What intake and linkage made of a delivery."""

    register: Register
    paths: dict[str, Path]
    """Typed tables by name, for the engine."""
    tallies: dict[str, Tally]
    quarantined: dict[str, pa.Table]
    """Dataset or register table → places of rows that could not be used."""
    unlinked: dict[str, pa.Table]
    """Dataset → places of rows whose id is no id and that are like nobody, or that wait for a person."""
    rows: dict[str, int]
    """Rows of every input file, by its path inside CITY."""
    undelivered: dict[str, tuple[Month, ...]]
    """Dataset → months this run needs and does not have, or has and cannot use."""
    by_likeness: Mapping[str, int]
    """Rows whose id settled nothing, by what became of them."""


def read_all(
    db: DuckDB, found: Found, tree: AreaTree, vocabulary: Vocabulary, folder: Path, step: Step
) -> tuple[Delivery, Reading]:
    """Open, type, link and count everything. Errors: `DataError` with all faults of all files at once."""
    total = len(CATALOGUE) + 1
    step("登记册", 0, total)
    changes = changes_of(found.city, tree)
    tree = tree.with_changes(changes) if changes else tree
    delivery, register = _opened(db, found, tree, folder)
    paths = {
        "households": register.households,
        "members": register.members,
        "people": register.people,
        "incomes": register.incomes,
    }
    reads: dict[str, Typed] = {}
    counted: dict[str, list[dict[str, int]]] = {}
    tallies: dict[str, Tally] = {}
    quarantined = _register_places(register, delivery.register_month)
    unlinked: dict[str, pa.Table] = {}
    rows = {f"registry/{delivery.register_month}/{name}.parquet": n for name, n in register.rows.items()}
    if changes is not None:
        rows[RENAMES.as_posix()] = len(changes)
    faults = list(delivery.faults)
    for done, (code, dataset) in enumerate(CATALOGUE.items(), start=1):
        step(dataset.zh, done, total)
        try:
            read = read_dataset(db, dataset, delivery.of(code), folder, vocabulary, _link(db, dataset, paths, tree))
        except DataError as error:
            faults += error.faults
            continue
        paths[code], reads[code] = read.path, read
        counted[code] = months = _count(db, delivery, dataset, paths)
        faults += [*_wrong_months(read, months), *_other_cities(db, read, months, tree)]
    if faults:
        raise DataError(sorted(faults))
    likeness = by_likeness(reads.values(), register, found, tree, folder)
    for code, read in reads.items():
        if code in likeness.changed:
            counted[code] = _count(db, delivery, read.dataset, paths)
        months = counted[code]
        tallies[code] = linkage.tally(months, used=_used(db, delivery, read.dataset, paths), mangled=len(read.mangled))
        rows |= _rows_of_files(read, months)
        _keep(quarantined, code, _faulty(db, read, months, vocabulary))
        if read.dataset.key is Key.PERSON:
            _keep(unlinked, code, _unlinked(db, read, months, vocabulary, likeness))
    undelivered = delivery.undelivered | _spoilt_rolls(delivery, tallies)
    return delivery, Reading(register, paths, tallies, quarantined, unlinked, rows, undelivered, likeness.counts)


def _opened(db: DuckDB, found: Found, tree: AreaTree, folder: Path) -> tuple[Delivery, Register]:
    """The register is typed, which is DuckDB's work, while the departments' files are opened, which is Python's."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        typed = pool.submit(read_register, db, found.register_dir, found.as_of, tree.villages_table(), folder)
        try:
            delivery = open_all(found, folder)
        except DataError as error:
            of_register = [] if found.faults else _faults_of(typed)  # a table that is missing has been told of
            raise DataError(sorted({*error.faults, *of_register})) from None
        if faults := _faults_of(typed):
            raise DataError(sorted({*delivery.faults, *faults}))
        return delivery, typed.result()


def _faults_of(work: Future[Register]) -> list[Fault]:
    error = work.exception()
    if error is None or isinstance(error, DataError):
        return list(error.faults) if error else []
    raise error


def _spoilt_rolls(delivery: Delivery, tallies: dict[str, Tally]) -> dict[str, tuple[Month, ...]]:
    """Rolls most of whose rows cannot be used: who is missing from the rest is not known to be missing."""
    rolls = [code for code, dataset in CATALOGUE.items() if dataset.kind is Kind.ROLL]
    spoilt = [code for code in rolls if tallies[code].quarantined * 2 > tallies[code].read]
    return {code: tuple(f.month for f in delivery.of(code)) for code in spoilt}


def _link(db: DuckDB, dataset: Dataset, paths: dict[str, Path], tree: AreaTree) -> Link:
    """How a dataset's typed rows get the household, or the village, they are about."""
    if dataset.key is Key.VILLAGE:
        return lambda rows: with_area_codes(db, rows, tree)
    table, key = ("people", "person_key") if dataset.key is Key.PERSON else ("households", "household_id")
    register = db.read_parquet(paths[table])
    return lambda rows: linkage.with_household(rows, register, key)


def _count(db: DuckDB, delivery: Delivery, dataset: Dataset, paths: dict[str, Path]) -> list[dict[str, int]]:
    rows = db.read_parquet(paths[dataset.code])
    counted: list[dict[str, int]] = db.fetch(linkage.counts(dataset, rows, window=delivery.window)).to_pylist()
    return counted


def _used(db: DuckDB, delivery: Delivery, dataset: Dataset, paths: dict[str, Path]) -> int | None:
    rows = db.read_parquet(paths[dataset.code])
    found = linkage.used(dataset, rows, window=delivery.window)
    return None if found is None else int(db.fetch(found).to_pylist()[0]["used"])


def _rows_of_files(read: Typed, months: list[dict[str, int]]) -> dict[str, int]:
    by_month = {row["month"]: row["read"] for row in months}
    mangled = Counter(m.label for m in read.mangled)
    return {f.label: by_month.get(month_number(f.month), 0) + mangled[f.label] for f in read.files}


def _wrong_months(read: Typed, months: list[dict[str, int]]) -> list[Fault]:
    """Files most of whose rows lie in another month."""
    if read.dataset.kind is not Kind.EVENTS:
        return []
    files = {month_number(f.month): f for f in read.files}
    dated = [row for row in months if row["dated"] >= FEWEST_DATED]
    told = [(row, is_of_month(row["own_month"], of=row["dated"])) for row in dated]
    return [
        Fault(
            f"{row['dated']} 行中只有 {row['own_month']} 行的日期在 {files[row['month']].month}",
            ANOTHER_MONTH if found is MonthOf.OTHER else TWO_MONTHS,
            files[row["month"]].label,
        )
        for row, found in told
        if found is not MonthOf.ITS_OWN
    ]


def _other_cities(db: DuckDB, read: Typed, months: list[dict[str, int]], tree: AreaTree) -> list[Fault]:
    """Files of which hardly a row is about anybody here, and whose ids or villages are those of another city."""
    files = {month_number(f.month): f for f in read.files}
    rows = db.read_parquet(read.path)
    return [
        fault
        for row in months
        if row["read"] >= FEWEST_OF_A_CITY and row["linked"] < row["read"] * FEWEST_OF_OURS
        for fault in other_city(
            db, read.dataset, rows.filter(rows.month == row["month"]), tree, where=files[row["month"]].label
        )
    ]


def _faulty(db: DuckDB, read: Typed, months: list[dict[str, int]], vocabulary: Vocabulary) -> pa.Table:
    bad = {row["month"] for row in months if row["quarantined"]}
    found = quarantine.places(db, read, bad, vocabulary, quarantine.fault_marks(read.dataset))
    return pa.concat_tables([quarantine.mangled_places(read), found])


def _unlinked(
    db: DuckDB, read: Typed, months: list[dict[str, int]], vocabulary: Vocabulary, likeness: Likeness
) -> pa.Table:
    bad = {row["month"] for row in months if row["bad_ids"]}
    marks = quarantine.unlinked_marks(read.dataset, db.from_arrow(likeness.fates))
    return quarantine.places(db, read, bad, vocabulary, marks, quarantine.without_id)


def _keep(kept: dict[str, pa.Table], code: str, places: pa.Table) -> None:
    if places.num_rows:
        kept[code] = places


def _register_places(register: Register, month: Month) -> dict[str, pa.Table]:
    kept: dict[str, pa.Table] = {}
    for table in sorted({row[0] for row in register.set_apart}):
        rows = [row[1:] for row in register.set_apart if row[0] == table]
        label = f"registry/{month}/{table}.parquet"
        columns = [[label] * len(rows), *([row[n] for row in rows] for n in range(3))]
        kept[table] = pa.table(columns, schema=quarantine.PLACES)
    return kept
