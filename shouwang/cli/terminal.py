"""Where results and progress are printed, and how Chinese lines are broken."""

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

NOT_FIRST = "，。；：、！？）」』”’》％%,.;:!?)"
"""What may not begin a line."""
NOT_LAST = "（「『“‘《("
"""What may not end one."""


def results() -> Console:
    """Standard output. Piped, it has no colours."""
    return Console(highlight=False, emoji=False)


def asides() -> Console:
    """Standard error: progress and warnings, so that results can be piped."""
    return Console(stderr=True, highlight=False, emoji=False)


def say(console: Console, text: Text | str, *, indent: int = 0, first: int | None = None) -> None:
    """Print prose folded at the width of the console; following lines are indented, the first by `first`."""
    line = text if isinstance(text, Text) else Text(text)
    lead = indent if first is None else first
    for number, part in enumerate(fold(line, console.width - indent, lead - indent)):
        console.print(Text(" " * (indent if number else lead)) + part, soft_wrap=True)


def fold(text: Text, width: int, lead: int = 0) -> list[Text]:
    """The text in lines of at most so many cells, broken where Chinese may be broken.

    `lead`: how many cells less the first line has.
    """
    lines, rest = [], text
    room = width - lead
    while rest.cell_len > room and room > 1:
        cut = _cut(rest.plain, room)
        line, rest = rest[:cut], rest[cut:]
        line.rstrip()
        lines.append(line)
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        room = width
    return [*lines, rest]


def _cut(plain: str, width: int) -> int:
    """How many characters go on this line."""
    most, cells = 0, 0
    while most < len(plain) and cells + cell_len(plain[most]) <= width:
        cells += cell_len(plain[most])
        most += 1
    for cut in range(most, max(most // 2, 0), -1):
        if _may_break(plain[cut - 1], plain[cut : cut + 1]):
            return cut
    return max(most, 1)


def _may_break(before: str, after: str) -> bool:
    if not after or after in NOT_FIRST or before in NOT_LAST:
        return not after
    return before == " " or after == " " or cell_len(before) == 2 or cell_len(after) == 2
