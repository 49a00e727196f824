"""A fact as its column holds it, and as text."""

from django.utils.translation import gettext as _

from shouwang.office.web.speaking import language
from shouwang.policy.written import UnreadableError, stored
from shouwang.rules.display import stored_text
from shouwang.rules.vocabulary import PERHAPS_MORE, FactSpec, Kind
from shouwang.terms.errors import UserError

BETWEEN = "、"
Column = int | bool | str | None
"""What a column of `FactSheet` holds; a set is its members in order, joined."""


def to_text(spec: FactSpec, value: Column) -> str | None:
    """As contracts and `FactChange` write it. Unknown: None."""
    if value is None or spec.kind is Kind.SET:
        return None if value is None else str(value)
    return stored_text(spec, value)


def from_text(spec: FactSpec, text: str | None) -> Column:
    """What a person or another table wrote. Unknown: None. Errors: `UserError` with the cure."""
    if text is None:
        return None
    parts = [part for part in text.split(BETWEEN) if part]
    try:
        found = stored(spec, parts if spec.kind is Kind.SET else text.strip())
    except UnreadableError as error:
        raise UserError(_("%(fact)s不能这样写") % {"fact": fact_name(spec)}, _cure(spec, error)) from None
    if isinstance(found, list):
        return BETWEEN.join(found)
    return found  # type: ignore[return-value]


def fact_name(spec: FactSpec) -> str:
    """In the reader's language."""
    return spec.en if language() == "en" else spec.zh


def _cure(spec: FactSpec, error: UnreadableError) -> str:
    """For people at a form; a file is told more exactly by the screening."""
    if spec.kind is not Kind.NUMBER:
        return error.cure
    return _("写零或正数，至多两位小数，例如 24000.50") if spec.unit.startswith("元") else _("写零或正数，例如 2")


def sql_text(spec: FactSpec, column: str) -> str:
    """The same text of a column in DuckDB's SQL."""
    if spec.kind is Kind.YES_NO:
        return f"CASE WHEN {column} THEN 'yes' WHEN NOT {column} THEN 'no' END"
    if spec.kind is not Kind.NUMBER:
        return column
    sign = f"CASE WHEN {column} < 0 THEN '-' ELSE '' END"
    whole, part = f"(abs({column}) // {spec.scale})", f"(abs({column}) % {spec.scale})"
    if spec.unit.startswith("元"):
        return f"CASE WHEN {column} IS NOT NULL THEN format('{{}}{{:d}}.{{:02d}}', {sign}, {whole}, {part}) END"
    tenths = f"({part} * 10 // {spec.scale})"
    return (
        f"CASE WHEN {column} IS NOT NULL THEN {sign} || {whole}"
        f" || CASE WHEN {tenths} > 0 THEN '.' || {tenths} ELSE '' END END"
    )


__all__ = ["BETWEEN", "PERHAPS_MORE", "Column", "from_text", "sql_text", "to_text"]
