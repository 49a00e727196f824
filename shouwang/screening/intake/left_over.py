"""What rows write of their person, kept of those whose id does not settle it: linkage by likeness reads only that."""

import ibis
from ibis import Table, Value

from shouwang.screening.datasets import PERSON_COLUMNS

WRITTEN = ("name", "id_number", *(column.name for column in PERSON_COLUMNS))
"""The parts of `written`, in this order, with SEPARATOR between; empty where the file does not say."""
SEPARATOR = "\x1f"
_CARRIED = "carried_"


def carried(raw: Table) -> dict[str, Value]:
    """The cells of a row that may be asked for once it is known whether its id leads to somebody."""
    return {f"{_CARRIED}{name}": raw[name] if name in raw.columns else ibis.null("string") for name in WRITTEN}


def with_written(rows: Table) -> Table:
    """Linked rows with `written` instead of the carried cells.

    `name_hash`, of the register's name of the person an id leads to, is used up. Unknown: `written` where the id leads
    to a person of that very name.
    """
    is_other = rows[f"{_CARRIED}name"].strip().hash() != rows.name_hash
    is_left_over = rows.household_no.isnull() | is_other.fill_null(False)
    used_up = [column for column in rows.columns if column.startswith(_CARRIED)]
    kept = ibis.ifelse(is_left_over, whole(rows), ibis.null("string"))
    return rows.mutate(written=kept).drop(*used_up, "name_hash")


def whole(rows: Table) -> Value:
    """All carried cells in one text."""
    return ibis.literal(SEPARATOR).join([rows[f"{_CARRIED}{part}"].fill_null("") for part in WRITTEN])
