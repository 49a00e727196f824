"""The tables of coded values, read by their label; a bare number counts only where its table is named.

Different systems use the same number for different things (domain.md §4.3: 07 is 彝 in one, 苗 in another). So:

    ethnic = code_tables.load("ethnic")
    read_label(ethnic, "彝族")                          # 彝族
    read_label(ethnic, "07")                            # None: of which table?
    read_label(ethnic, "07", version="gb-3304")         # 彝族
    read_labels(load("health"), "残疾,长期慢性病")       # ("长期慢性病", "残疾"): a set, in the order of the table
"""

from shouwang.screening.datasets.code_tables.table import (
    CodeTable,
    Version,
    in_english,
    load,
    names,
    read_label,
    read_labels,
    written,
)

__all__ = ["CodeTable", "Version", "in_english", "load", "names", "read_label", "read_labels", "written"]
