"""Outlines of the counties, for a map without a map server."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise

from shouwang.areas.code import AreaCode

Point = tuple[int, int]
_FLATTER = (9, 10)
"""At Kunming's latitude a degree of longitude is about nine tenths as long as one of latitude (cos 25°)."""
_STEPS = 24


@dataclass(frozen=True)
class Outline:
    """One county on the drawing. *Units*: thousandths of a degree; x to the right, y down, from the map's corner."""

    code: AreaCode
    rings: tuple[tuple[Point, ...], ...]

    @cached_property
    def path(self) -> str:
        """The `d` of an SVG path; holes are left out by `fill-rule="evenodd"`."""
        return "".join(f"M{'L'.join(f'{x},{y}' for x, y in ring[:-1])}Z" for ring in self.rings)

    @cached_property
    def middle(self) -> Point:
        """Where its name may stand: the middle of the widest level line inside, away from the top and the bottom."""
        ys = [y for ring in self.rings for _, y in ring]
        low, high = min(ys), max(ys)
        levels = [low + (high - low) * step // _STEPS for step in range(_STEPS // 4, _STEPS * 3 // 4 + 1)]
        spans = [(right - left, left, right, y) for y in levels for left, right in self._inside(y)]
        _, left, right, y = max(spans)
        return (left + right) // 2, y

    def _inside(self, y: int) -> list[Point]:
        """From where to where a level line runs inside."""
        crossed = sorted(
            x1 + (y - y1) * (x2 - x1) // (y2 - y1)
            for ring in self.rings
            for (x1, y1), (x2, y2) in pairwise(ring)
            if (y1 <= y) != (y2 <= y)
        )
        return list(zip(crossed[::2], crossed[1::2], strict=True))


@dataclass(frozen=True)
class CountyMap:
    """All counties of the city, with the size of the drawing they lie in."""

    outlines: tuple[Outline, ...]
    width: int
    height: int


@cache
def county_map() -> CountyMap:
    """The fourteen counties, in order of code. Source: `data/kunming.outlines.source.json`."""
    text = (files("shouwang.areas") / "data" / "kunming.outlines.json").read_text(encoding="utf-8")
    return drawn(json.loads(text))


def drawn(degrees: Mapping[str, list[list[list[int]]]]) -> CountyMap:
    """A map of rings of [longitude, latitude] by county code: the north above, the corner at 0, 0."""
    flat = {code: [_flattened(ring) for ring in rings] for code, rings in degrees.items()}
    every = [point for rings in flat.values() for ring in rings for point in ring]
    left, top = min(x for x, _ in every), min(y for _, y in every)
    moved = {code: tuple(tuple((x - left, y - top) for x, y in ring) for ring in rings) for code, rings in flat.items()}
    return CountyMap(
        tuple(Outline(AreaCode(code), rings) for code, rings in sorted(moved.items())),
        width=max(x for x, _ in every) - left,
        height=max(y for _, y in every) - top,
    )


def _flattened(ring: list[list[int]]) -> list[Point]:
    """The ring as drawn; points that fall together are one."""
    shorter, whole = _FLATTER
    points = [(longitude * shorter // whole, -latitude) for longitude, latitude in ring]
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
