"""The tree 省市县乡村 of one edition of the codes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from shouwang.areas.area import Area, ReportingUnit
from shouwang.areas.changes import Change
from shouwang.areas.code import AreaCode, AreaLevel
from shouwang.areas.finding import PathFinder
from shouwang.terms.errors import ProgrammingError, UserError

if TYPE_CHECKING:
    import pyarrow as pa


class AreaTree:
    """All areas by code, in order of code; nothing in it changes.

    Errors: `ProgrammingError` when a code comes twice, or the parent of an area or the code of a zone is missing.
    """

    def __init__(
        self,
        areas: Iterable[Area],
        *,
        edition: str,
        zones: Iterable[tuple[str, str, AreaCode]] = (),
        changes: Iterable[Change] = (),
    ) -> None:
        """`zones`: key, name and statistical code of each reporting unit. `changes`: former names and codes."""
        self.edition = edition
        self._zones, self._changes = tuple(zones), tuple(changes)
        self._areas: dict[AreaCode, Area] = {}
        self._children: dict[AreaCode, list[Area]] = {}
        for area in sorted(areas, key=lambda area: area.code):
            self._add(area)
        self._units = tuple(self._unit(key, name, code) for key, name, code in self._zones)
        for change in self._changes:
            if change.successor not in self:
                raise ProgrammingError(
                    f"区划变更表写的后继 {change.successor} 不在区划表（{edition}）里 → 改为此表中的代码"
                )

    def _add(self, area: Area) -> None:
        if area.code in self._areas:
            raise ProgrammingError(f"区划表（{self.edition}）里代码 {area.code} 重复 → 用 scripts 里的脚本重做此表")
        parent = area.code.parent
        if parent is not None and parent not in self._areas:
            raise ProgrammingError(
                f"区划表（{self.edition}）里 {area.code} 没有上级 {parent} → 用 scripts 里的脚本重做此表"
            )
        self._areas[area.code] = area
        self._children[area.code] = []
        if parent is not None:
            self._children[parent].append(area)

    def _unit(self, key: str, name: str, code: AreaCode) -> ReportingUnit:
        if code not in self:
            raise ProgrammingError(f"区划表（{self.edition}）里没有开发区 {key} 的代码 {code} → 改 zones 中的代码")
        return ReportingUnit(key, name, code, tuple(member.code for member in self.children(code)))

    def __contains__(self, code: AreaCode) -> bool:
        return code in self._areas

    def __len__(self) -> int:
        return len(self._areas)

    def get(self, code: AreaCode) -> Area:
        """Errors: `UserError` when this edition has no such code."""
        if code not in self._areas:
            raise UserError(f"区划表（{self.edition}）里没有代码 {code}", "请核对代码；撤并前的旧代码不在此表中")
        return self._areas[code]

    def children(self, code: AreaCode) -> tuple[Area, ...]:
        """The areas one step down. Errors: as `get`."""
        return tuple(self._children[self.get(code).code])

    def counties(self) -> tuple[Area, ...]:
        return self._at(AreaLevel.COUNTY)

    def towns(self) -> tuple[Area, ...]:
        """乡, 镇 and 街道, and the zones the codes place among them."""
        return self._at(AreaLevel.TOWN)

    def villages(self) -> tuple[Area, ...]:
        """Villages and urban communities alike; `is_rural` tells them apart."""
        return self._at(AreaLevel.VILLAGE)

    def _at(self, level: AreaLevel) -> tuple[Area, ...]:
        return tuple(area for area in self._areas.values() if area.level is level)

    def path(self, code: AreaCode) -> str:
        """The names from the county down, `东川区 汤丹镇 某村委会`; above the county its own name. Errors: as `get`."""
        names = [self.get(code).name]
        while code.level > AreaLevel.COUNTY and (parent := code.parent):
            code = parent
            names.insert(0, self.get(code).name)
        return " ".join(names)

    def with_changes(self, changes: Iterable[Change]) -> AreaTree:
        """The same tree, which also knows these former names and codes.

        Errors: `ProgrammingError` where a successor is no area of it.
        """
        return AreaTree(
            self._areas.values(), edition=self.edition, zones=self._zones, changes=(*self._changes, *changes)
        )

    def find(self, county_name: str, town_name: str, village_name: str) -> AreaCode | None:
        """The village or community so called, by full names or names without ending, of today or former.

        Unknown: absent or ambiguous.
        """
        return self._paths.find((county_name, town_name, village_name))

    @cached_property
    def _paths(self) -> PathFinder:
        return PathFinder(self._areas.values(), self._changes)

    def current(self, code: AreaCode) -> AreaCode | None:
        """The code itself where it is one of today, else the one that took its place. Unknown: neither, or several."""
        if code in self:
            return code
        successors = {change.successor for change in self._changes if change.former_code == code}
        return next(iter(successors)) if len(successors) == 1 else None

    def reporting_units(self) -> tuple[ReportingUnit, ...]:
        """The development zones that report beside the counties."""
        return self._units

    def villages_table(self) -> pa.Table:
        """Shape: one row per village or community, as in `table.SCHEMA`, in order of code."""
        from shouwang.areas.table import villages_table  # pyarrow only for those who want a table

        return villages_table((self._village_row(village) for village in self.villages()), edition=self.edition)

    def _village_row(self, village: Area) -> dict[str, object]:
        return {
            "code": str(village.code),
            "county_name": self.get(village.code.county).name,
            "town_name": self.get(village.code.town).name,
            "village_name": village.name,
            "is_rural": village.is_rural,
        }
