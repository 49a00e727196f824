"""Tables of reports."""

from shouwang.office.reports.models.area_counts import AreaCount, Counting

__all__ = ["AreaCount", "Counting"]
