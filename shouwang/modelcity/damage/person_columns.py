"""What offices have of a person besides name and id: sex, birth, village, address, head of the household, telephone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shouwang.areas import kunming
from shouwang.modelcity import columns
from shouwang.modelcity.damage.registered import Registered


def tell_who(headers: tuple[str, ...]) -> bool:
    """True where these columns and a name say who somebody is, without an id."""
    return "出生日期" in headers and bool({"行政村", "家庭住址", "联系电话"} & set(headers))


@dataclass(frozen=True)
class Homes:
    """Shape: one entry per household, in the order of `Registered.household_ids`; null where unknown."""

    village: pa.StringArray
    address: pa.StringArray
    head: pa.StringArray
    phone: pa.StringArray


def read_homes(folder: Path, registered: Registered) -> Homes:
    """The households of a register's month."""
    homes = pq.read_table(folder / "households.parquet")
    place = pa.compute.index_in(registered.household_ids, homes["household_id"].combine_chunks())
    homes = homes.select(["area_code", "head_person_id", "phone"]).take(place)
    villages = kunming().villages_table()
    at = pa.compute.index_in(homes["area_code"].combine_chunks(), villages["code"].combine_chunks())
    county, town, village = (
        villages[name].combine_chunks().take(at) for name in ("county_name", "town_name", "village_name")
    )
    return Homes(village, columns.joined(county, town, village), _heads(folder, homes), homes["phone"].combine_chunks())


def _heads(folder: Path, homes: pa.Table) -> pa.StringArray:
    members = pq.read_table(folder / "members.parquet", columns=["person_id", "name"])
    at = pa.compute.index_in(homes["head_person_id"].combine_chunks(), members["person_id"].combine_chunks())
    return members["name"].combine_chunks().take(at)


def added(
    table: pa.Table, headers: tuple[str, ...], *, keys: NDArray[np.int64], registered: Registered, homes: Homes
) -> pa.Table:
    """The table with these columns about whom its rows are really about. `keys`: their true ids."""
    entry = registered.find(keys)
    home = pa.array(
        np.where(entry >= 0, registered.household[entry], 0) if len(registered.keys) else entry, mask=entry < 0
    )
    for header in headers:
        table = table.append_column(header, _column(header, keys, home, homes))
    return table


def _column(header: str, keys: NDArray[np.int64], home: pa.Array, homes: Homes) -> pa.Array:
    if header == "性别":
        return columns.labels(("女", "男"), keys % 2)
    if header == "出生日期":
        return columns.dates(_births(keys))
    values = {"行政村": homes.village, "家庭住址": homes.address, "户主姓名": homes.head, "联系电话": homes.phone}
    return values[header].take(home)


def _births(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    written = keys // 1000 % 100_000_000
    month = (written // 10000 - 1970) * 12 + written // 100 % 100 - 1
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + written % 100 - 1
