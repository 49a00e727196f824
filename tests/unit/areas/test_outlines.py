"""Outlines of the counties as the package holds them."""

from itertools import pairwise

from shouwang.areas import kunming
from shouwang.areas.outlines import CountyMap, Outline, county_map, drawn

SQUARES = {
    "530103": [[[102000, 25000], [102100, 25000], [102100, 25100], [102000, 25100], [102000, 25000]]],
    "530102": [[[102100, 25000], [102200, 25000], [102200, 25200], [102100, 25200], [102100, 25000]]],
}


def test_map_of_kunming_has_the_fourteen_counties() -> None:
    assert [outline.code for outline in county_map().outlines] == [county.code for county in kunming().counties()]


def test_map_of_kunming_is_read_once_and_lies_inside_its_size() -> None:
    points = [point for outline in county_map().outlines for ring in outline.rings for point in ring]
    assert county_map() is county_map()
    assert (min(x for x, _ in points), min(y for _, y in points)) == (0, 0)
    assert (max(x for x, _ in points), max(y for _, y in points)) == (county_map().width, county_map().height)


def test_rings_are_closed_and_no_point_comes_twice_in_a_row() -> None:
    rings = [ring for outline in county_map().outlines for ring in outline.rings]
    assert [ring for ring in rings if ring[0] != ring[-1]] == []
    assert [ring for ring in rings if any(here == there for here, there in pairwise(ring))] == []


def test_borders_of_two_counties_are_the_same_line() -> None:
    """Of the pieces of a county, those of a neighbour are walked by both: 盘龙 and 官渡 share some."""
    pieces = {
        outline.code.prefix: {frozenset(piece) for ring in outline.rings for piece in pairwise(ring)}
        for outline in county_map().outlines
    }
    assert len(pieces["530103"] & pieces["530111"]) > 5


def test_drawn_puts_the_north_above_and_the_corner_at_zero() -> None:
    assert drawn(SQUARES) == CountyMap(
        (
            Outline(kunming().counties()[0].code, (((90, 200), (180, 200), (180, 0), (90, 0), (90, 200)),)),
            Outline(kunming().counties()[1].code, (((0, 200), (90, 200), (90, 100), (0, 100), (0, 200)),)),
        ),
        width=180,
        height=200,
    )


def test_path_of_an_outline() -> None:
    assert drawn(SQUARES).outlines[1].path == "M0,200L90,200L90,100L0,100Z"


def test_middle_lies_inside() -> None:
    assert drawn(SQUARES).outlines[0].middle == (135, 150)
    assert drawn(SQUARES).outlines[1].middle == (45, 175)
