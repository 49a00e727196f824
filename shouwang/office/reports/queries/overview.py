"""Everything the overview of an area shows, as this reader may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.access.roles import ROLES
from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Payment, State
from shouwang.office.casework.queries import help_payments
from shouwang.office.casework.queries.help_payments import LedgerFilters, Sums
from shouwang.office.casework.queries.schedules import COUNTY
from shouwang.office.registry.models.households import LEVELS
from shouwang.office.reports.drawing import Drawing, drawing, written
from shouwang.office.reports.models import AreaCount, Counting
from shouwang.office.reports.queries import suspected
from shouwang.office.reports.queries.cells import VILLAGE, Cell, Reader, summed
from shouwang.office.reports.queries.confirmed import Confirmed, confirmed
from shouwang.office.reports.queries.counted import last
from shouwang.office.reports.queries.decided import Waited, changes_of_month, waited
from shouwang.office.reports.queries.progress import Progress, Share, of_month, progress
from shouwang.office.reports.queries.suspected import AreaFigures
from shouwang.office.warnings.queries import publications
from shouwang.office.web.places import children, short_place

STEPS = {4: 6, 6: 9, 9: 12, 12: 12}
"""From the length of an area's code to that of the areas one step down."""
CITY = 4
TYPES = ("脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "")


@dataclass(frozen=True)
class LevelRow:
    """One level: what the screening suspects beside what the county confirmed. They never mix. Unknown: None."""

    level: int | None
    status: str
    suspected: Cell | None
    confirmed: Cell | None
    change: int | None = None
    """Confirmed households more or fewer since the end of last month."""


@dataclass(frozen=True)
class CrossRow:
    """Confirmed households of one register and national type, by level."""

    is_registered: bool
    national_type: str
    cells: list[Cell]


@dataclass(frozen=True)
class PlaceRow:
    """One area a step down. Unknown: `all`, `suspected` and both shares before the first count."""

    area: str
    name: str
    all: Cell | None
    suspected: Cell | None
    suspected_tenths: int | None
    confirmed: Cell
    confirmed_tenths: int | None
    late: Cell

    @property
    def suspected_per_thousand(self) -> str | None:
        return None if self.suspected_tenths is None else written(self.suspected_tenths)

    @property
    def confirmed_per_thousand(self) -> str | None:
        return None if self.confirmed_tenths is None else written(self.confirmed_tenths)


@dataclass(frozen=True)
class CountyRow:
    """What a county has late itself, where something is: nobody stands above it to whom it would be passed."""

    area: str
    name: str
    decisions: Cell
    rechecks: Cell


@dataclass(frozen=True)
class MoneyRow:
    """What came from one source this year. `amount_fen` is None where the households are too few to be shown."""

    name: str
    cell: Cell
    amount_fen: int | None


@dataclass(frozen=True)
class Overview:
    """All tables of one area on one day."""

    area: str
    counting: Counting | None
    as_of: date | None
    """Of the newest published screening. Unknown: None, nothing was published."""
    all: Cell | None
    poor_register: Cell | None
    screened: Cell | None
    levels: list[LevelRow]
    warned: LevelRow
    cross: list[CrossRow]
    states: list[tuple[str, Cell]]
    late: list[tuple[str, Cell]]
    late_in_all: Cell
    due_today: Cell
    waited: Waited | None
    """None where it is of so few that they could be told."""
    month: list[tuple[str, Cell]]
    removal: Share
    helped: Share
    money: list[MoneyRow]
    money_in_all: MoneyRow
    places: list[PlaceRow]
    counties_late: list[CountyRow] | None
    """None below a county."""
    map_suspected: Drawing | None
    map_confirmed: Drawing | None


def overview(scope: Scope, *, reader: Reader, on: date) -> Overview:
    """The figures of the scope. Small figures of a village are hidden from readers who may see no household."""
    digits = STEPS[len(scope.prefix)]
    counting = last()
    here = suspected.figures(scope.prefix) if counting else None
    decided = confirmed(scope, digits=digits)
    cases = progress(scope, on=on, digits=digits)
    below = _below(scope, counting)
    hide = _Hiding(reader, scope.prefix)
    newest = publications.newest()
    changes = None if hide.hides else changes_of_month(scope, on=on)
    payments = help_payments.listed(scope, LedgerFilters(since=on.replace(month=1, day=1), until=on))
    return Overview(
        area=scope.prefix,
        counting=counting,
        as_of=newest.as_of if newest else None,
        all=hide(here.all) if here else None,
        poor_register=hide(here.of(AreaCount.Kind.POOR_REGISTER)) if here else None,
        screened=hide(here.screened) if here else None,
        levels=_levels(here, decided, hide, changes),
        warned=LevelRow(None, "", hide(here.warned) if here else None, hide(decided.warned), _in_all(changes)),
        cross=_cross(decided, hide),
        states=[(state.label, hide(cell)) for state, cell in _in_order(cases.states)],
        late=[
            (str(ROLES[role].name), hide(cell)) for role, cell in sorted(cases.late_holders.items()) if role in ROLES
        ],
        late_in_all=hide(cases.late),
        due_today=hide(cases.due_today),
        waited=None if hide.hides else waited(scope, on=on),
        month=[(_month_words()[kind], hide(cell)) for kind, cell in of_month(scope, on=on).items()],
        removal=hide.share(cases.removal),
        helped=hide.share(cases.helped),
        money=[hide.money(str(Payment.Source(line.key).label), line) for line in help_payments.by(payments, "source")],
        money_in_all=hide.money(_("合计"), help_payments.in_all(payments)),
        places=[_place(code, name, below, decided, cases.late_places, reader) for code, name in children(scope.prefix)],
        counties_late=_counties_late(scope, cases),
        map_suspected=_map(scope, _shares(below)) if len(scope.prefix) == CITY else None,
        map_confirmed=_map(scope, _shares(below, decided)) if len(scope.prefix) == CITY else None,
    )


@dataclass(frozen=True)
class _Hiding:
    reader: Reader
    area: str

    def __call__(self, cell: Cell) -> Cell:
        return self.reader.shown(cell, self.area)

    @property
    def hides(self) -> bool:
        """Whether what is reckoned of a few could tell which they are."""
        return len(self.area) == VILLAGE and not self.reader.may_see_households

    def share(self, share: Share) -> Share:
        return Share(self(share.part), self(share.whole))

    def money(self, name: str, sums: Sums) -> MoneyRow:
        cell = self(Cell(sums.households, sums.people))
        return MoneyRow(name, cell, None if cell.is_hidden else sums.amount_fen)


def _below(scope: Scope, counting: Counting | None) -> dict[str, AreaFigures] | None:
    return suspected.below(scope.prefix) if counting else None


def _levels(
    here: AreaFigures | None, decided: Confirmed, hide: _Hiding, changes: Mapping[int, int] | None
) -> list[LevelRow]:
    rows = [
        LevelRow(
            level,
            "",
            hide(here.of(f"level-{level}")) if here else None,
            hide(decided.levels.get(level, Cell())),
            None if changes is None else changes.get(level, 0),
        )
        for level in LEVELS
    ]
    others = [
        LevelRow(None, kind, hide(here.of(kind)) if here else None, None) for kind in ("unverified", "unassessed")
    ]
    return [*rows, *others]


def _in_all(changes: Mapping[int, int] | None) -> int | None:
    return None if changes is None else sum(count for level, count in changes.items() if level < LEVELS[-1])


def _cross(decided: Confirmed, hide: _Hiding) -> list[CrossRow]:
    """Rows in which somebody is, in the order of the national report. Source: domain.md 2.5."""
    kinds = [*TYPES, *sorted({kind for _, kind, _ in decided.cross} - set(TYPES))]
    rows = [
        CrossRow(
            is_registered,
            kind,
            [hide(decided.cross.get((is_registered, kind, level), Cell())) for level in LEVELS[:4]],
        )
        for is_registered in (True, False)
        for kind in kinds
    ]
    return [row for row in rows if any(cell.households for cell in row.cells)]


def _in_order(cells: Mapping[str, Cell]) -> Iterable[tuple[State, Cell]]:
    return [(state, cells[state.value]) for state in State if state.value in cells]


def _month_words() -> dict[str, str]:
    return {"include": _("纳入"), "remove": _("消除"), "refuse": _("不予纳入")}


def _place(
    code: str,
    name: str,
    below: dict[str, AreaFigures] | None,
    decided: Confirmed,
    late: Mapping[str, Cell],
    reader: Reader,
) -> PlaceRow:
    figures = None if below is None else below.get(code, AreaFigures(code))
    warned = reader.shown(figures.warned, code) if figures else None
    confirmed_here = reader.shown(decided.places.get(code, Cell()), code)
    return PlaceRow(
        area=code,
        name=name,
        all=reader.shown(figures.all, code) if figures else None,
        suspected=warned,
        suspected_tenths=figures.per_ten_thousand(warned) if figures and warned else None,
        confirmed=confirmed_here,
        confirmed_tenths=figures.per_ten_thousand(confirmed_here) if figures else None,
        late=reader.shown(late.get(code, Cell()), code),
    )


def _counties_late(scope: Scope, cases: Progress) -> list[CountyRow] | None:
    if len(scope.prefix) > COUNTY:
        return None
    if len(scope.prefix) == COUNTY:
        whole = summed(cases.late_decisions.values()), summed(cases.late_rechecks.values())
        rows = [CountyRow(scope.prefix, short_place(scope.prefix), *whole)]
    else:
        rows = [
            CountyRow(code, name, cases.late_decisions.get(code, Cell()), cases.late_rechecks.get(code, Cell()))
            for code, name in children(scope.prefix)
        ]
    return [row for row in rows if row.decisions.households or row.rechecks.households]


def _shares(below: dict[str, AreaFigures] | None, decided: Confirmed | None = None) -> dict[str, int | None]:
    """Warned of every 10,000 households by area: as confirmed where that is given, else as suspected."""
    return {
        code: figures.per_ten_thousand(decided.places.get(code, Cell()) if decided else figures.warned)
        for code, figures in (below or {}).items()
    }


def _map(scope: Scope, shares: Mapping[str, int | None]) -> Drawing:
    return drawing({code: shares.get(code) for code, _name in children(scope.prefix)})
