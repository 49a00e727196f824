"""What led to a match, field by field, in words and bits: +10 is a thousand times likelier, −10 the contrary."""

from collections.abc import Mapping
from typing import Any

from shouwang.screening.linkage.comparisons import SILENT, Comparison

NULL = -1
"""Splink's number of the level that says nothing; the others count down to 0, the last."""


def level_zh(comparison: Comparison, number: int) -> str:
    """The words of a level by its number."""
    return SILENT if number == NULL else comparison.levels[len(comparison.levels) - 1 - number].zh


def steps(comparisons: list[Comparison], pair: Mapping[str, Any]) -> list[tuple[str, str, float]]:
    """Field, level in words, bits; the strongest first, fields that say nothing left out."""
    found = [
        (c.zh, level_zh(c, pair[f"level_{c.key}"]), float(pair[f"weight_{c.key}"]))
        for c in comparisons
        if pair[f"level_{c.key}"] != NULL
    ]
    return sorted(found, key=lambda step: -abs(step[2]))


def in_words(comparisons: list[Comparison], pair: Mapping[str, Any]) -> str:
    """One line for people: 姓名相同 +12.3；证件号码差一位 +9.1；性别不同 −6.0。"""
    told = [f"{field}{level} {_signed(bits)}" for field, level, bits in steps(comparisons, pair)]
    return "；".join(told) or "没有可比的信息"


def _signed(bits: float) -> str:
    return f"+{bits:.1f}" if bits >= 0 else f"−{-bits:.1f}"


def as_sql(comparisons: list[Comparison]) -> str:
    """The waterfall of a pair as a list of structs: field, level, bits."""
    return f"[{', '.join(_struct(c) for c in comparisons)}]"


def _struct(comparison: Comparison) -> str:
    last = len(comparison.levels) - 1
    words = " ".join(f"when {last - place} then '{level.zh}'" for place, level in enumerate(comparison.levels))
    key = comparison.key
    return (
        f"{{'field': '{comparison.zh}', 'level': case level_{key} {words} else '{SILENT}' end,"
        f" 'bits': weight_{key}::double}}"
    )
