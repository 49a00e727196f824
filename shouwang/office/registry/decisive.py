"""Which facts the rules in force read: a contradiction on one of these may change a level."""

from datetime import date
from functools import cache

from shouwang.policy import load
from shouwang.policy.versions import VERSIONS
from shouwang.rules.tree import Derived


@cache
def decisive_facts(on: date) -> frozenset[str]:
    """Of the newest policy in force on a day; before the first, of the first."""
    codes = [version.code for version in VERSIONS if version.in_force <= on] or [VERSIONS[0].code]
    policy = load(codes[-1])
    return frozenset(thing.name for rule in policy.rules for thing in rule.used if not isinstance(thing, Derived))
