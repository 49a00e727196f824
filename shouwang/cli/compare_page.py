"""Two policies side by side, as a table: a row per standing by the first, a column per standing by the second."""

from collections.abc import Sequence
from datetime import date

from rich.console import Console

from shouwang.cli.levels import STYLES, short
from shouwang.cli.tables import calm_table, households_and_people
from shouwang.rules.policy import Policy
from shouwang.screening.run.compare import Move

WARNED = ("1", "2", "3", "4")


def print_moves(console: Console, found: Sequence[Move], policies: tuple[Policy, Policy], as_of: date) -> None:
    """The table, and who enters and leaves the warnings."""
    before, after = policies
    console.print(f"截至 {as_of}，行：{before.code}，列：{after.code}（户）")
    table = calm_table("", *(f">{short(standing)}" for standing in STYLES))
    for standing in STYLES:
        row = {move.after: move.households for move in found if move.before == standing}
        table.add_row(short(standing), *(f"{row.get(other, 0):,}" for other in STYLES))
    console.print(table)
    entering = [m for m in found if m.after in WARNED and m.before not in WARNED]
    leaving = [m for m in found if m.before in WARNED and m.after not in WARNED]
    for said, some in (("进入预警", entering), ("退出预警", leaving)):
        total = households_and_people(sum(m.households for m in some), sum(m.people for m in some))
        console.print(f"{said}：{total}")
