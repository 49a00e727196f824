"""Rows of a delivered file as text, by our names of the columns, with the line a person sees."""

from ibis import Table

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.survey import SourceFile


def raw_rows(db: DuckDB, source: SourceFile) -> Table:
    """All rows of one file: its columns as `source.columns` names them (text; null where empty) and `line`.

    A column nobody reads is named `_<place>_<header>`. `raw_rows(…).filter(t.line.isin(lines))` gives chosen rows again.
    """
    raise NotImplementedError
