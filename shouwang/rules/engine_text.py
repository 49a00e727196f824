"""Values as text inside the engine: the same texts as `display` writes, built from whole numbers."""

import ibis
import ibis.expr.types as ir

from shouwang.rules.engine_numbers import Ratio, floored
from shouwang.rules.units import is_dimensionless, text_scale

_DIGITS = 21
"""More than an int64 has, in groups of three."""


def number_text(value: Ratio, unit: str) -> ir.StringValue:
    """As `display.number_text`; null is unknown."""
    scale = text_scale(unit)
    sign, whole, part = _split(value, scale, decimals=len(str(scale)) - 1)
    return sign + whole + (_if_any(part) if scale == 10 else "." + part)


def number_shown(value: Ratio, unit: str) -> ir.StringValue:
    """As `display.number_shown`; null is unknown."""
    scale = text_scale(unit)
    if is_dimensionless(unit):
        sign, whole, part = _split(value, scale, decimals=2)
        return sign + _grouped(whole) + "." + part + "%"
    sign, whole, part = _split(value, scale, decimals=len(str(scale)) - 1)
    return sign + _grouped(whole) + (_if_any(part) if scale == 10 else "." + part)


def _split(value: Ratio, scale: int, *, decimals: int) -> tuple[ir.StringValue, ir.StringValue, ir.StringValue]:
    parts = floored(value, scale)
    digits = parts.abs().cast("string").lpad(decimals + 1, "0")
    sign = ibis.ifelse(parts < 0, "-", "")
    return sign, digits.substr(0, digits.length() - decimals), digits.right(decimals)


def _if_any(part: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(part == "0", "", "." + part)


def _grouped(whole: ir.StringValue) -> ir.StringValue:
    """`1234567` as `1,234,567`."""
    padded = whole.lpad(_DIGITS, "0")
    groups = [padded.substr(start, 3) for start in range(0, _DIGITS, 3)]
    joined = groups[0]
    for group in groups[1:]:
        joined = joined + "," + group
    bare = joined.re_replace("^[0,]+", "")
    return ibis.ifelse(bare == "", "0", bare)


def yes_no_text(value: ir.BooleanValue) -> ir.StringValue:
    return ibis.cases((value, "yes"), (~value, "no"))


def set_text(listed: ir.ArrayValue) -> ir.StringValue:
    """The members sorted, empty for an empty set; null is unknown."""
    return ibis.ifelse(listed.length() == 0, "", listed.sort().join("、"))
