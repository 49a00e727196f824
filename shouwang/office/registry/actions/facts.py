"""Recording a fact somebody verified: it counts before what departments say, until a newer one."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record as leave_event
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.actions.replacing import held_sheet, replace
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


@transaction.atomic
def record(
    household: Household, fact: str, value: str | None, *, as_of: date, source: str, by: Actor, on: date | None = None
) -> FactChange | None:
    """Write a verified value (text as `FactSpec` writes it, 元; None: unknown). None where nothing changes.

    A value older than a verified one that stands does not replace it; a value that differs from what it replaces, or
    from what it could not replace, opens a contradiction. Errors: `UserError` for a value that cannot be read, a fact
    that cannot be verified, a day in the future.
    """
    _require(fact, as_of, on)
    source = _source(source, as_of)
    sheet = held_sheet(household)
    was, (was_as_of, was_source) = getattr(sheet, fact), evidence(sheet, fact)
    if _stands(sheet, fact, as_of):
        _contradict(sheet, fact, told=(to_text(SPECS[fact], was), was_as_of, was_source), other=(value, as_of, source))
        return None
    change = replace(sheet, fact, value, as_of=as_of, source=source, by=by, is_verified=True)
    if change is None:
        return None
    _age(sheet, fact, as_of, source)
    sheet.save()
    if was is not None and not _is_verified(sheet, fact, before=change):
        _contradict(
            sheet,
            fact,
            told=(change.value, str(as_of), source),
            other=(to_text(SPECS[fact], was), date.fromisoformat(was_as_of) if was_as_of else None, was_source),
        )
    _leave_event(household, change, by)
    return change


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


def _verified(sheet: FactSheet, fact: str) -> "FactChange | None":
    rows = FactChange.objects.filter(household_id=sheet.pk, fact=fact, is_verified=True)
    return rows.order_by("-id").first()


def _stands(sheet: FactSheet, fact: str, as_of: date) -> bool:
    """Whether a newer verified value stands already."""
    newest = _verified(sheet, fact)
    said_on, source = evidence(sheet, fact)
    by_screening = source.startswith("visits") and said_on is not None and said_on > str(as_of)
    return by_screening or (newest is not None and newest.as_of > as_of)


def _is_verified(sheet: FactSheet, fact: str, *, before: FactChange) -> bool:
    """Whether the replaced value was a visit's: a newer visit simply follows an older one."""
    earlier = FactChange.objects.filter(household_id=sheet.pk, fact=fact, is_verified=True, pk__lt=before.pk).exists()
    return earlier or before.replaced_source.startswith("visits")


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


def _leave_event(household: Household, change: FactChange, by: Actor) -> None:
    leave_event(
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
