"""The fingerprint of a warning: the same rules with the same values have the same one."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GROWS_BY_ITSELF = ("月", "天")
"""Units of what counts time: how old a figure is, how long a gap has stood. It differs in every run though nothing
happened; where it crosses a line of the policy, a rule begins or ends, and that does count."""


def fingerprint(reasons: Iterable[Mapping[str, Any]]) -> str:
    """sha256 of the true rules and the values each used, in a fixed order; empty without a rule. Unknown: null."""
    told = sorted(
        (reason["rule"], sorted((value["fact"], value["value"]) for value in reason["values"] if _counts(value)))
        for reason in reasons
    )
    if not told:
        return ""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _counts(value: Mapping[str, Any]) -> bool:
    return value["unit"] not in GROWS_BY_ITSELF
