"""Village names, or codes, on department rows → area codes of today."""

from pathlib import Path

import pyarrow as pa
from ibis import Table

from shouwang.areas import AreaCode, AreaTree
from shouwang.areas.changes import Change, read_changes
from shouwang.screening.engine import DuckDB
from shouwang.terms.errors import UserError
from shouwang.terms.writing import plain

RENAMES = Path("areas") / "renames.csv"
"""Inside CITY: renamed and merged villages that the city's office knows of (docs/areas.md)."""


def tree_of(city: Path, tree: AreaTree) -> AreaTree:
    """The tree with the changes this city wrote down. Errors: `DataError` with all faults of its table at once."""
    changes = changes_of(city, tree)
    return tree.with_changes(changes) if changes else tree


def changes_of(city: Path, tree: AreaTree) -> tuple[Change, ...] | None:
    """What this city wrote down; None where it wrote no table. Errors: as `tree_of`."""
    path = city / RENAMES
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return read_changes(lines, where=RENAMES.as_posix(), known=tree.__contains__)


def with_area_codes(db: DuckDB, rows: Table, tree: AreaTree) -> Table:
    """Rows with county, town and village names, plus `area_code`. Unknown: no such village, or more than one."""
    names = ["county", "town", "village"]
    written = db.fetch(rows.select(*names).distinct().filter(lambda t: t.county.notnull())).to_pylist()
    found = [area_code(tree, *(row[n] or "" for n in names)) for row in written]
    codes = pa.array([str(code) if code else None for code in found], pa.string())
    known = pa.table(
        [*(pa.array([row[n] for row in written], pa.string()) for n in names), codes], names=[*names, "area_code"]
    )
    joined = rows.left_join(db.from_arrow(known), names)
    return joined.select(*rows.columns, area_code=joined.area_code)


def area_code(tree: AreaTree, county: str, town: str, village: str) -> AreaCode | None:
    """The village of these names, or of the code that stands in place of its name. Unknown: none, or several."""
    code = plain(village)
    if code.isdigit():
        return _of_code(tree, code)
    return tree.find(county, town, village) or tree.find(*map(plain, (county, town, village)))


def _of_code(tree: AreaTree, digits: str) -> AreaCode | None:
    try:
        return tree.current(AreaCode(digits))
    except UserError:
        return None
