"""Small pieces of SQL over cells of text, where a list has too many columns to be declared one by one."""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from shouwang.screening.datasets.code_tables import load, written
from shouwang.screening.datasets.national_lists import ListColumn, ReadAs
from shouwang.screening.intake.folding import quoted


def parquet(path: Path, *, numbered: bool = False) -> str:
    more = ", file_row_number = true" if numbered else ""
    return f"read_parquet({quoted(str(path))}{more})"


def filled(column: str) -> str:
    """Whether a cell of text holds anything. Never unknown. Looked at closely only where it begins with a blank."""
    return (
        f"(case when {column} is null or {column} = '' then false"
        f" when starts_with({column}, ' ') then trim({column}) <> '' else true end)"
    )


def number(text: str) -> str:
    """A cell as a number. Unknown: empty, or not readable."""
    return f"try_cast(replace(trim({text}), ',', '') as decimal(18, 2))"


def words(con: duckdb.DuckDBPyConnection, source: str, column: str, table: str) -> dict[str, str]:
    """Every text that stands in a column → the word of the code table it means; what is not understood is left out."""
    found = con.execute(f"select distinct {column}::varchar from {source} where {column} is not null").fetchall()
    read = {text: written(load(table), text) for (text,) in found}
    return {text: word for text, word in read.items() if word}


def cases(column: str, mapping: Mapping[str, str], *, empty: str = "null") -> str:
    """The SQL value of each text of a column. Unknown: a text that is not mapped. `empty`: of an empty cell."""
    branches = " ".join(f"when {quoted(text)} then {value}" for text, value in mapping.items())
    other = "null" if empty == "null" else f"case when {filled(column)} then null else {empty} end"
    return f"(case {column} {branches} else {other} end)" if branches else f"({other})"


def agreed(value: str, *, empty: str = "null") -> str:
    """What all rows of a group say that say anything; unknown where they disagree."""
    return f"(case when min({value}) is null then {empty} when min({value}) = max({value}) then min({value}) end)"


def typed(con: duckdb.DuckDBPyConnection, source: str, cell: str, column: ListColumn) -> str:
    """The SQL value of a cell of a national list, by what its column is. Unknown: empty, or not understood."""
    if column.reads in (ReadAs.NUMBER, ReadAs.MONEY):
        return number(cell)
    if column.reads is ReadAs.DATE:
        return f"read_day({cell})"
    if column.reads is ReadAs.LABEL:
        known = words(con, source, cell, column.table)
        return cases(cell, {text: quoted(word) for text, word in known.items()})
    return f"nullif(trim({cell}), '')"
