"""Everything one household page tells, gathered from the rooms that know it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor
from shouwang.office.casework.queries import cases, help_panel, help_unmonitored
from shouwang.office.registry.models import Household
from shouwang.office.registry.queries import contradictions, facts, households
from shouwang.office.warnings.models import ToVerify, Warning
from shouwang.office.warnings.queries import explaining, to_verify, warnings
from shouwang.office.warnings.queries.explaining import Why


@dataclass(frozen=True)
class Story:
    """One household. `warning`, `why` and `case` are None where there is no warning, or no case."""

    home: Household
    warning: Warning | None
    why: Why | None
    to_verify: ToVerify | None
    members: list[Any]
    facts: list[Any]
    contradictions: list[Any]
    case: Any
    help: Any
    unmonitored: list[Any]
    """What is broken, where the household ought to be monitored and is not."""
    timeline: list[Any]


def story(scope: Scope, household_id: str, *, by: Actor, on: date) -> Story | None:
    """None where the household is not there, or not inside the scope."""
    home = households.one(scope, household_id)
    if home is None:
        return None
    warning = warnings.newest_of_household(home.pk)
    panel = cases.panel(home, actor=by, on=on)
    return Story(
        home=home,
        warning=warning,
        why=explaining.why(warning) if warning else None,
        to_verify=None if warning else to_verify.of_household(home.pk),
        members=households.members(home, on=on),
        facts=facts.shown(home),
        contradictions=contradictions.of_household(home),
        case=panel,
        help=help_panel.panel(panel.case, on=on) if panel else None,
        unmonitored=help_unmonitored.of_household(home) if _may_be_unmonitored(home, panel) else [],
        timeline=cases.timeline(home.pk),
    )


def _may_be_unmonitored(home: Household, panel: Any) -> bool:
    """Spares most pages the question."""
    return home.register == Household.Register.EXITED and not (panel and panel.case.is_open)
