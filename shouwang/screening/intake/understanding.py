"""What a delivered file is: which dataset, which month, and which column is which; from headers and content.

The name of the file never decides: it may confirm a month, or say the month of a list that bears no dates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ibis import Table

from shouwang.areas import AreaTree
from shouwang.screening.datasets import CATALOGUE, Dataset, Key
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells, mappings
from shouwang.screening.intake.headers import Proposal, Resolved, Understood, names_of
from shouwang.screening.intake.months import Told, month_of
from shouwang.screening.intake.opening import Opened
from shouwang.screening.intake.other_city import other_city
from shouwang.screening.intake.raw_rows import raw_tables
from shouwang.screening.intake.recognising import candidate, misplaced, recognised
from shouwang.screening.intake.survey import SourceFile
from shouwang.terms.errors import DataError, Fault
from shouwang.terms.period import Month

__all__ = ["Proposal", "Understanding", "Understood", "understand"]


@dataclass(frozen=True)
class Understanding:
    """What a file was understood to be. It may be used where `faults` is empty."""

    dataset: Dataset | None
    month: Month | None
    month_from: str
    """dates, title, name (of the file) or asked (somebody said so); empty where the month is not known."""
    columns: tuple[Understood, ...]
    unread: tuple[str, ...]
    """Headers that are none of ours: kept, not read."""
    proposals: tuple[Proposal, ...]
    faults: tuple[Fault, ...]
    """All at once, with their cure: columns missing or doubled, two months, another city, no such dataset."""

    def source(self, opened: Opened, *, label: str) -> SourceFile:
        """The file as the screening reads it. Errors: `DataError` where it cannot be used."""
        if self.faults or self.dataset is None or self.month is None:
            raise DataError(list(self.faults))
        resolved = Resolved(self.columns, self.unread, self.proposals, ())
        names = names_of(opened.headers, resolved)
        return SourceFile(
            self.dataset, self.month, opened.path, label, opened, names, resolved.units(self.dataset, opened.title)
        )


def understand(
    opened: Opened, *, db: DuckDB, city: Path, tree: AreaTree, dataset: str = "", month: Month | None = None
) -> Understanding:
    """Dataset, month and columns. `dataset` and `month` say what somebody claims: content that contradicts is a fault.

    `city` is where agreed mappings lie, `tree` the areas it consists of. Errors: `DataError` for a mapping file that
    cannot be read.
    """
    where = opened.path.name
    agreed = _agreed(city)
    found = _claimed(CATALOGUE[dataset], opened.headers, agreed[dataset], where) if dataset else None
    if found is None:
        told = recognised(opened.headers, agreed.__getitem__)
        if isinstance(told, Fault):
            return Understanding(None, None, "", (), opened.headers, (), (replace(told, where=where),))
        resolved = replace(told.resolved, faults=tuple(replace(fault, where=where) for fault in told.resolved.faults))
        found = told.dataset, resolved
    kind, resolved = found
    if resolved.faults:
        return _of(kind, resolved, Told(None, ""), resolved.faults)
    rows = _rows(db, opened, kind, resolved, month)
    told_month = month_of(db, kind, rows, title=opened.title, name=opened.path.stem, asked=month, where=where)
    faults = [*told_month.faults, *other_city(db, kind, _typed_places(kind, rows), tree, where=where)]
    return _of(kind, resolved, told_month, tuple(faults))


def _agreed(city: Path) -> Mapping[str, Mapping[str, str]]:
    return {code: mappings.agreed_columns(city, code) for code in CATALOGUE}


def _claimed(
    dataset: Dataset, headers: Sequence[str], agreed: Mapping[str, str], where: str
) -> tuple[Dataset, Resolved]:
    resolved = candidate(dataset, headers, agreed).resolved
    faults = misplaced(dataset, headers, resolved, where=where) or resolved.faults
    return dataset, replace(resolved, faults=tuple(replace(fault, where=where) for fault in faults))


def _of(dataset: Dataset, resolved: Resolved, told: Told, faults: tuple[Fault, ...]) -> Understanding:
    columns, unread, proposals = resolved.columns, resolved.unread, resolved.proposals
    return Understanding(dataset, told.month, told.said_by, columns, unread, proposals, faults)


def _typed_places(dataset: Dataset, rows: Table) -> Table:
    """Rows with `person_key`, where they are about people."""
    if dataset.key is not Key.PERSON:
        return rows
    return rows.select(person_key=cells.value(dataset.column("id_number"), rows))


def _rows(db: DuckDB, opened: Opened, dataset: Dataset, resolved: Resolved, month: Month | None) -> Table:
    names = names_of(opened.headers, resolved)
    any_month = month or Month(2000, 1)  # rows are asked for their dates, not for the month they were put in
    source = SourceFile(
        dataset, any_month, opened.path, opened.path.name, opened, names, resolved.units(dataset, opened.title)
    )
    return raw_tables(db, [source])[0]
