"""A file of another city: its ids were issued elsewhere, or its villages are none of ours."""

from ibis import Table

from shouwang.areas import AreaTree
from shouwang.screening.datasets import Dataset, Key
from shouwang.screening.engine import DuckDB
from shouwang.terms.errors import Fault

FEWEST = 20
"""Below this many sound ids a file says too little about its place."""
FEWEST_OF_OURS = 0.1
ISSUED_BY = 11 * 10**13
"""A person key divided by this is the city (first four digits of the id) that issued it."""


def other_city(db: DuckDB, dataset: Dataset, rows: Table, tree: AreaTree, *, where: str) -> tuple[Fault, ...]:
    """A fault where hardly any typed row is of this city. Unknown: too few rows to tell give no fault.

    `rows` have `person_key`, or the names of villages.
    """
    if dataset.key is Key.PERSON:
        total, here = _ids(db, rows, tree)
        counted = f"{total} 个证件号码中只有 {here} 个是本市的"
    elif dataset.key is Key.VILLAGE:
        total, here = _villages(db, rows, tree)
        counted = f"{total} 个村中只有 {here} 个是本市的"
    else:
        return ()
    if total < FEWEST or here >= total * FEWEST_OF_OURS:
        return ()
    return (Fault(f"像是别的城市的文件：{counted}", "换成本市的文件", where),)


def _ids(db: DuckDB, rows: Table, tree: AreaTree) -> tuple[int, int]:
    """How many id numbers can be read, and how many of them were issued here."""
    issued = rows.select(city=(rows.person_key // ISSUED_BY).cast("int32")).filter(lambda t: t.city.notnull())
    counted = db.fetch(issued.group_by("city").agg(rows=issued.count())).to_pylist()
    ours = {int(str(county.code)[:4]) for county in tree.counties()}
    return sum(row["rows"] for row in counted), sum(row["rows"] for row in counted if row["city"] in ours)


def _villages(db: DuckDB, rows: Table, tree: AreaTree) -> tuple[int, int]:
    """How many villages are named, and how many of them are ours."""
    written = db.fetch(rows.select("county", "town", "village").distinct()).to_pylist()
    named = [tuple(row.values()) for row in written if all(row.values())]
    return len(named), sum(tree.find(*names) is not None for names in named)
