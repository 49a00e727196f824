"""What a console shows, as an SVG: light, with fonts every machine has, asking nothing of the network."""

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

WIDTH = 110
_INK, _SOFT = (31, 41, 51), (91, 104, 117)
_LEVELS = [(179, 38, 45), (44, 116, 73), (154, 106, 0), (31, 95, 168), (111, 63, 151)]
"""red, green, yellow, blue, magenta: the colours of the levels everywhere else."""
THEME = TerminalTheme(
    (255, 255, 255), _INK, [_INK, *_LEVELS, (15, 91, 87), _SOFT], [_SOFT, *_LEVELS, (15, 91, 87), _INK]
)
FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{ font-family: "Noto Sans Mono CJK SC", "Sarasa Mono SC", Menlo, Consolas, "PingFang SC", \
"Microsoft YaHei", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
<rect fill="#ffffff" width="100%" height="100%" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Picture:
    """A console nobody sees, and the picture of it."""

    def __init__(self) -> None:
        self.console = Console(
            record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard",
            highlight=False, emoji=False, legacy_windows=False,
        )  # fmt: skip

    def save(self, path: Path, *, title: str) -> None:
        """Same content, same bytes."""
        svg = self.console.export_svg(theme=THEME, code_format=FORMAT.replace("TITLE", title), unique_id="shouwang")
        path.write_text(svg, encoding="utf-8")
