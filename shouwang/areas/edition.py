"""The edition of the codes that comes with the package: Kunming, as `docs/areas.md` describes it."""

import csv
import json
from functools import cache
from importlib.resources import files

from shouwang.areas.area import Area
from shouwang.areas.changes import read_changes
from shouwang.areas.code import AreaCode
from shouwang.areas.tree import AreaTree

ZONES = (
    ("KM-GAOXIN", "昆明高新技术产业开发区", AreaCode("530102401")),
    ("KM-JINGKAI", "昆明经济技术开发区", AreaCode("530111402")),
    ("KM-DIANCHI", "昆明滇池国家旅游度假区", AreaCode("530112403")),
)
"""The three national development zones, by key, name and code: the codes list them as towns of their host counties."""


@cache
def kunming() -> AreaTree:
    """The city's tree, read once. Its `edition` names the year of the codes."""
    data = files("shouwang.areas") / "data"
    source = json.loads((data / "kunming.source.json").read_text(encoding="utf-8"))
    rows = csv.DictReader((data / "kunming.csv").read_text(encoding="utf-8").splitlines())
    areas = [Area(AreaCode(row["code"]), row["name"]) for row in rows]
    lines = (data / "kunming.changes.csv").read_text(encoding="utf-8").splitlines()
    changes = read_changes(lines, where="kunming.changes.csv")
    return AreaTree(areas, edition=f"{source['edition']}，截止 {source['cut_off']}", zones=ZONES, changes=changes)
