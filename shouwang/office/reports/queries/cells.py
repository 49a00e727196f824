"""A figure in 户 and 人, and when it is too small to be shown to somebody who may see no household."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from shouwang.office.access.permissions import Permission
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actor import Actor

SMALL = 3
"""Fewer households than this in a village could tell which they are. Source: 统计保密通例，本项目取3。"""
VILLAGE = 12


@dataclass(frozen=True)
class Cell:
    """Households and people. `is_hidden`: there are one or two, and this reader may not know how many."""

    households: int = 0
    people: int = 0
    is_hidden: bool = False

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.households + other.households, self.people + other.people, self.is_hidden or other.is_hidden)

    @property
    def households_shown(self) -> int | str:
        return f"<{SMALL}" if self.is_hidden else self.households

    @property
    def people_shown(self) -> int | str:
        return "—" if self.is_hidden else self.people


@dataclass(frozen=True)
class Reader:
    """Who looks: whether small figures of a village are kept from them."""

    may_see_households: bool

    def shown(self, cell: Cell, area: str) -> Cell:
        """The cell as this reader may see it."""
        is_small = 0 < cell.households < SMALL
        return replace(cell, is_hidden=is_small and len(area) == VILLAGE and not self.may_see_households)


def reader_of(actor: Actor) -> Reader:
    return Reader(Permission.HOUSEHOLDS_SEE in ROLES[actor.role].permissions)


def summed(cells: Iterable[Cell]) -> Cell:
    return sum(cells, Cell())
