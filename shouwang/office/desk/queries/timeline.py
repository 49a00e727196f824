"""All that happened to a household, from the rooms that know it, in one line of time: the newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.casework.queries import cases, help_told
from shouwang.office.registry.models import LifeEvent
from shouwang.office.registry.queries import happening
from shouwang.office.registry.queries.happening import Homes
from shouwang.office.warnings.models import Warning
from shouwang.office.warnings.queries import warnings
from shouwang.office.web.speaking import led
from shouwang.terms.level import Level

SHORT = 20
"""Lines on the page of a household; its own page tells the whole."""
WHOLE = 1_000
"""Of each kind: more has not happened to anybody."""


@dataclass(frozen=True)
class Line:
    """One thing that happened. `of` is the number of the household it happened to, where that is another one."""

    on: date
    what: str
    who: str
    of: str = ""


@dataclass(frozen=True)
class Timeline:
    """`has_more`: it was cut."""

    lines: Sequence[Line]
    has_more: bool = False


def timeline(
    household_id: str, *, kin: Mapping[str, date], is_helped: bool, on: date, limit: int | None = SHORT
) -> Timeline:
    """Steps of its cases, screenings, life events, corrections, and what was done in help; of `kin` until a day each.

    `is_helped`: help is asked about; ten queries, else five. The caller has looked at the scope of all of them.
    """
    most = WHOLE if limit is None else limit + 1
    homes: Homes = {household_id: None, **kin}
    steps = [Line(row.on, row.what, row.who, row.of) for row in cases.timeline(household_id, kin=kin, limit=most)]
    found = [
        *steps,
        *_screenings(household_id, most),
        *_lines(happening.life_events(homes, limit=most), household_id, but={(line.on, line.what) for line in steps}),
        *_lines(happening.corrections(homes, limit=most), household_id),
        *_lines(happening.settlements(homes, limit=most), household_id),
        *(_lines(help_told.told(homes, on=on, limit=most), household_id) if is_helped else ()),
    ]
    found.sort(key=lambda line: line.on, reverse=True)
    return Timeline(found, has_more=False) if limit is None else Timeline(found[:limit], has_more=len(found) > limit)


STEPS_TOO = {LifeEvent.Kind.SPLIT.label, LifeEvent.Kind.MERGE.label, LifeEvent.Kind.MOVED_WITHIN.label}
"""Life events that are a step of the case as well: told once."""


def _lines(
    rows: Iterable[happening.Happened], household_id: str, *, but: Iterable[tuple[date, str]] = ()
) -> Iterable[Line]:
    told = {(day, kind) for day, what in but for kind in map(str, STEPS_TOO) if what.startswith(kind)}
    for row in rows:
        if not any(row.on == day and row.what.startswith(kind) for day, kind in told):
            yield Line(row.on, row.what, row.who, row.home if row.home != household_id else "")


def _screenings(household_id: str, limit: int) -> Iterable[Line]:
    """What each publication said of the household: until one that clears it."""
    for row in warnings.told_of_household(household_id)[:limit]:
        yield Line(row.publication.published_on, led(_("筛查"), _said(row)), "")


def _said(row: Warning) -> str:
    level = _("疑似 %(level)s") % {"level": Level(row.level).numeral} if row.level else _("不再预警")
    word = row.get_change_display()
    day = row.publication.as_of.isoformat()
    return _("截至 %(day)s，%(level)s（%(change)s）") % {"day": day, "level": level, "change": word}
