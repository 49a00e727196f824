"""Words of the code tables (relation, labour, health, school, sex): kept as the tables write them, told to the reader.

What a register holds beside the words of a table is shown as it stands.
"""

from functools import lru_cache

from shouwang.office.web.speaking import language
from shouwang.screening.datasets import code_tables

REMEMBERED = 1_024


def coded(word: str, table: str) -> str:
    """`配偶` of the table `relation`: spouse."""
    return _english(word, table) if word and language() == "en" else word


@lru_cache(REMEMBERED)
def _english(word: str, table: str) -> str:
    return code_tables.in_english(code_tables.load(table), word)
