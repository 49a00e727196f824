"""Names of areas for pages, from the cached tree."""

from functools import cache

from shouwang.areas import AreaCode, AreaLevel, AreaTree, kunming
from shouwang.terms.errors import UserError

SEPARATOR = " › "


@cache
def tree() -> AreaTree:
    return kunming()


def is_known(area_code: str) -> bool:
    """Whether there is an area of that code."""
    try:
        return AreaCode(area_code) in tree()
    except UserError:
        return False


@cache
def place(area_code: str) -> str:
    """`东川区 › 汤丹镇 › 某某村`; a code the tree does not have is shown as it is."""
    if not area_code:
        return ""
    code = AreaCode(area_code)
    return tree().path(code).replace(" ", SEPARATOR) if code in tree() else area_code


@cache
def seen_from(area_code: str, own_area: str) -> str:
    """The path of an area without the steps everybody in `own_area` takes for granted."""
    steps = place(area_code).split(SEPARATOR)
    known = {6: 1, 9: 2, 12: 2}.get(len(own_area), 0) if area_code.startswith(own_area) else 0
    return SEPARATOR.join(steps[known:] or steps[-1:])


@cache
def short_place(area_code: str) -> str:
    """The name of the area alone."""
    if not area_code:
        return ""
    code = AreaCode(area_code)
    return tree().get(code).name if code in tree() else area_code


def children(area_code: str) -> list[tuple[str, str]]:
    """Prefix and name of the areas one step below a prefix; empty for a village."""
    code = AreaCode(area_code)
    return [(child.code.prefix, child.name) for child in tree().children(code)] if code in tree() else []


def is_village(area_code: str) -> bool:
    """Whether this is the code of a village or a community of the tree."""
    return is_known(area_code) and AreaCode(area_code).level is AreaLevel.VILLAGE


@cache
def towns() -> list[tuple[str, list[tuple[str, str]]]]:
    """The name of every county, and prefix and name of its towns, in the order of the codes."""
    return [(county.name, children(str(county.code))) for county in tree().counties()]
