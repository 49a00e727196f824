"""The rows of one file: which can be used, which not, and why; every row is counted once."""

from dataclasses import dataclass, replace
from pathlib import Path

import ibis
from ibis import Table, Value

from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening.datasets import Column, Dataset, Reads
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells, identity
from shouwang.screening.intake.extracts import Typed, faults_of_bits, late_bit, read_dataset, typed
from shouwang.screening.intake.opening import LINE, NoRow
from shouwang.screening.intake.raw_rows import raw_rows
from shouwang.screening.intake.survey import SourceFile
from shouwang.screening.receiving.verdict import CellFault, Counts

TOLD = "told_"
"""Before our name of a column: what is told about its cell."""
SHOWN_LINES = 5
LOST = (identity.LOST, identity.ROUNDED, identity.COVERED)


@dataclass(frozen=True)
class Checked:
    """One file's rows, judged.

    `bad`: one row per row with a fault, or whose id is none: `line`, `quarantined`, and `told_<name>` for every column
    that can have one. None where all rows are sound.
    """

    source: SourceFile
    typed: Typed
    counts: Counts
    faults: tuple[CellFault, ...]
    bad: Table | None

    @property
    def told_columns(self) -> dict[str, str]:
        """`told_<name>` → the header of that column as delivered."""
        return told_headers(self.source) if self.bad is not None else {}

    @property
    def no_rows(self) -> tuple[NoRow, ...]:
        """Stretches of the file that are no rows."""
        return tuple(mangled.lost for mangled in self.typed.mangled)


def check(db: DuckDB, source: SourceFile, scratch: Path, vocabulary: Vocabulary) -> Checked:
    """Read one file as the screening will. Errors: `DataError` where it loses rows (a quote nobody closed)."""
    read = read_dataset(db, source.dataset, [source], scratch, vocabulary, unlinked)
    rows = db.read_parquet(read.path)
    lost = len(read.mangled)
    suspicious = rows.filter(_suspicious(source.dataset, rows)).count().name("n")
    total, some = (int(db.fetch(n.as_table())["n"][0].as_py()) for n in (rows.count().name("n"), suspicious))
    if not some:
        counts = Counts(total + lost, total, lost, 0, 0)
        return Checked(source, read, counts, _mangled(read), None)
    bad = db.keep(_bad(db, source, read, vocabulary), "bad_rows")
    db.take_rejects()  # told already
    return Checked(source, read, _counts(db, source, bad, total=total, lost=lost), _faults(db, source, bad, read), bad)


def unlinked(rows: Table) -> Table:
    """Typed rows for which nobody is looked up, and whose names are therefore not asked for."""
    return rows.mutate(household_no=ibis.literal(0, "int32"), name_hash=ibis.null("int64"))


def _suspicious(dataset: Dataset, rows: Table) -> Value:
    if not has_id(dataset):
        return rows.faults != 0
    return (rows.faults != 0) | ~identity.is_sound(rows.person_key).fill_null(False)


def has_id(dataset: Dataset) -> bool:
    """Whether its rows bear an id number."""
    return any(column.reads is Reads.ID for column in dataset.columns)


def _told_columns(dataset: Dataset) -> list[Column]:
    return [c for c in dataset.columns if c.reads is not Reads.NAME]


def told_headers(source: SourceFile) -> dict[str, str]:
    """`told_<name>` → the header of that column as delivered."""
    written = dict(zip(source.columns, source.opened.headers, strict=True))
    return {TOLD + c.name: written.get(c.name, c.header) for c in _told_columns(source.dataset)}


def _bad(db: DuckDB, source: SourceFile, read: Typed, vocabulary: Vocabulary) -> Table:
    dataset = source.dataset
    raw = raw_rows(db, source, [mangled.lost for mangled in read.mangled])
    columns = {TOLD + c.name: cells.told(c, raw) for c in _told_columns(dataset)}
    rows = typed(dataset, raw.mutate(**columns), vocabulary, LINE, *columns)
    rows = rows.mutate(**_told_by_bits(dataset, rows))
    anything = ibis.or_(*(rows[name].notnull() for name in columns))
    return rows.filter(anything).select(LINE, *columns, quarantined=rows.faults != 0)


def _told_by_bits(dataset: Dataset, rows: Table) -> dict[str, Value]:
    """What only the row as a whole can say: a date after its month; a visit's fact and value."""
    found: dict[str, Value] = {}
    for bit, header, why in faults_of_bits(dataset):
        if bit >= late_bit(dataset):
            name = TOLD + next(c.name for c in dataset.columns if c.header == header)
            found[name] = ibis.ifelse((rows.faults & bit) != 0, why, found.get(name, rows[name]))
    return found


def _counts(db: DuckDB, source: SourceFile, bad: Table, *, total: int, lost: int) -> Counts:
    wrong, gone = ibis.literal(0), ibis.literal(0)
    if has_id(source.dataset):
        told = bad[TOLD + "id_number"]
        here = ~bad.quarantined
        wrong, gone = (here & told.notnull()).sum().fill_null(0), (here & told.isin(LOST)).sum().fill_null(0)
    kept_out = bad.quarantined.sum().fill_null(0)
    row = db.fetch(bad.aggregate(quarantined=kept_out, wrong=wrong, gone=gone)).to_pylist()[0]
    quarantined = int(row["quarantined"])
    return Counts(total + lost, total - quarantined, quarantined + lost, int(row["wrong"]), int(row["gone"]))


def _faults(db: DuckDB, source: SourceFile, bad: Table, read: Typed) -> tuple[CellFault, ...]:
    found = [fault for name, header in told_headers(source).items() for fault in _of_column(db, bad, name, header)]
    return (*sorted(found, key=lambda fault: -fault.rows), *_mangled(read))


def _of_column(db: DuckDB, bad: Table, name: str, header: str) -> list[CellFault]:
    told = bad.filter(bad[name].notnull()).select(LINE, reason=bad[name])
    window = ibis.window(group_by=told.reason, order_by=told.line)
    placed = told.mutate(
        place=ibis.row_number().over(window), rows=told.count().over(ibis.window(group_by=told.reason))
    )
    first = placed.filter(placed.place < SHOWN_LINES).order_by("reason", LINE)
    faults: dict[str, CellFault] = {}
    for row in db.fetch(first).to_pylist():
        fault = faults.setdefault(row["reason"], CellFault(header, row["reason"], int(row["rows"]), ()))
        faults[row["reason"]] = replace(fault, lines=(*fault.lines, int(row[LINE])))
    return list(faults.values())


def _mangled(read: Typed) -> tuple[CellFault, ...]:
    by_reason: dict[str, list[int]] = {}
    for mangled in read.mangled:
        by_reason.setdefault(mangled.lost.reason, []).append(mangled.lost.line)
    return tuple(
        CellFault("", reason, len(lines), tuple(sorted(lines)[:SHOWN_LINES])) for reason, lines in by_reason.items()
    )
