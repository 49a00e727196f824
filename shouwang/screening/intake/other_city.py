"""A file of another city: its ids were issued elsewhere, or its villages are none of ours."""

from ibis import Table

from shouwang.areas import AreaTree
from shouwang.screening.datasets import Dataset, Key
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells
from shouwang.terms.errors import Fault

FEWEST = 20
"""Below this many sound ids a file says too little about its place."""
FEWEST_OF_OURS = 0.1
ISSUED_BY = 11 * 10**13
"""A person key divided by this is the city (first four digits of the id) that issued it."""


def other_city(db: DuckDB, dataset: Dataset, rows: Table, tree: AreaTree, *, where: str) -> tuple[Fault, ...]:
    """A fault where hardly any row of text is of this city. Unknown: too few rows to tell give no fault."""
    if dataset.key is Key.PERSON:
        keys = rows.select(person_key=cells.value(dataset.column("id_number"), rows))
        return other_city_of_keys(db, keys, tree, where=where)
    if dataset.key is Key.VILLAGE:
        return _other_villages(db, rows, tree, where)
    return ()


def other_city_of_keys(db: DuckDB, rows: Table, tree: AreaTree, *, where: str) -> tuple[Fault, ...]:
    """The same for rows with `person_key`."""
    issued = rows.select(city=(rows.person_key // ISSUED_BY).cast("int32")).filter(lambda t: t.city.notnull())
    counted = db.fetch(issued.group_by("city").agg(rows=issued.count())).to_pylist()
    total = sum(row["rows"] for row in counted)
    ours = {int(str(county.code)[:4]) for county in tree.counties()}
    here = sum(row["rows"] for row in counted if row["city"] in ours)
    if total < FEWEST or here >= total * FEWEST_OF_OURS:
        return ()
    return (_fault(f"{total} 个证件号码中只有 {here} 个是本市的", where),)


def _other_villages(db: DuckDB, rows: Table, tree: AreaTree, where: str) -> tuple[Fault, ...]:
    written = db.fetch(rows.select("county", "town", "village").distinct()).to_pylist()
    named = [tuple(row.values()) for row in written if all(row.values())]
    here = sum(tree.find(*names) is not None for names in named)
    if len(named) < FEWEST or here >= len(named) * FEWEST_OF_OURS:
        return ()
    return (_fault(f"{len(named)} 个村中只有 {here} 个是本市的", where),)


def _fault(found: str, where: str) -> Fault:
    return Fault(f"像是别的城市的文件：{found}", "换成本市的文件", where)
