"""Turns the rows departments know into the files they hand in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shouwang.modelcity import layout, months
from shouwang.modelcity.damage import habits, identities, person_columns, strangers
from shouwang.modelcity.damage.column_kinds import Kind, kind
from shouwang.modelcity.damage.delivered import AsAgreed, Delivered, Handled, Written
from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.people_columns import Who, who
from shouwang.modelcity.damage.rates import Damage, rates
from shouwang.modelcity.damage.registered import Registered, keys_of, read_register
from shouwang.modelcity.damage.spellings import words
from shouwang.modelcity.damage.truth import DamageTruth

Progress = Callable[[str, int, int], None]
BATCH = 200_000
"""Rows handled at once."""


@dataclass(frozen=True)
class _Workshop:
    """What every file needs to be damaged."""

    city: Path
    damage: Damage
    truth: DamageTruth
    draws: Draws

    @property
    def extracts(self) -> Path:
        return self.city / "extracts"

    @cached_property
    def registered(self) -> Registered:
        return read_register(self._register)

    @cached_property
    def homes(self) -> person_columns.Homes:
        return person_columns.read_homes(self._register, self.registered)

    @property
    def _register(self) -> Path:
        return self.city / "registry" / months.MONTHS[months.JUNE]


@dataclass(frozen=True)
class _Job:
    """One file."""

    dataset: str
    month: str
    about: Who | None
    """The columns that say who; none in files about no person."""
    more: tuple[str, ...]
    """Columns about people the office adds."""
    file: Delivered


def damage_files(city: Path, rows: Path, *, damage: Damage, seed: int, progress: Progress) -> None:
    """Write `extracts/` of a city from the Parquet files under `rows`, and the truth about it."""
    truth = DamageTruth(city / "truth")
    workshop = _Workshop(city, damage, truth, Draws(seed, "damage"))
    stored = sorted(path for path in rows.glob("*/*.parquet") if path.parent.name != "visits")
    try:
        for done, path in enumerate(stored, 1):
            _damage_file(workshop, path)
            progress("damage", done, len(stored))
    finally:
        truth.close()


def _damage_file(workshop: _Workshop, path: Path) -> None:
    (workshop.extracts / path.parent.name).mkdir(parents=True, exist_ok=True)
    job = _job(workshop, path)
    try:
        before = 0
        for table in _batches(path):
            before += _add(workshop, job, table, before=before)
        job.file.close()
    finally:
        job.file.abandon()


def _batches(path: Path) -> Iterator[pa.Table]:
    stored = pq.ParquetFile(path)
    yield stored.schema_arrow.empty_table()  # a file without rows is written too
    for batch in stored.iter_batches(BATCH):
        yield pa.Table.from_batches([batch])


def _job(workshop: _Workshop, path: Path) -> _Job:
    dataset, month = path.parent.name, path.stem
    about = who(list(layout.DATASETS[dataset].headers))
    draws = workshop.draws.of(dataset).of(month)
    rng = draws.generator()
    if rng.random() >= workshop.damage.files:
        return _Job(dataset, month, about, (), AsAgreed(workshop.extracts, dataset, month))
    stored = pq.ParquetFile(path)
    more = _more_columns(dataset, rng) if about else ()
    habit = habits.draw(
        dataset, _kinds(stored.schema_arrow, more), rows=stored.metadata.num_rows, cells=workshop.damage.files, rng=rng
    )
    lossy = workshop.damage.files if workshop.damage.identities > 0 else 0.0
    file = Handled(workshop.extracts, habit, dataset=dataset, month=month, draws=draws, lossy=lossy)
    suffix = "zip" if habit.file.zipped else habit.file.suffix
    workshop.truth.add_file(f"{dataset}/{month}.{suffix}", [*habit.kinds, *(f"added:{header}" for header in more)])
    return _Job(dataset, month, about, more, file)


def _more_columns(dataset: str, rng: np.random.Generator) -> tuple[str, ...]:
    known = words("person_columns").get(dataset, [])
    return tuple(known) if rng.random() < rates()["files"]["person_columns"] else ()


def _kinds(schema: pa.Schema, more: tuple[str, ...]) -> dict[str, Kind]:
    headers = list(schema.names)
    added = {header: Kind.DATE if header == "出生日期" else Kind.TEXT for header in more}
    return {field.name: kind(field, headers) for field in schema} | added


def _add(workshop: _Workshop, job: _Job, table: pa.Table, *, before: int) -> int:
    """Write a batch, with slips among its rows and strangers behind them. Answers how many rows that were."""
    keys, slipped = None, None
    if job.about and workshop.damage.identities:
        table, keys, slipped = _with_slips(workshop, job, job.about, table)
    elif job.about and job.more:
        keys = keys_of(table.column(job.about.id_number))
    if job.more and keys is not None:
        homes = workshop.homes
        table = person_columns.added(table, job.more, keys=keys, registered=workshop.registered, homes=homes)
    written = job.file.add(table)
    _remember_cells(workshop, job, written, keys, before=before)
    if slipped is not None:
        _remember_slips(workshop, job, written, slipped, before=before)
    return table.num_rows


def _with_slips(
    workshop: _Workshop, job: _Job, about: Who, table: pa.Table
) -> tuple[pa.Table, NDArray[np.int64], identities.Slipped]:
    """The rows with slips and with strangers, the true ids of all of them, and whose identity is wrong."""
    draws = workshop.draws.of(job.dataset)
    share, registered = workshop.damage.identities, workshop.registered
    damaged, slipped = identities.damage(table, about, share=share, registered=registered, draws=draws.of("slips"))
    added = strangers.beside(table, about, share=share, registered=registered, draws=draws.of("strangers"))
    keys = np.concatenate([keys_of(part.column(about.id_number)) for part in (table, added.table)])
    nobody = np.full(len(added.kind), -1)
    who_they_are = [added.table.column(place).combine_chunks() for place in (about.name, about.id_number)]
    whole = identities.Slipped(
        row=np.concatenate([slipped.row, table.num_rows + np.arange(len(nobody))]),
        kind=np.concatenate([slipped.kind, len(identities.kinds()) + added.kind]),
        entry=np.concatenate([slipped.entry, nobody]),
        name=pa.concat_arrays([slipped.name, who_they_are[0]]),
        id_number=pa.concat_arrays([slipped.id_number, who_they_are[1]]),
    )
    return pa.concat_tables([damaged, added.table]), keys, whole


def _remember_cells(
    workshop: _Workshop, job: _Job, written: Written, keys: NDArray[np.int64] | None, *, before: int
) -> None:
    lost = written.destroyed
    if not len(lost.row):
        return
    entry = np.full(len(lost.row), -1) if keys is None else workshop.registered.find(keys[lost.row])
    workshop.truth.add_cells(
        (job.dataset, job.month),
        row=before + 1 + lost.row,
        line=written.lines[lost.row],
        person_ids=workshop.registered.people_at(entry),
        headers=lost.header,
        kinds=lost.kind,
    )


def _remember_slips(
    workshop: _Workshop, job: _Job, written: Written, slipped: identities.Slipped, *, before: int
) -> None:
    of_kinds = identities.is_recoverable(has_columns=person_columns.tell_who(job.more))
    workshop.truth.add_identities(
        (job.dataset, job.month),
        row=before + 1 + slipped.row,
        line=written.lines[slipped.row],
        person_ids=workshop.registered.people_at(slipped.entry),
        kind=slipped.kind,
        kinds=(*identities.kinds(), *strangers.KINDS),
        recoverable=(*of_kinds, *(True for _ in strangers.KINDS)),
        name=slipped.name,
        id_number=slipped.id_number,
    )
