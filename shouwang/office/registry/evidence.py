"""Of which day and from whom a value on a fact sheet is."""

from datetime import date

from shouwang.office.registry.models import FACTS, FactSheet
from shouwang.office.registry.values import Column

Evidence = tuple[str | None, str]
"""The day as text, null where the value is unknown; the source."""
SPECS = {spec.name: spec for spec in FACTS}


def evidence(sheet: FactSheet, fact: str) -> Evidence:
    """The household's own where it differs, else the batch's. Unknown: no day, no source."""
    own = sheet.differing.get(fact)
    said = own or (sheet.batch.sources.get(fact) if sheet.batch else None)
    return (said[0], said[1] or "") if said else (None, "")


def put(sheet: FactSheet, fact: str, value: Column, *, as_of: date | None, source: str) -> None:
    """Write value and evidence on the sheet; the caller saves it. An unknown value has no day."""
    setattr(sheet, fact, value)
    said = [str(as_of) if as_of and value is not None else None, source]
    usual = sheet.batch.sources.get(fact) if sheet.batch else None
    differing = {name: told for name, told in sheet.differing.items() if name != fact}
    sheet.differing = differing if said == usual else {**differing, fact: said}
