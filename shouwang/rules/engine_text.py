"""Values as text inside the engine: the same texts as `display` writes, built from whole numbers."""

from collections.abc import Callable
from functools import reduce

import ibis
import ibis.expr.types as ir

from shouwang.rules.engine_numbers import Ratio, floored
from shouwang.rules.units import is_dimensionless, text_scale

_DIGITS = 21
"""More than an int64 has, in groups of three."""


def named(value: ir.Value, use: Callable[[ir.Value], ir.Value]) -> ir.Value:
    """`use(value)` with the value reckoned once however often it is used: text built on text would double each time.

    It costs a list of one per row, so it is for sentences, not for truth. `use` may only use its argument.
    """
    return ibis.array([value]).map(use)[0]


def number_text(value: Ratio, unit: str) -> ir.StringValue:
    """As `display.number_text`; null is unknown."""
    scale = text_scale(unit)
    decimals = len(str(scale)) - 1
    parts = floored(value, scale)
    digits = _digits(parts, decimals)
    return _sign(parts) + _whole(digits, decimals) + _part(digits, decimals, always=scale != 10)


def number_shown(value: Ratio, unit: str) -> ir.StringValue:
    """As `display.number_shown`; null is unknown."""
    scale = text_scale(unit)
    percent = is_dimensionless(unit)
    decimals = 2 if percent else len(str(scale)) - 1

    def shown(digits: ir.StringValue) -> ir.StringValue:
        whole = named(_whole(digits, decimals), _grouped)
        return whole + _part(digits, decimals, always=scale != 10) + ("%" if percent else "")

    def signed(parts: ir.IntegerValue) -> ir.StringValue:
        return _sign(parts) + named(_digits(parts, decimals), shown)

    return named(floored(value, scale), signed)


def _sign(parts: ir.IntegerValue) -> ir.StringValue:
    return ibis.ifelse(parts < 0, "-", "")


def _digits(parts: ir.IntegerValue, decimals: int) -> ir.StringValue:
    return parts.abs().cast("string").lpad(decimals + 1, "0")


def _whole(digits: ir.StringValue, decimals: int) -> ir.StringValue:
    return digits.substr(0, digits.length() - decimals)


def _part(digits: ir.StringValue, decimals: int, *, always: bool) -> ir.StringValue:
    """The decimals with their point, left out where they are nought and need not be written."""
    part = digits.right(decimals)
    return "." + part if always else ibis.ifelse(part == "0", "", "." + part)


def _grouped(whole: ir.StringValue) -> ir.StringValue:
    """`1234567` as `1,234,567`."""

    def split(padded: ir.StringValue) -> ir.StringValue:
        groups = [padded.substr(start, 3) for start in range(0, _DIGITS, 3)]
        return reduce(lambda text, group: text + "," + group, groups).re_replace("^[0,]+", "")

    def never_empty(bare: ir.StringValue) -> ir.StringValue:
        return ibis.ifelse(bare == "", "0", bare)

    return named(named(whole.lpad(_DIGITS, "0"), split), never_empty)


def yes_no_text(value: ir.BooleanValue) -> ir.StringValue:
    return ibis.cases((value, "yes"), (~value, "no"))


def set_text(listed: ir.ArrayValue) -> ir.StringValue:
    """The members sorted, empty for an empty set; null is unknown."""
    return ibis.ifelse(listed.length() == 0, "", listed.sort().join("、"))
