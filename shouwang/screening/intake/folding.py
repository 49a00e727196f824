"""One form for what a cell may be written in, as DuckDB macros: widths, blanks, Traditional characters.

The same as `terms.writing.plain` for everything that labels, dates and amounts are written with; used only in branches
that the clean spelling never reaches.
"""

import re

from shouwang.terms.writing import INVISIBLE

_BLANK = " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FULL = "".join(chr(code) for code in range(0xFF01, 0xFF5F))
_HALF = "".join(chr(code) for code in range(0x21, 0x7F))
TRADITIONAL = "億兒創動務勞參圓塊學對崗幣強換據數斷時暫業標沒無畢級終繳萬號詳讀負費輟辦農達遷銷靈領養點齡註證員記"
SIMPLIFIED = "亿儿创动务劳参圆块学对岗币强换据数断时暂业标没无毕级终缴万号详读负费辍办农达迁销灵领养点龄注证员记"
"""Characters that labels and units are written with, where the two ways differ."""


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def bound(value: str, name: str, expression: str) -> str:
    """An expression that uses a value often, and computes it once: a macro would write it out at every use.

    Only for branches that the clean spelling does not reach: a list is made for every row.
    """
    return f"list_transform([{value}], lambda {name}: {expression})[1]"


def _where_needed(characters: str, folded: str) -> str:
    """`translate` takes 12 µs a cell (DuckDB 2.0), a search for what it would change 0.1: so it is asked first."""
    return f"case when regexp_matches(t, {quoted(f'[{re.escape(characters)}]')}) then {folded} else t end"


_WIDE = _FULL + _BLANK + INVISIBLE
# What has no partner in the second string is taken out: blanks and invisible signs.
_HALF_WIDTH = f"translate(t, {quoted(_WIDE)}, {quoted(_HALF)})"
_PLAIN_WORD = f"translate(t, {quoted(_FULL + TRADITIONAL + _BLANK + INVISIBLE)}, {quoted(_HALF + SIMPLIFIED)})"
_UNNUMBERED = r"regexp_replace(p, '^\(?[0-9]+[-_.、,:|/\\)]+', '')"
_PLACE = f"coalesce(list_position(spellings, p), list_position(spellings, {_UNNUMBERED}))"
MACROS = (
    f"create or replace macro half_width(t) as {_where_needed(_WIDE, _HALF_WIDTH)}",
    f"create or replace macro plain_word(t) as lower({_where_needed(_WIDE + TRADITIONAL, _PLAIN_WORD)})",
    "create or replace macro odd_word(t, spellings, words) as case when t is not null then "
    + bound(bound("plain_word(t)", "p", _PLACE), "place", "words[place]")
    + " end",
    "create or replace macro says_nothing(t) as case when t is null or t = '' then true else plain_word(t) in"
    " ('', '/', '\\', '-', '--', '---', '—', '——', '–', '*', '.', '…', 'null', 'none', 'n/a', '#n/a', 'nan',"
    " '空', '暂无', '不详', '未知', '待查', '无数据') end",
)
"""`odd_word`: the word of a spelling, with or without a number before it. `says_nothing`: a cell that is as good as
empty, by what people write into one."""
