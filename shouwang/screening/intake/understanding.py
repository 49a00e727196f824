"""What a delivered file is: which dataset, which month, and which column is which; from headers and content.

The name of the file never decides: it may confirm a month, or say the month of a roll that bears no dates.
"""

from dataclasses import dataclass
from pathlib import Path

from shouwang.screening.datasets import Dataset
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.opening import Opened
from shouwang.terms.errors import Fault
from shouwang.terms.period import Month


@dataclass(frozen=True)
class Understood:
    """One column of the file that is a column of the dataset."""

    place: int
    """From 0, in the order of `Opened.headers`."""
    header: str
    name: str
    """Our name of it: a `Column` of the dataset, or one of its person columns (sex, birth_date, address, village,
    head_name, phone), which only linkage reads."""
    how: str
    """header, synonym, agreed (a remembered mapping), alike (full-width, Traditional, spaces, a unit in brackets)."""
    unit: str = ""
    """The unit the header states: 元, 千元, 万元, 亿元, 米, 公里 …; empty where it states none."""


@dataclass(frozen=True)
class Proposal:
    """A header that is almost one of ours: not used until a person agrees (`mappings.agree`)."""

    header: str
    name: str
    ours: str
    why: str


@dataclass(frozen=True)
class Understanding:
    """What a file was understood to be. It may be used where `faults` is empty."""

    dataset: Dataset | None
    month: Month | None
    month_from: str
    """dates, title, name (of the file) or asked (the caller said so)."""
    columns: tuple[Understood, ...]
    unread: tuple[str, ...]
    """Headers that are none of ours: kept, not read."""
    proposals: tuple[Proposal, ...]
    faults: tuple[Fault, ...]
    """All at once, with their cure: columns that are missing or doubled, two months, another city, no such dataset."""


def understand(
    opened: Opened, *, db: DuckDB, city: Path, dataset: str = "", month: Month | None = None
) -> Understanding:
    """Dataset, month and columns. `dataset` and `month` say what somebody claims: content that contradicts is a fault.

    `city` is where agreed mappings lie.
    """
    raise NotImplementedError
