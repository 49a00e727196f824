"""How much may be wrong or different before a delivery is refused or asked about: dated, ours, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True)
class Limits:
    """Shares of one. All of them are our reading: no text that we saw sets any."""

    bad_rows: Fraction = Fraction(20, 100)
    """Refused whole where more rows than this cannot be used, or bear an id that is lost."""
    fewer_rows: Fraction = Fraction(30, 100)
    """Asked about where there are fewer than last month by this, or more by twice this."""
    more_empty: Fraction = Fraction(20, 100)
    """Asked about where the share of empty cells of a column grew by this."""
    other_labels: Fraction = Fraction(20, 100)
    """Asked about where the share of a label moved by this."""
    more_strangers: Fraction = Fraction(20, 100)
    """Asked about where the share of people the register does not know grew by this."""
    fewest_rows: int = 20
    """Below this many rows last month nothing is compared."""
    most_doubled: Fraction = Fraction(5, 100)
    """Asked about where more rows than this say the same as another."""
    times_amount: int = 100
    """Asked about where the middle amount is so many times last month's, or that part of it: a unit."""


DATED: Mapping[date, Limits] = {date(2019, 1, 1): Limits()}
"""First day in force → limits; a change is a new entry."""


def limits_on(day: date) -> Limits:
    """What was in force on a day; before the first entry, the first."""
    in_force = [start for start in sorted(DATED) if start <= day]
    return DATED[in_force[-1] if in_force else min(DATED)]
