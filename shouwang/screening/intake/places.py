"""Village names on department rows → area codes."""

import pyarrow as pa
from ibis import Table

from shouwang.areas import AreaTree
from shouwang.screening.engine import DuckDB


def with_area_codes(db: DuckDB, rows: Table, tree: AreaTree) -> Table:
    """Rows with county, town and village names, plus `area_code`. Unknown: no such village, or more than one."""
    names = ["county", "town", "village"]
    written = db.fetch(rows.select(*names).distinct().filter(lambda t: t.county.notnull())).to_pylist()
    found = [tree.find(*(row[n] or "" for n in names)) for row in written]
    codes = pa.array([str(code) if code else None for code in found], pa.string())
    known = pa.table(
        [*(pa.array([row[n] for row in written], pa.string()) for n in names), codes], names=[*names, "area_code"]
    )
    joined = rows.left_join(db.from_arrow(known), names)
    return joined.select(*rows.columns, area_code=joined.area_code)
