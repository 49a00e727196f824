"""The tree 省市县乡村: codes, names, and finding one by the other. A scope is a code prefix."""

from shouwang.areas.area import Area, ReportingUnit
from shouwang.areas.code import AreaCode, AreaLevel
from shouwang.areas.edition import kunming
from shouwang.areas.tree import AreaTree

__all__ = ["Area", "AreaCode", "AreaLevel", "AreaTree", "ReportingUnit", "kunming"]
