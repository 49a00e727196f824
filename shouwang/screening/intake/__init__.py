"""Files as delivered → typed Parquet, every row accounted for. One reader (DuckDB) whatever engine grades."""

from shouwang.screening.intake import cells, identity, suggestions

MACROS = (*identity.MACROS, *cells.MACROS, *suggestions.MACROS)
"""What the reader of files must know before it reads."""
