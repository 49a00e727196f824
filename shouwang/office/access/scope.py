"""A scope: the area somebody may see. Every query of the office takes one first; nothing defaults to all."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

T = TypeVar("T", bound=Model)
DIGITS = 12


@dataclass(frozen=True)
class Scope:
    """All areas whose code begins with `prefix` (4, 6, 9 or 12 digits)."""

    prefix: str

    def q(self, field: str = "area_code") -> Q:
        """The condition on a column of 12-digit codes, as a range, so that an index serves it on every database."""
        first, last = self.prefix.ljust(DIGITS, "0"), self.prefix.ljust(DIGITS, "9")
        # Both ends are digits alone: a collation that passes over punctuation orders them no differently.
        return Q(**{field: first}) if first == last else Q(**{f"{field}__gte": first, f"{field}__lte": last})

    def q_of_any_level(self, field: str = "area_code") -> Q:
        """The same on a column of codes of every length, where the code of a county is that of the county itself."""
        return Q(**{f"{field}__gte": self.prefix, f"{field}__lte": self.prefix.ljust(DIGITS, "9")})

    def filter(self, rows: "QuerySet[T]", field: str = "area_code") -> "QuerySet[T]":
        return rows.filter(self.q(field))

    def contains(self, area_code: str) -> bool:
        return area_code.startswith(self.prefix)

    def narrowed(self, area_code: str) -> "Scope | None":
        """The scope of an area inside this one; None where it lies outside, as for an area there is not."""
        return Scope(area_code) if area_code and self.contains(area_code) else (self if not area_code else None)


WHOLE_COUNTRY = Scope("")
"""For work on a whole population, which says so by this name; never for a request."""
