"""The map of the counties: which shade each has, and the legend that says what a shade means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shouwang.areas.outlines import Outline, county_map
from shouwang.office.web.places import short_place

SHADES = 5
KIND_OF_AREA = re.compile(r"(?<=.{2})(?:.+族自治县|[区县市])$")
"""What the map has no room for: 禄劝彝族苗族自治县 is 禄劝 there, as everybody says."""
STEP = 10
"""The legend's steps are whole numbers of tenths: 1.0, 2.0 of every thousand households."""


@dataclass(frozen=True)
class County:
    """One county on the map. `tenths`: warned of every 10,000 households. Unknown: None, drawn dashed."""

    outline: Outline
    name: str
    tenths: int | None
    shade: int | None

    @property
    def called(self) -> str:
        return KIND_OF_AREA.sub("", self.name)

    @property
    def per_thousand(self) -> str | None:
        return None if self.tenths is None else written(self.tenths)


@dataclass(frozen=True)
class ShadeOf:
    """One line of the legend: from and until (not including), of every thousand households."""

    shade: int
    since: str
    until: str | None


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    counties: tuple[County, ...]
    legend: tuple[ShadeOf, ...]


def written(tenths: int) -> str:
    """Of every 10,000, written as of every thousand."""
    return f"{tenths // 10}.{tenths % 10}"


def drawing(values: Mapping[str, int | None]) -> Drawing:
    """The map with each county shaded by its value, by code prefix; a county without one is unknown."""
    step = step_of([value for value in values.values() if value is not None])
    paper = county_map()
    counties = []
    for outline in paper.outlines:
        code = outline.code.prefix
        value = values.get(code)
        shade = None if value is None else min(value // step, SHADES - 1)
        counties.append(County(outline, short_place(code), value, shade))
    legend = tuple(
        ShadeOf(shade, written(shade * step), written((shade + 1) * step) if shade < SHADES - 1 else None)
        for shade in range(SHADES)
    )
    return Drawing(paper.width, paper.height, tuple(counties), legend)


def step_of(values: list[int]) -> int:
    """How wide a shade is, so that the highest value is in the last one: a whole number of tenths."""
    return max(-(-(max(values, default=0) + 1) // (SHADES * STEP)) * STEP, STEP)
