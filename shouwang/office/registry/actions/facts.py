"""Recording a fact somebody verified: it counts before what departments say, until a newer one."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import event_of
from shouwang.office.audit.actions.recording import record_all as leave_events
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.models import Event
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.actions.replacing import held_sheet, replaced
from shouwang.office.registry.decisive import decisive_facts
from shouwang.office.registry.evidence import SPECS, evidence, put
from shouwang.office.registry.models import Contradiction, FactChange, FactSheet, Household
from shouwang.office.registry.values import from_text, to_text
from shouwang.office.web.days import not_long_ago
from shouwang.rules.vocabulary import FactSpec, Kind
from shouwang.terms.errors import UserError

VISIT = "visit"
TOLERANCE_PERCENT = 20
"""How far two numbers may differ, in percent of the larger. Source: docs/facts.md R11, `income_tolerance`."""
AGE_OF = {"net_income": "income_age_months"}
"""A fact → the one that tells how old it is."""
LONGEST_SOURCE = 60


def record(
    household: Household, fact: str, value: str | None, *, as_of: date, source: str, by: Actor, on: date | None = None
) -> FactChange | None:
    """Write a verified value (text as `FactSpec` writes it, 元; None: unknown). None where nothing changes.

    A value older than a verified one that stands does not replace it; a value that differs from what it replaces, or
    from what it could not replace, opens a contradiction. Errors: `UserError` for a value that cannot be read, a fact
    that cannot be verified, a day in the future.
    """
    return next(iter(record_all(household, {fact: value}, as_of=as_of, source=source, by=by, on=on)), None)


@transaction.atomic
def record_all(
    household: Household,
    told: Mapping[str, str | None],
    *,
    as_of: date,
    source: str,
    by: Actor,
    on: date | None = None,
) -> list[FactChange]:
    """The same for what was seen of one household on one day, in as many queries as for one; what changed."""
    for fact in told:
        _require(fact, as_of, on)
    source = _source(source, as_of)
    sheet = held_sheet(household)
    verified = _verified(sheet, told)
    changes = []
    for fact, value in told.items():
        was, (was_as_of, was_source) = to_text(SPECS[fact], getattr(sheet, fact)), evidence(sheet, fact)
        if _stands(sheet, fact, as_of, newest=verified.get(fact)):
            _contradict(sheet, fact, told=(was, was_as_of, was_source), other=(value, as_of, source))
            continue
        change = replaced(sheet, fact, value, as_of=as_of, source=source, by=by, is_verified=True)
        if change is None:
            continue
        changes.append(change)
        _age(sheet, fact, as_of, source)
        # A newer visit simply follows an older one.
        if was is not None and fact not in verified and not was_source.startswith("visits"):
            before = date.fromisoformat(was_as_of) if was_as_of else None
            _contradict(sheet, fact, told=(change.value, str(as_of), source), other=(was, before, was_source))
    if changes:
        sheet.save()
        FactChange.objects.bulk_create(changes)
        leave_events(_event(household, change, by) for change in changes)
    return changes


def _require(fact: str, as_of: date, on: date | None) -> None:
    if fact not in SPECS or SPECS[fact].kind is Kind.SET:
        raise UserError(_("这一项不由入户核实"), _("名单类的事实由部门数据给出；换一项"))
    if on is not None and as_of > on:
        raise UserError(_("日期在今天之后"), _("写核实的那一天"))
    if on is not None:
        not_long_ago(as_of, on=on, within="fact_seen_within")


def _source(source: str, as_of: date) -> str:
    """`visit` is written as the screening names visits: with the month."""
    return f"visits {as_of:%Y-%m}" if source == VISIT else source[:LONGEST_SOURCE]


def _verified(sheet: FactSheet, facts: Iterable[str]) -> dict[str, FactChange]:
    """The newest verified change of each fact that has one."""
    rows = FactChange.objects.filter(household_id=sheet.pk, fact__in=list(facts), is_verified=True).order_by("id")
    return {row.fact: row for row in rows}


def _stands(sheet: FactSheet, fact: str, as_of: date, *, newest: FactChange | None) -> bool:
    """Whether a newer verified value stands already."""
    said_on, source = evidence(sheet, fact)
    by_screening = source.startswith("visits") and said_on is not None and said_on > str(as_of)
    return by_screening or (newest is not None and newest.as_of > as_of)


def _age(sheet: FactSheet, fact: str, as_of: date, source: str) -> None:
    """A new income is as old as its day; the sheet counts age at the day of its batch."""
    if fact in AGE_OF and sheet.batch and getattr(sheet, fact) is not None:
        counted = sheet.batch.as_of
        months = (counted.year - as_of.year) * 12 + counted.month - as_of.month - (counted.day < as_of.day)
        put(sheet, AGE_OF[fact], max(months, 0), as_of=as_of, source=source)


def _contradict(
    sheet: FactSheet,
    fact: str,
    *,
    told: tuple[str | None, str | None, str],
    other: tuple[str | None, date | None, str],
) -> None:
    spec = SPECS[fact]
    if told[0] is None or other[0] is None or not differ(spec, told[0], other[0]):
        return
    first = {
        "first_value": told[0],
        "first_as_of": date.fromisoformat(told[1]) if told[1] else None,
        "first_source": told[2],
    }
    open_one = Contradiction.objects.select_for_update().filter(household_id=sheet.pk, fact=fact, kept="")
    if not open_one.update(**first):
        Contradiction.objects.create(
            household_id=sheet.pk,
            area_code=sheet.household.area_code,
            fact=fact,
            rank=0 if fact in decisive_facts(first["first_as_of"] or date.max) else 1,
            **first,
            second_value=other[0],
            second_as_of=other[1],
            second_source=other[2],
        )


def differ(spec: FactSpec, one: str, other: str) -> bool:
    """Whether two values differ by more than is tolerated; only numbers have a tolerance."""
    a, b = from_text(spec, one), from_text(spec, other)
    if spec.kind is not Kind.NUMBER:
        return a != b
    larger = max(abs(int(a or 0)), abs(int(b or 0)))
    return abs(int(a or 0) - int(b or 0)) * 100 > TOLERANCE_PERCENT * larger


def _event(household: Household, change: FactChange, by: Actor) -> Event:
    return event_of(
        Verb.CHANGED,
        by=by,
        subject=("fact", change.fact),
        household_id=household.pk,
        area_code=household.area_code,
        before={
            "value": change.replaced_value,
            "as_of": _text(change.replaced_as_of),
            "source": change.replaced_source,
        },
        after={"value": change.value, "as_of": _text(change.as_of), "source": change.source},
    )


def _text(day: date | None) -> str | None:
    return None if day is None else str(day)
