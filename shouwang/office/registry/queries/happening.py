"""What happened to a household in the register: life events, values somebody put right, contradictions settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shouwang.office.registry.evidence import SPECS
from shouwang.office.registry.models import Contradiction, FactChange, LifeEvent
from shouwang.office.registry.queries.facts import source_words, text_shown
from shouwang.office.registry.values import fact_name
from shouwang.office.web.speaking import aside, led, listed

Homes = Mapping[str, date | None]
"""Households whose story is told, each until a day; None: all of it."""


@dataclass(frozen=True)
class Happened:
    """One line of what happened: the day, what in words, who, and to which household."""

    on: date
    what: str
    who: str
    home: str


def told_of(homes: Homes, *, household: str = "household_id", day: str = "on") -> Q:
    """The rows of these households, each until its day."""
    found = Q(pk__in=())
    for number, until in homes.items():
        found |= Q(**{household: number}) if until is None else Q(**{household: number, f"{day}__lte": until})
    return found


def life_events(homes: Homes, *, limit: int) -> list[Happened]:
    """Births, deaths, splits and the like: of the household, and those of another that led to it."""
    rows = LifeEvent.objects.filter(told_of(homes) | told_of(homes, household="other_household_id"))
    found = rows.annotate(name=F("person__name")).order_by("-on", "-id")[:limit]
    return [_event(row, homes) for row in found]


def _event(row: LifeEvent, homes: Homes) -> Happened:
    home = row.household_id if row.household_id in homes else row.other_household_id
    details = listed(filter(None, (row.name, row.note)))
    kind = row.get_kind_display()
    return Happened(row.on, led(kind, details) if details else kind, row.recorded_by_name, home)


def corrections(homes: Homes, *, limit: int) -> list[Happened]:
    """Values a person put right; what a month's files changed stands with each value."""
    rows = FactChange.objects.filter(told_of(homes, day="as_of"), batch=None)
    return [_change(row) for row in rows.order_by("-as_of", "-id")[:limit]]


def _change(row: FactChange) -> Happened:
    spec, unknown = SPECS[row.fact], _("未知")
    values = f"{text_shown(spec, row.replaced_value) or unknown} → {text_shown(spec, row.value) or unknown}"
    what = led(fact_name(spec), aside(values, source_words(row.source)))
    return Happened(row.as_of, what, row.recorded_by_name, row.household_id)


def settlements(homes: Homes, *, limit: int) -> list[Happened]:
    """Contradictions where what counted before was kept: the others are corrections."""
    kept = Contradiction.objects.filter(told_of(homes, day="settled_at__date"), kept=Contradiction.Side.FIRST)
    return [_settled(row) for row in kept.order_by("-settled_at", "-id")[:limit]]


def _settled(row: Contradiction) -> Happened:
    spec = SPECS[row.fact]
    value = text_shown(spec, row.first_value) or _("未知")
    what = _("两个来源不一致，定为 %(value)s") % {"value": aside(value, source_words(row.first_source))}
    day = timezone.localtime(row.settled_at).date() if row.settled_at else date.min
    return Happened(day, led(fact_name(spec), what), "", row.household_id)
