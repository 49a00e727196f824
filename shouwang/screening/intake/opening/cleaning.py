"""Cells without what nobody sees: one definition for a header, and for columns of millions of cells."""

import re
import unicodedata
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

_INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_FULL_WIDTH = "０-９Ａ-Ｚａ-ｚ"
_BREAKS = "\r\n\u2028\u2029"
_DIRTY = f"[{_INVISIBLE}{_CONTROLS}{_BLANKS}{_FULL_WIDTH}{_BREAKS}]|^[ '＇=]| $"


def _each(ranges: str) -> Iterator[str]:
    """The characters of `a-z` and the like, one by one."""
    for first, last in re.findall(r"(.)(?:-(.))?", ranges, re.DOTALL):
        yield from map(chr, range(ord(first), ord(last or first) + 1))


_PLAIN = str.maketrans(
    dict.fromkeys(_each(_INVISIBLE + _CONTROLS), "")
    | dict.fromkeys(_each(_BLANKS), " ")
    | {wide: unicodedata.normalize("NFKC", wide) for wide in _each(_FULL_WIDTH)}
)
_TO_CLEAN = re.compile(_DIRTY)
_BREAK_IN_WORDS = re.compile(f"(?<=[0-9A-Za-z]) *[{_BREAKS}][ {_BREAKS}]*(?=[0-9A-Za-z])")
_BREAK = re.compile(f" *[{_BREAKS}][ {_BREAKS}]*")
_KEPT_AS_TEXT = re.compile(r'^="(.*)"$')


def clean(text: str) -> str:
    """One cell: no invisible signs, line breaks or blanks at the ends, no mark that keeps Excel from reading it.

    A line break between two half-width letters or digits becomes a blank, any other vanishes.
    """
    if not _TO_CLEAN.search(text):
        return text
    text = _BREAK.sub("", _BREAK_IN_WORDS.sub(" ", text.translate(_PLAIN).strip()))
    return _KEPT_AS_TEXT.sub(r"\1", text).lstrip("'＇").strip()


def clean_column(cells: pa.Array) -> tuple[pa.Array, int]:
    """A whole column of text, and how many of its cells changed. Unknown: a cell that is or becomes empty is null."""
    if _surely_clean(cells):
        return _empty_as_null(cells), 0
    dirty = pc.match_substring_regex(cells, _DIRTY)
    here = pc.indices_nonzero(dirty)
    if not len(here):
        return _empty_as_null(cells), 0
    before = cells.take(here).to_pylist()
    after = [clean(cell) for cell in before]
    changed = pc.replace_with_mask(cells, pc.fill_null(dirty, False), pa.array(after, cells.type))
    return _empty_as_null(changed), sum(a != b for a, b in zip(after, before, strict=True))


def _empty_as_null(cells: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(cells, ""), pa.scalar(None, cells.type), cells)


def _surely_clean(cells: pa.Array) -> bool:
    """True where no byte of the column can begin or end anything to be cleaned; a fraction of a second for millions."""
    data = cells.buffers()[2]
    return data is None or not any(mark in data.to_pybytes() for mark in _TELLTALE)


_TELLTALE = tuple(bytes([code]) for code in (*range(0x21), 0x27, 0x3D, 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF))
"""Bytes that begin every sign above in UTF-8: controls, blank, apostrophe, equals, leading bytes of the rest."""
