"""Tables as we print them: a line under the head, nothing else; figures to the right, thousands separated."""

from rich.box import SIMPLE_HEAD
from rich.table import Table

RIGHT = ">"
"""Before a heading: a column of figures."""


def calm_table(*headings: str) -> Table:
    """A table with these columns."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for heading in headings:
        if heading.startswith(RIGHT):
            table.add_column(heading[1:], justify="right", no_wrap=True)
        else:
            table.add_column(heading, overflow="fold")
    return table


def count(number: int | None) -> str:
    """Unknown is not zero."""
    return "未知" if number is None else f"{number:,}"


def households_and_people(households: int, people: int) -> str:
    return f"{households:,} 户 {people:,} 人"
