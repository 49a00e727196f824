"""Finding an area by the names written in department files."""

from collections import defaultdict

from shouwang.areas.area import Area
from shouwang.areas.code import AreaCode
from shouwang.areas.names import folded, ways_to_write


class NameIndex:
    """The children of one place by every way of writing their names."""

    def __init__(self) -> None:
        self._by_full_name: defaultdict[tuple[AreaCode | None, str], set[AreaCode]] = defaultdict(set)
        self._by_any_name: defaultdict[tuple[AreaCode | None, str], set[AreaCode]] = defaultdict(set)

    def add(self, area: Area, *, within: AreaCode | None) -> None:
        self._by_full_name[within, folded(area.name)].add(area.code)
        for way in ways_to_write(folded(area.name), area.level):
            self._by_any_name[within, way].add(area.code)

    def find(self, name: str, *, within: AreaCode | None) -> AreaCode | None:
        """The one area of that name; a full name goes before a short one. Unknown: none, or more than one."""
        key = (within, folded(name))
        found = self._by_full_name.get(key) or self._by_any_name.get(key, set())
        return next(iter(found)) if len(found) == 1 else None
