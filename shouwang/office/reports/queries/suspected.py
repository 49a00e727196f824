"""What the newest published screening suspects, by area, from the counts kept ready."""

from collections import defaultdict
from dataclasses import dataclass, field

from shouwang.office.reports.models import AreaCount
from shouwang.office.reports.queries.cells import Cell, summed

K = AreaCount.Kind
WARNED = (K.LEVEL_1, K.LEVEL_2, K.LEVEL_3, K.LEVEL_4)
LEVELS = (*WARNED, K.LEVEL_5)


@dataclass(frozen=True)
class AreaFigures:
    """Counts of one area by kind; a kind without a household is zero."""

    area: str
    cells: dict[str, Cell] = field(default_factory=dict)

    def of(self, kind: str) -> Cell:
        return self.cells.get(kind, Cell())

    @property
    def all(self) -> Cell:
        return self.of(K.ALL)

    @property
    def screened(self) -> Cell:
        """Everybody the newest screening said something of, were it that too little is known."""
        return summed(self.of(kind) for kind in (*LEVELS, K.UNVERIFIED, K.UNASSESSED))

    @property
    def warned(self) -> Cell:
        return summed(self.of(kind) for kind in WARNED)

    def per_ten_thousand(self, part: Cell) -> int | None:
        """Households of every 10,000, floored. Unknown: no household, nothing to divide by, or they are hidden."""
        if part.is_hidden or not self.all.households:
            return None
        return part.households * 10_000 // self.all.households


def figures(area: str) -> AreaFigures:
    """One area."""
    rows = AreaCount.objects.filter(area=area)
    return AreaFigures(area, {row.kind: Cell(row.households, row.people) for row in rows})


def below(area: str) -> dict[str, AreaFigures]:
    """The areas one step down that have households, by code prefix."""
    found: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for row in AreaCount.objects.filter(parent=area):
        found[row.area][row.kind] = Cell(row.households, row.people)
    return {code: AreaFigures(code, cells) for code, cells in found.items()}
