"""What became of the rows of a month and of a county's file that was merged into it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Merged:
    """What became of the rows. The month now has `taken` + `kept` rows; read = taken + elsewhere, former = kept +
    replaced, each without the lines that are no rows."""

    area: str
    taken: int
    """Rows of the county's file that are in the month now: of its people, and of people nobody knows by their id."""
    elsewhere: int
    """Rows of it about people of other counties: not taken."""
    replaced: int
    """Rows of the former file that gave way: of the county's people, and those that say the same as a row taken."""
    kept: int
    lost: int
    """Stretches of the former file that are no rows: they stay in the file as it was delivered."""
