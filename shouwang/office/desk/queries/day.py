"""The first page of the day: what is due, what came up, what else waits; each list short, with a link to the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shouwang.office.access.permissions import Permission
from shouwang.office.access.roles import ROLES
from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor
from shouwang.office.casework.queries import county_late, due
from shouwang.office.casework.queries.county_late import CountyLate
from shouwang.office.casework.transitions import CLOCKS, RECHECK
from shouwang.office.registry.models import Contradiction
from shouwang.office.registry.queries import contradictions
from shouwang.office.warnings.models import Publication, ToVerify
from shouwang.office.warnings.queries import publications, to_verify

SHORT = 5
CITY = 4
"""Digits of a city's code."""


@dataclass(frozen=True)
class Day:
    """What one person looks at first. Unknown: `publication` is None before the first one."""

    due: due.Today
    to_verify: Sequence[ToVerify]
    contradictions: Sequence[Contradiction]
    publication: Publication | None
    holds: bool
    """Whether the role ever has a case of its own to do something with."""
    counties_late: Sequence[CountyLate] | None
    """Of a city alone: what its counties have late themselves. None elsewhere."""


def day(scope: Scope, *, by: Actor, on: date) -> Day:
    """Everything of the first page; a query per list."""
    may_settle = Permission.HOUSEHOLDS_CHANGE in ROLES[by.role].permissions
    disagreeing = contradictions.inbox(scope).order_by("id")[:SHORT] if may_settle else []
    return Day(
        due=due.due(scope, by.role, on=on),
        to_verify=list(to_verify.listed(scope)[:SHORT]),
        contradictions=list(disagreeing),
        publication=publications.newest(),
        holds=by.role in {RECHECK.holder, *(clock.holder for clock in CLOCKS.values())},
        counties_late=county_late.by_county(scope, on=on) if len(scope.prefix) == CITY else None,
    )
