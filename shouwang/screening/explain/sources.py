"""Where a value comes from, in words people use: the office and its file instead of a code."""

import re
from collections.abc import Mapping
from typing import Any

from shouwang.screening.datasets import CATALOGUE
from shouwang.screening.explain.explanation import Said, Source

COMPUTED = "computed"
POLICY = Source(Said("政策规定", "the policy"))
_OURS = {
    COMPUTED: Source(Said("计算得出", "computed")),
    "registry": Source(Said("登记册", "register")),
    "incomes": Source(Said("登记册", "register"), Said("收入", "incomes")),
    "visits": Source(Said("入户核实", "visit")),
}
"""Sources that are no department's file."""


def source_of(value: Mapping[str, Any]) -> Source:
    """The source of a stored value; one reckoned from no dated fact is a figure of the policy."""
    if value["source"] == COMPUTED and value["as_of"] is None and value["value"] is not None:
        return POLICY
    return source_named(value["source"])


def source_named(stored: str | None) -> Source:
    """`housing 2020-06` as a source. *Unknown*: nobody is named where the run named nobody."""
    code, _, when = (stored or "").partition(" ")
    when = when.replace("—", "")
    if code in _OURS:
        return Source(_OURS[code].who, _OURS[code].what, when)
    files = [CATALOGUE[part] for part in code.split("+") if part in CATALOGUE]
    offices = "、".join(dict.fromkeys(file.office for file in files)) or code
    english = ", ".join(part.replace("_", " ") for part in code.split("+"))
    return Source(Said(offices, english), Said("、".join(file.zh for file in files), ""), when)


def office_of(stored: str | None) -> Source:
    """Who tells a fact, without the month."""
    return source_named(re.sub(r" \d{4}-\d{2}$", "", stored or ""))
