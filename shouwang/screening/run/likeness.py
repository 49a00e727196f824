"""After all files are read: the rows whose id settles nothing, linked by people's decisions and by likeness."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from shouwang.areas import AreaTree
from shouwang.screening.datasets import Key, Reads
from shouwang.screening.intake.extracts import Typed
from shouwang.screening.intake.register import Register
from shouwang.screening.intake.survey import Found
from shouwang.screening.linkage import matching
from shouwang.screening.linkage.doubtful import write_matching


@dataclass(frozen=True)
class Likeness:
    """What became of the rows left over."""

    fates: pa.Table
    """Shape: `written` and `band` of what was linked or is doubtful."""
    changed: frozenset[str]
    """Datasets whose typed rows were written again, with the people found."""
    counts: Mapping[str, int]


def by_likeness(reads: Iterable[Typed], register: Register, found: Found, tree: AreaTree, scratch: Path) -> Likeness:
    """Link what is left over, write it into the typed rows, and leave every match and doubt in CITY/matching."""
    sources = [
        matching.Source(read.dataset.code, read.path, _amounts(read))
        for read in reads
        if read.dataset.key is Key.PERSON
    ]
    paths = matching.Register(register.households, register.members, register.people, found.register_dir)
    matched = matching.match(sources, paths, tree.villages_table(), city=found.city, scratch=scratch)
    if matched.con is not None:
        with closing(matched.con):
            write_matching(matched, found.register_dir, found.city, str(found.as_of))
    return Likeness(matched.fates, matched.changed, matched.counts)


def _amounts(read: Typed) -> tuple[str, ...]:
    return tuple(column.name for column in read.dataset.columns if column.reads is Reads.MONEY)
