"""What the office writes as the source of a fact where it is itself the source: kept in Chinese, told to the reader."""

from django.utils.translation import gettext_noop

SETTLED = gettext_noop("核实")
"""Somebody settled a contradiction."""
MOVED = gettext_noop("户籍变动")
"""Somebody came, left or died."""
SPLIT, MERGED, RELOCATED = gettext_noop("分户"), gettext_noop("合户"), gettext_noop("市内迁居")
"""The household is another one since, and what was known of it counts no more."""
OWN = frozenset({SETTLED, MOVED, SPLIT, MERGED, RELOCATED})
