"""What a liaison is told about one file."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shouwang.screening.intake.understanding import Proposal, Understood
from shouwang.screening.receiving.merged import Merged
from shouwang.terms.errors import Fault

ACCEPTED, REFUSED, KNOWN = "accepted", "refused", "known"
"""In its place; kept but not used; the same bytes are in their place already."""


@dataclass(frozen=True)
class Counts:
    """Rows of a file: read = used + quarantined."""

    read: int
    used: int
    quarantined: int
    wrong_ids: int
    """Of the used rows, those whose id is no sound id: they wait for a comparison by name and address."""
    lost_ids: int
    """Of those, the ones whose number is lost (Excel, or covered up): nobody can compare it."""

    @property
    def bad(self) -> int:
        """What counts towards refusing a delivery whole."""
        return self.quarantined + self.lost_ids


@dataclass(frozen=True)
class CellFault:
    """One kind of fault in one column: how often, and where it is first seen."""

    column: str
    """The header as delivered; empty for lines that are no rows."""
    reason: str
    rows: int
    lines: tuple[int, ...]

    @property
    def said(self) -> str:
        places = "、".join(map(str, self.lines)) + (" 等" if self.rows > len(self.lines) else "")
        column = f"“{self.column}”" if self.column else ""
        return f"{column}{self.rows:,} 行{self.reason}（第 {places} 行）"


@dataclass(frozen=True)
class Verdict:
    """One file, judged."""

    file: str
    status: str
    dataset: str = ""
    zh: str = ""
    office: str = ""
    month: str = ""
    month_from: str = ""
    sheet: str = ""
    columns: tuple[Understood, ...] = ()
    unread: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    repairs: tuple[str, ...] = ()
    counts: Counts | None = None
    """Unknown where the rows were never looked at."""
    cell_faults: tuple[CellFault, ...] = ()
    faults: tuple[Fault, ...] = ()
    """Why it is refused; empty where it is not."""
    warnings: tuple[str, ...] = ()
    kept: str = ""
    """Where it is kept, inside CITY."""
    placed: str = ""
    """Where the screening reads it, inside CITY."""
    merged: Merged | None = None
    """Of a county's file: what became of the rows of the month."""
    replaced: str = ""
    """What it took the place of, inside CITY."""
    reply: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """Everything, for scripts."""
        told = asdict(self)
        told["reply"] = str(self.reply) if self.reply else ""
        told["faults"] = [{"found": fault.found, "cure": fault.cure} for fault in self.faults]
        return told
