"""The facts of a household as people read them: value with unit, source in words, day, and how often it changed."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.db.models import Count
from django.utils.translation import gettext as _

from shouwang.office.registry.evidence import SPECS, evidence
from shouwang.office.registry.models import FACTS, FactChange, FactSheet, Household
from shouwang.office.registry.sources import OWN
from shouwang.office.registry.values import BETWEEN, PERHAPS_MORE, Column, fact_name, from_text
from shouwang.office.web.speaking import language, listed
from shouwang.rules.display import number_shown
from shouwang.rules.units import in_words
from shouwang.rules.vocabulary import FactSpec, Kind
from shouwang.screening.explain.sources import source_named


@dataclass(frozen=True)
class FactShown:
    """One fact. Unknown: `value` is None. `is_plain` where it need not be looked at: it says that there is
    nothing (0, no, an empty set), or other values decide."""

    fact: str
    name: str
    value: str | None
    source: str
    as_of: date | None
    changes: int
    is_plain: bool
    is_number: bool
    rules: str = ""
    """Of a household that is warned: which rules this value made true, in words."""


@dataclass(frozen=True)
class ChangeShown:
    """One replacement of a value. Unknown: None."""

    value: str | None
    as_of: date
    source: str
    replaced: str | None
    replaced_source: str
    recorded_at: object
    recorded_by: str


def shown(household: Household) -> list[FactShown]:
    """All facts in the order of the vocabulary. Without a sheet: every one unknown."""
    sheet = FactSheet.objects.select_related("batch").filter(pk=household.pk).first()
    changes = dict(
        FactChange.objects.filter(household=household).values_list("fact").annotate(n=Count("id")).order_by()
    )
    return [_shown(spec, sheet, changes.get(spec.name, 0)) for spec in FACTS]


def history(household: Household, fact: str) -> list[ChangeShown]:
    """Every replacement of a fact's value, the newest first."""
    rows = FactChange.objects.filter(household=household, fact=fact).order_by("-id")
    spec = SPECS[fact]
    return [
        ChangeShown(
            value=text_shown(spec, row.value),
            as_of=row.as_of,
            source=source_words(row.source),
            replaced=text_shown(spec, row.replaced_value),
            replaced_source=source_words(row.replaced_source),
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by_name,
        )
        for row in rows
    ]


def _shown(spec: FactSpec, sheet: FactSheet | None, changes: int) -> FactShown:
    value: Column = getattr(sheet, spec.name) if sheet else None
    as_of, source = evidence(sheet, spec.name) if sheet else (None, "")
    return FactShown(
        fact=spec.name,
        name=fact_name(spec),
        value=value_shown(spec, value),
        source=source_words(source),
        as_of=date.fromisoformat(as_of) if as_of else None,
        changes=changes,
        is_plain=value is not None and value in (0, False, ""),
        is_number=spec.kind is Kind.NUMBER,
    )


def value_shown(spec: FactSpec, value: Column) -> str | None:
    """A column's value with its unit. Unknown: None."""
    if value is None:
        return None
    if spec.kind is Kind.NUMBER:
        number = number_shown(Fraction(int(value), spec.scale), spec.unit).removesuffix(".00")
        return f"{number} {in_words(spec.unit, language())}"
    if spec.kind is Kind.YES_NO:
        return _("是") if value else _("否")
    words = [_option(spec, label) for label in str(value).split(BETWEEN) if label]
    return listed(words) or _("无")


def text_shown(spec: FactSpec, text: str | None) -> str | None:
    """The same of a stored text."""
    return value_shown(spec, from_text(spec, text))


def _option(spec: FactSpec, label: str) -> str:
    if label == PERHAPS_MORE:
        return _("可能还有")
    words = spec.options.get(label)
    return label if words is None else words[1 if language() == "en" else 0]


def source_words(source: str) -> str:
    """`住建局 2020-06`. Unknown: empty."""
    return _source_words(source, language()) if source else ""


@lru_cache(1_024)
def _source_words(source: str, lang: str) -> str:
    return _(source) if source in OWN else source_named(source).short(lang)
