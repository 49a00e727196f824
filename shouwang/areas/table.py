"""The villages as a table, for joins with millions of rows."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

SCHEMA = pa.schema(
    [
        pa.field("code", pa.string(), nullable=False),
        pa.field("county_name", pa.string(), nullable=False),
        pa.field("town_name", pa.string(), nullable=False),
        pa.field("village_name", pa.string(), nullable=False),
        pa.field("is_rural", pa.bool_()),
    ]
)


def villages_table(rows: Iterable[Mapping[str, object]], *, edition: str) -> pa.Table:
    """Shape: one row per village or community, in the order given; the edition is in the metadata of the schema.

    Unknown: `is_rural` is null where the name says neither village nor community.
    """
    return pa.Table.from_pylist(list(rows), schema=SCHEMA.with_metadata({"edition": edition}))
