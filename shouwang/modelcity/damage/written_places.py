"""Villages as people write them: by code, or without the ends of their names."""

import re
from collections import Counter
from functools import cache

import pyarrow as pa

from shouwang.areas import kunming

COLUMNS = ("县", "乡镇", "行政村")
BY_CODE, SHORT = "530113001201", "阿旺"
FORMS = ("", BY_CODE, SHORT)
"""As the contract has it; the code in place of the village's name; names without their ends."""
Names = tuple[str, str, str]
_ENDS = (
    (re.compile("(?:(?:彝族|回族|苗族)+自治县|[区县市])$"), ""),
    (re.compile("(?:(?:彝族|回族|苗族)*乡|镇|街道)$"), ""),
    (re.compile("村民委员会$"), "村委会"),
)


@cache
def _villages() -> dict[Names, tuple[str, Names]]:
    """Full names → code and short names; short names that fit two villages are left full."""
    rows = kunming().villages_table().to_pylist()
    full = [(row["county_name"], row["town_name"], row["village_name"]) for row in rows]
    short = [_short(names) for names in full]
    uses = Counter(short)
    kept = [s if uses[s] == 1 else f for f, s in zip(full, short, strict=True)]
    return {f: (row["code"], s) for f, row, s in zip(full, rows, kept, strict=True)}


def _short(names: Names) -> Names:
    county, town, village = (end.sub(other, name) for name, (end, other) in zip(names, _ENDS, strict=True))
    return county, (town if len(town) > 1 else names[1]), village


def written(table: pa.Table, form: str) -> pa.Table:
    """The three columns of places in this form. Only for files that have them."""
    if not form:
        return table
    known = [_villages()[names] for names in zip(*(table[column].to_pylist() for column in COLUMNS), strict=True)]
    if form == BY_CODE:
        return _replaced(table, COLUMNS[2], [code for code, _ in known])
    for place, column in enumerate(COLUMNS):
        table = _replaced(table, column, [short[place] for _, short in known])
    return table


def _replaced(table: pa.Table, column: str, values: list[str]) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, pa.array(values, pa.string()))
