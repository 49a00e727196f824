"""Turns the rows departments know into the files they hand in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shouwang.modelcity import layout, months
from shouwang.modelcity.damage import identities, strangers
from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.people_columns import Who, who
from shouwang.modelcity.damage.rates import Damage
from shouwang.modelcity.damage.registered import Registered, read_register
from shouwang.modelcity.damage.truth import DamageTruth
from shouwang.modelcity.writing import DepartmentFile

Progress = Callable[[str, int, int], None]
BATCH = 200_000
"""Rows handled at once."""


@dataclass(frozen=True)
class _Workshop:
    """What every file needs to be damaged."""

    folder: Path
    damage: Damage
    registered: Registered
    truth: DamageTruth
    draws: Draws


def damage_files(folder: Path, rows: Path, *, damage: Damage, seed: int, progress: Progress) -> None:
    """Write `extracts/` from the Parquet files under `rows`, and the truth about it. `folder` is the city's."""
    registered = read_register(folder / "registry" / months.MONTHS[months.JUNE])
    truth = DamageTruth(folder / "truth")
    workshop = _Workshop(folder / "extracts", damage, registered, truth, Draws(seed, "damage"))
    stored = sorted(path for path in rows.glob("*/*.parquet") if path.parent.name != "visits")
    try:
        for done, path in enumerate(stored, 1):
            _damage_file(workshop, path)
            progress("damage", done, len(stored))
    finally:
        truth.close()


def _damage_file(workshop: _Workshop, path: Path) -> None:
    dataset, month = path.parent.name, path.stem
    (workshop.folder / dataset).mkdir(parents=True, exist_ok=True)
    file = DepartmentFile(workshop.folder, layout.DATASETS[dataset], months.MONTHS.index(month))
    about = who(list(layout.DATASETS[dataset].headers))
    try:
        for table in _batches(path):
            damaged = _with_slips(workshop, table, (dataset, month), about=about, before=file.rows) if about else table
            file.add(damaged)
        file.close()
    finally:
        file.abandon()


def _batches(path: Path) -> Iterator[pa.Table]:
    stored = pq.ParquetFile(path)
    yield stored.schema_arrow.empty_table()  # a file without rows is written too
    for batch in stored.iter_batches(BATCH):
        yield pa.Table.from_batches([batch])


def _with_slips(workshop: _Workshop, table: pa.Table, file: tuple[str, str], *, about: Who, before: int) -> pa.Table:
    """The rows with slips among them and strangers behind them; `before`: rows of the file so far."""
    draws = workshop.draws.of(file[0])
    options = {"share": workshop.damage.identities, "registered": workshop.registered}
    damaged, slipped = identities.damage(table, about, **options, draws=draws.of("slips"))
    added = strangers.beside(table, about, **options, draws=draws.of("strangers"))
    _remember(workshop, file, before, slipped, added, rows=table.num_rows)
    return pa.concat_tables([damaged, added.table])


def _remember(
    workshop: _Workshop,
    file: tuple[str, str],
    before: int,
    slipped: identities.Slipped,
    added: strangers.Strangers,
    *,
    rows: int,
) -> None:
    kinds = (*identities.kinds(), *strangers.KINDS)
    row = before + 1 + np.concatenate([slipped.row, rows + np.arange(len(added.kind))])
    people = workshop.registered.people_at(np.concatenate([slipped.entry, np.full(len(added.kind), -1)]))
    workshop.truth.add_identities(
        file,
        row=row,
        line=row + 1,
        person_ids=people,
        kind=np.concatenate([slipped.kind, len(identities.kinds()) + added.kind]),
        kinds=kinds,
        recoverable=(*identities.is_recoverable(), *(True for _ in strangers.KINDS)),
    )
