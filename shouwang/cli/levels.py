"""Levels on a terminal: numeral, word and colour together; colour never stands alone."""

from collections.abc import Mapping

from rich.text import Text

from shouwang.screening.explain import Explanation
from shouwang.terms.level import Level

UNKNOWN_STANDINGS = {"unverified": "待核实", "unassessed": "未评估"}
ENGLISH_STANDINGS = {"unverified": "To verify", "unassessed": "Unassessed"}
MEANINGS = {"unverified": "有迹象或本应已知，须入户核实", "unassessed": "所知不足，也没有迹象"}
COLOURS_EN = {Level.I: "red", Level.II: "blue", Level.III: "purple", Level.IV: "yellow", Level.V: "green"}
STYLES: Mapping[str, str] = {
    **{str(int(level)): level.colour for level in Level},
    "unverified": "bold",
    "unassessed": "",
}
"""Standing of the contract → style; what is not known has no colour."""


def short(standing: str) -> Text:
    """`Ⅱ 蓝`, `待核实`."""
    style = STYLES[standing]
    if standing in UNKNOWN_STANDINGS:
        return Text(UNKNOWN_STANDINGS[standing], style=style)
    level = Level(int(standing))
    return Text(f"{level.numeral} {level.colour_zh}", style=style)


def in_full(told: Explanation, lang: str) -> Text:
    """`Ⅱ级（蓝）兜底保障户`, `待核实`."""
    if told.level is None:
        words = UNKNOWN_STANDINGS[told.status] if lang == "zh" else ENGLISH_STANDINGS[told.status]
        return Text(words, style=STYLES[told.status])
    level, name = told.level, told.level_name.of(lang) if told.level_name else ""
    return Text(_numbered(level, lang) + name, style=f"bold {level.colour}")


def _numbered(level: Level, lang: str) -> str:
    if lang == "zh":
        return f"{level.numeral}级（{level.colour_zh}）"
    return f"Level {level.numeral} ({COLOURS_EN[level]}) "
