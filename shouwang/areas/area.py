"""What the tree holds: areas, and the zones that report beside the counties."""

from dataclasses import dataclass

from shouwang.areas import names
from shouwang.areas.code import AreaCode, AreaLevel


@dataclass(frozen=True)
class Area:
    """One area of one edition of the codes."""

    code: AreaCode
    name: str

    @property
    def level(self) -> AreaLevel:
        return self.code.level

    @property
    def short_name(self) -> str:
        return names.short_name(self.name, self.level)

    @property
    def is_rural(self) -> bool | None:
        """Whether the name is that of a 村民委员会.

        Unknown: above the village, or the name says neither village nor community.
        """
        return names.rural_mark(self.name) if self.level is AreaLevel.VILLAGE else None


@dataclass(frozen=True)
class ReportingUnit:
    """A development zone that reports beside the counties but is no county in the codes.

    Unknown: `members` are those the table lists under the zone's statistical code; whether the zone also runs
    streets of a neighbouring county (托管) the table does not tell.
    """

    key: str
    """Short, with letters: never mistaken for a 12-digit code."""
    name: str
    listed_as: AreaCode
    """The town-level statistical code under which the table lists the zone, inside its host county."""
    members: tuple[AreaCode, ...]
