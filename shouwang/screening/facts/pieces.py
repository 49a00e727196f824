"""How one source contributes to the facts: what it says, what its silence says, of which date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
from ibis import Table, Value

from shouwang.terms.period import Month, Period

PERHAPS_MORE = "?"
"""Member of a set fact that says: there may be more (rules/vocabulary.py)."""


@dataclass(frozen=True)
class Context:
    """What every piece needs to know."""

    as_of: date
    window: Period
    tables: Mapping[str, Table]
    """Typed tables by name: households, members, people, incomes and each dataset."""
    undelivered: frozenset[str]
    """Datasets of which a month this run needs is missing: silence says nothing."""
    latest_month: Mapping[str, str]
    """Dataset → the newest month read, as 2020-06."""
    settings: Mapping[str, int]
    """Figures of the policy that turn rows into facts, by parameter name."""

    def usable(self, code: str) -> Table:
        """The rows of a dataset that have no fault."""
        table = self.tables[code]
        return table.filter(table.faults == 0)

    def roll(self, code: str) -> Table:
        """All rows of a roll, faulty ones too, under its name in `roll`."""
        return self.tables[code].mutate(roll=ibis.literal(code))

    def source(self, code: str) -> str:
        """How the evidence names a dataset's month."""
        return f"{code} {self.latest_month.get(code, '—')}"

    def month_end(self, code: str) -> date:
        """The day a roll is of; of a roll never delivered, the end of the window."""
        return Month.parse(self.latest_month[code]).last if code in self.latest_month else self.window.last_day

    def in_window(self, code: str) -> Table:
        """Usable events that happened in the window."""
        rows = self.usable(code)
        return rows.filter(rows.happened_on.between(self.window.first_day, self.window.last_day))


@dataclass(frozen=True)
class Piece:
    """What one source says of households.

    Shape: `table` has `household_no` (unique) and a column per fact, perhaps `<fact>__as_of`, and any further
    columns named in `extras`. A household without a row takes `silence`; null there means unknown.
    """

    name: str
    table: Table
    silence: Mapping[str, Any]
    as_of: date
    source: str
    dated: frozenset[str] = frozenset()
    """Facts with an `__as_of` column of their own."""
    extras: frozenset[str] = frozenset()
    """Further columns; those that begin with `_` serve the assembly only."""


def linked(ctx: Context, rows: Table, *columns: str) -> Table:
    """Rows of a dataset with the household of their person."""
    return rows.filter(rows.household_no.notnull()).select("household_no", *columns)


def active(ctx: Context) -> Table:
    """People who are members of a household on the as-of date."""
    members = ctx.tables["members"]
    return members.filter(members.active & members.household_no.notnull())


def day_number(day: Value) -> Value:
    """20200618: a date as a whole number that orders alike."""
    return day.year().cast("int64") * 10_000 + day.month() * 100 + day.day()


def day_of(number: Value) -> Value:
    """The date of a day number; all arithmetic stays whole on every engine."""
    day = number % 100
    month = ((number - day) % 10_000 / 100).round().cast("int64")
    year = ((number - number % 10_000) / 10_000).round().cast("int64")
    return ibis.date(year, month, day)
