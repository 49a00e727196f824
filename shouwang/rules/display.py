"""How one value is written: the plain text of contracts, and the form people read."""

from fractions import Fraction
from math import floor

from shouwang.rules.evaluate import NOTHING_MOVED, Moved, evaluate
from shouwang.rules.tree import Derived
from shouwang.rules.units import YES_NO_UNIT, is_dimensionless, text_scale
from shouwang.rules.vocabulary import Facts, FactSpec, Kind, Stored


def number_text(value: Fraction, unit: str) -> str:
    """Money `-1234.05`, shares `0.3000`, all else `1.5` or `4`; floored, so that it is below a line only if it is."""
    scale = text_scale(unit)
    sign, whole, part = _split(value, scale)
    if scale == 10:
        return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
    return f"{sign}{whole}.{part:0{len(str(scale)) - 1}d}"


def number_shown(value: Fraction, unit: str) -> str:
    """The same value with thousands separators; shares in percent."""
    if is_dimensionless(unit):
        sign, whole, part = _split(value, text_scale(unit) // 100, of=100)
        return f"{sign}{whole:,}.{part:02d}%"
    sign, whole, part = _split(value, text_scale(unit))
    if text_scale(unit) == 10:
        return f"{sign}{whole:,}.{part}" if part else f"{sign}{whole:,}"
    return f"{sign}{whole:,}.{part:02d}"


def _split(value: Fraction, scale: int, *, of: int = 1) -> tuple[str, int, int]:
    parts = floor(value * of * scale)
    return ("-" if parts < 0 else "", *divmod(abs(parts), scale))


def stored_text(spec: FactSpec, stored: Stored) -> str | None:
    """The contract text of a stored fact; None where it is unknown."""
    if stored is None:
        return None
    match spec.kind:
        case Kind.NUMBER:
            return number_text(Fraction(int(str(stored)), spec.scale), spec.unit)
        case Kind.YES_NO:
            return yes_no(bool(stored))
        case Kind.CATEGORY:
            return str(stored)
        case _:
            return "、".join(sorted(stored))  # type: ignore[arg-type]  # a SET is stored as a list


def value_text(thing: FactSpec | Derived, facts: Facts, moved: Moved = NOTHING_MOVED) -> str | None:
    """The contract text of a fact or derived fact of a household; None where it is unknown."""
    if isinstance(thing, FactSpec):
        return stored_text(thing, facts.get(thing.name))
    value = evaluate(thing, facts, moved)
    if value is None or isinstance(value, bool):
        return None if value is None else yes_no(value)
    return number_text(value, thing.unit)


def unit_text(thing: FactSpec | Derived) -> str:
    """The unit beside a value: empty for yes/no, categories and sets."""
    return "" if thing.unit == YES_NO_UNIT else thing.unit


def yes_no(value: bool) -> str:
    return "yes" if value else "no"
