"""Finding an area by the names written in department files."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shouwang.areas.area import Area
from shouwang.areas.changes import Change
from shouwang.areas.code import AreaCode, AreaLevel
from shouwang.areas.names import folded, short_name, ways_to_write


class NameIndex:
    """The children of one place by every way of writing their names."""

    def __init__(self) -> None:
        self._by_full_name: defaultdict[tuple[AreaCode | None, str], set[AreaCode]] = defaultdict(set)
        self._by_any_name: defaultdict[tuple[AreaCode | None, str], set[AreaCode]] = defaultdict(set)

    def add(self, area: Area, *, within: AreaCode | None) -> None:
        self._by_full_name[within, folded(area.name)].add(area.code)
        for way in ways_to_write(folded(area.name), area.level):
            self._by_any_name[within, way].add(area.code)

    def add_former(self, name: str, successor: AreaCode, *, within: AreaCode | None) -> None:
        """A former name of an area; its parent may be another than the area has today."""
        self.add(Area(successor, name), within=within)

    def find(self, name: str, *, within: AreaCode | None) -> AreaCode | None:
        """The one area of that name; a full name goes before a short one. Unknown: none, or more than one."""
        key = (within, folded(name))
        found = self._by_full_name.get(key) or self._by_any_name.get(key, set())
        return next(iter(found)) if len(found) == 1 else None


class KindlessTowns:
    """The towns of a county by their names without 乡, 镇 or 街道: a 镇 that became a 街道 keeps its name."""

    def __init__(self) -> None:
        self._by_stem: defaultdict[tuple[AreaCode | None, str], set[AreaCode]] = defaultdict(set)

    def add(self, area: Area, *, within: AreaCode | None) -> None:
        self._by_stem[within, short_name(folded(area.name), AreaLevel.TOWN)].add(area.code)

    def find(self, name: str, *, within: AreaCode | None) -> AreaCode | None:
        """The one town of that name, whatever its kind. Unknown: none, or more than one."""
        found = self._by_stem.get((within, short_name(folded(name), AreaLevel.TOWN)), set())
        return next(iter(found)) if len(found) == 1 else None


class PathFinder:
    """Areas by their names from the county down."""

    def __init__(self, areas: Iterable[Area], changes: Iterable[Change]) -> None:
        self._today, self._former, self._towns = NameIndex(), NameIndex(), KindlessTowns()
        for area in areas:
            if area.level is AreaLevel.COUNTY:
                self._today.add(area, within=None)
            elif area.level > AreaLevel.COUNTY:
                self._today.add(area, within=area.code.parent)
            if area.level is AreaLevel.TOWN:
                self._towns.add(area, within=area.code.parent)
        for change in sorted(changes, key=lambda change: len(change.names)):
            self._add(change)

    def _add(self, change: Change) -> None:
        """A former name, within the area of today that its parent is; where the parent is unknown, it finds nothing."""
        *above, name = change.names
        within = self.find(above)
        if within is not None or not above:
            self._former.add_former(name, change.successor, within=within)

    def find(self, names: Sequence[str]) -> AreaCode | None:
        """The area at the end of a path of names. Unknown: one of them is absent or ambiguous, or there are none."""
        within: AreaCode | None = None
        for name in names:
            within = self._child(name, within)
            if within is None:
                return None
        return within

    def _child(self, name: str, within: AreaCode | None) -> AreaCode | None:
        """A name of today goes before a former one, and that before a town's name without its kind."""
        return (
            self._today.find(name, within=within)
            or self._former.find(name, within=within)
            or self._towns.find(name, within=within)
        )
