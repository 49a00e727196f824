"""How areas are called: full names, the ways departments shorten them, and what a name tells about a village."""

import re
import unicodedata
from collections.abc import Iterable

from shouwang.areas.code import AreaLevel

_PEOPLES = "(?:彝族|回族|苗族)"
"""The peoples named in the names of Kunming's counties and towns; another city adds its own."""

_ENDING = {
    AreaLevel.PROVINCE: re.compile("省$"),
    AreaLevel.CITY: re.compile("市$"),
    AreaLevel.COUNTY: re.compile(f"(?:{_PEOPLES}+自治县|[区县市])$"),
    AreaLevel.TOWN: re.compile(f"(?:{_PEOPLES}*乡|镇|街道)$"),
    AreaLevel.VILLAGE: re.compile("(?:村民委员会|村委会|(?:社区)?居民委员会|(?:社区)?居委会|(?<!虚拟)社区)$"),
}

_VILLAGE_ENDINGS = ("村民委员会", "村委会", "行政村", "村")
_COMMUNITY_ENDINGS = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区")
_STREET_ENDINGS = ("街道办事处", "街道办", "街道")


def folded(text: str) -> str:
    """One form for full-width and half-width writing, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def short_name(name: str, level: AreaLevel) -> str:
    """The name without its ending: 东川, 汤丹, 中河. A name without one of the known endings stays whole."""
    return _ENDING[level].sub("", name)


def rural_mark(name: str) -> bool | None:
    """Whether a village-level name is that of a 村民委员会. Unknown: the name is neither village nor community."""
    if name.endswith(("村民委员会", "村委会")):
        return True
    return False if name.endswith(_COMMUNITY_ENDINGS) else None


def ways_to_write(name: str, level: AreaLevel) -> frozenset[str]:
    """Every form in which this area is looked up: the full name, without ending, with an equal ending.

    A village 某村村委会 is also written 某村委会 and 某, because many writers drop one of the two 村.
    """
    stem = short_name(name, level)
    ending = name.removeprefix(stem)
    if not ending:
        return frozenset({name})
    stems = {stem, stem.removesuffix("村")} if ending in _VILLAGE_ENDINGS else {stem}
    return frozenset(one + equal for one in stems for equal in ("", *_equal_endings(ending))) - {""}


def _equal_endings(ending: str) -> Iterable[str]:
    for family in (_VILLAGE_ENDINGS, _COMMUNITY_ENDINGS, _STREET_ENDINGS):
        if ending in family:
            return family
    return {ending, ending[-1]}
