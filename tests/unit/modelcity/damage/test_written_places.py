"""Villages by code and by short names are still the same villages."""

import pyarrow as pa
import pytest

from shouwang.areas import AreaCode, kunming
from shouwang.modelcity.damage import written_places
from shouwang.modelcity.damage.written_places import BY_CODE, COLUMNS, SHORT

VILLAGES = kunming().villages_table()
TABLE = pa.table([VILLAGES[name] for name in ("county_name", "town_name", "village_name")], names=list(COLUMNS))


def test_villages_by_code_keep_county_and_town() -> None:
    found = written_places.written(TABLE, BY_CODE)
    assert found[COLUMNS[2]].to_pylist() == VILLAGES["code"].to_pylist()
    assert found.select(COLUMNS[:2]) == TABLE.select(COLUMNS[:2])


def test_short_names_are_shorter_and_mean_one_village_each() -> None:
    found = list(zip(*(written_places.written(TABLE, SHORT)[column].to_pylist() for column in COLUMNS), strict=True))
    assert len(set(found)) == len(found)
    short = [names for names, row in zip(found, TABLE.to_pylist(), strict=True) if names != tuple(row.values())]
    assert len(short) > 0.9 * len(found)
    assert {county for county, _, _ in short} >= {"东川", "禄劝", "寻甸", "安宁"}


@pytest.mark.parametrize("place", range(0, 1400, 97))
def test_short_names_lead_to_the_village(place: int) -> None:
    names = written_places.written(TABLE.slice(place, 1), SHORT).to_pylist()[0].values()
    assert kunming().find(*names) == AreaCode(VILLAGES["code"][place].as_py())


def test_villages_as_agreed_stay() -> None:
    assert written_places.written(TABLE, "") is TABLE
