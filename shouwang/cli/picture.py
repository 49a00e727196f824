"""What a console shows, as an SVG: light, every cell in its place whatever the fonts, asking nothing of the network."""

import io
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.color import blend_rgb
from rich.color_triplet import ColorTriplet
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from shouwang.terms.level import Level

WIDTH = 110
CELL, LINE, MARGIN = 9.6, 24, 20
"""Pixels: a cell is as wide as a Latin letter of 16 px, two are a little wider than a Chinese one of 18 px."""
_INK, _SOFT, _PAPER = (31, 41, 51), (91, 104, 117), (255, 255, 255)
_LEVELS = [(179, 38, 45), (44, 116, 73), (154, 106, 0), (31, 95, 168), (111, 63, 151)]
"""red, green, yellow, blue, magenta: the colours of the levels everywhere else."""
NUMERALS = "".join(level.numeral for level in Level)
THEME = TerminalTheme(_PAPER, _INK, [_INK, *_LEVELS, (15, 91, 87), _SOFT])
HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" xml:space="preserve">
<title>{title}</title>
<style>
text {{ font: 16px Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre; }}
.wide {{ font: 18px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; }}
.bold {{ font-weight: bold; }}
</style>
<rect width="100%" height="100%" rx="8" fill="#ffffff"/>
"""


class Picture:
    """A console nobody sees, and the picture of it."""

    def __init__(self) -> None:
        self._shown = io.StringIO()
        self.console = Console(
            file=self._shown, width=WIDTH, force_terminal=True, color_system="standard",
            highlight=False, emoji=False, legacy_windows=False,
        )  # fmt: skip

    def save(self, path: Path, *, title: str) -> None:
        """Same content, same bytes."""
        lines = list(AnsiDecoder().decode(self._shown.getvalue().rstrip("\n")))
        head = HEAD.format(title=title, width=round(WIDTH * CELL) + 2 * MARGIN, height=len(lines) * LINE + 2 * MARGIN)
        drawn = (run for number, line in enumerate(lines) for run in self._runs(line, MARGIN + LINE * (number + 0.7)))
        path.write_text(head + "\n".join(drawn) + "\n</svg>\n", encoding="utf-8")

    def _runs(self, line: Text, y: float) -> Iterator[str]:
        """Wide and narrow letters apart, each run exactly as long as its cells."""
        at = 0
        for segment in line.render(self.console):
            for kind, letters in groupby(segment.text.rstrip("\n"), key=_kind):
                text = "".join(letters)
                if text.strip():
                    yield _run(text, at, y, segment.style or Style.null(), kind)
                at += cell_len(text)


def _kind(letter: str) -> str:
    """Many fonts draw a Roman numeral wider than its one cell: it is squeezed."""
    if letter in NUMERALS:
        return "numeral"
    return "wide" if cell_len(letter) == 2 else ""


def _run(text: str, at: int, y: float, style: Style, kind: str) -> str:
    words = text.lstrip(" ")
    at += len(text) - len(words)
    words = words.rstrip(" ")
    classes = " ".join(name for name, holds in ((kind, kind), ("bold", style.bold)) if holds)
    marked = f' class="{classes}"' if classes else ""
    squeezed = ' lengthAdjust="spacingAndGlyphs"' if kind == "numeral" else ""
    place = f'x="{MARGIN + at * CELL:.1f}" y="{y:.1f}" textLength="{cell_len(words) * CELL:.1f}"'
    return f'<text{marked} {place}{squeezed} fill="{_colour(style).hex}">{escape(words)}</text>'


def _colour(style: Style) -> ColorTriplet:
    ink = style.color.get_truecolor(THEME) if style.color else ColorTriplet(*_INK)
    return blend_rgb(ink, ColorTriplet(*_PAPER), 0.35) if style.dim else ink
