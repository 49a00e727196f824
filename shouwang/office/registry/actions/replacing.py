"""Replacing a value on a fact sheet: the column, its evidence, and the row that keeps what it replaced."""

from datetime import date

from shouwang.office.audit.actor import Actor
from shouwang.office.registry.evidence import SPECS, evidence, put
from shouwang.office.registry.models import FACTS, FactBatch, FactChange, FactSheet, Household
from shouwang.office.registry.values import Column, from_text, to_text

LONGEST = 120


def held_sheet(household: Household) -> FactSheet:
    """The sheet, locked; one on which everything is unknown where there was none."""
    sheet = FactSheet.objects.select_for_update(of=("self",)).select_related("batch").filter(pk=household.pk).first()
    return sheet or FactSheet.objects.create(household=household, batch=None)


def replace(
    sheet: FactSheet, fact: str, text: str | None, *, as_of: date, source: str, by: Actor, is_verified: bool
) -> FactChange | None:
    """Write a value, given as text, over the one there; the caller saves the sheet. None where nothing would change.

    Errors: `UserError` where the text is not what the fact is written as.
    """
    change = replaced(sheet, fact, text, as_of=as_of, source=source, by=by, is_verified=is_verified)
    if change:
        change.save(force_insert=True)
    return change


def replaced(
    sheet: FactSheet, fact: str, text: str | None, *, as_of: date, source: str, by: Actor, is_verified: bool
) -> FactChange | None:
    """The same; the caller saves the change too."""
    spec = SPECS[fact]
    value = from_text(spec, text)
    was, (was_as_of, was_source) = getattr(sheet, fact), evidence(sheet, fact)
    if (value, str(as_of), source) == (was, was_as_of, was_source):
        return None
    put(sheet, fact, value, as_of=as_of, source=source)
    return FactChange(
        household_id=sheet.pk,
        fact=fact,
        value=_kept(fact, value),
        as_of=as_of,
        source=source,
        replaced_value=_kept(fact, was),
        replaced_as_of=date.fromisoformat(was_as_of) if was_as_of else None,
        replaced_source=was_source,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
        is_verified=is_verified,
    )


def new_sheet(household: Household, *, source: str) -> FactSheet:
    """A sheet on which every fact is unknown, and says why."""
    batch = FactBatch.objects.order_by("-as_of", "-id").first()
    return FactSheet.objects.create(
        household=household, batch=batch, differing={spec.name: [None, source] for spec in FACTS}
    )


def _kept(fact: str, value: Column) -> str | None:
    text = to_text(SPECS[fact], value)
    return text if text is None else text[:LONGEST]
