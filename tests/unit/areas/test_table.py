"""The schema of the table of villages."""

import pyarrow as pa

from shouwang.areas.table import villages_table


def test_table_without_rows_still_has_its_columns_and_types() -> None:
    table = villages_table([], edition="某版")
    assert table.num_rows == 0
    assert [(field.name, field.type, field.nullable) for field in table.schema] == [
        ("code", pa.string(), False),
        ("county_name", pa.string(), False),
        ("town_name", pa.string(), False),
        ("village_name", pa.string(), False),
        ("is_rural", pa.bool_(), True),
    ]
