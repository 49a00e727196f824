"""Everything one household page tells, gathered from the rooms that know it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor
from shouwang.office.casework.queries import cases, help_panel, help_unmonitored
from shouwang.office.desk.queries.timeline import Timeline, timeline
from shouwang.office.registry.models import Household
from shouwang.office.registry.queries import contradictions, descent, facts, households
from shouwang.office.registry.queries.facts import FactShown
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
    timeline: Timeline
    """What was done; what comes next stands with the case and with help."""
    kin: list[Any]
    """Households it came from, or went into; their history until then is in the timeline."""

    @property
    def labour(self) -> str | None:
        """Labour of the household in words. Unknown: None."""
        return next((row.value for row in self.facts if row.fact == "labour_units"), None)

    @property
    def ethnic(self) -> str:
        """The ethnic group of the head. Unknown: empty."""
        return next((member.ethnic for member in self.members if member.is_head), "")


def story(scope: Scope, household_id: str, *, by: Actor, on: date) -> Story | None:
    """None where the household is not there, or not inside the scope."""
    home = households.one(scope, household_id)
    if home is None:
        return None
    warning = warnings.newest_of_household(home.pk)
    told = explaining.why(warning) if warning else None
    panel, kin = cases.panel(home, actor=by, on=on), descent.kin_of(scope, home)
    helped = help_panel.panel(panel.case, on=on) if panel else None
    is_helped = bool(helped or kin or (panel and panel.case.previous_id))
    return Story(
        home=home,
        warning=warning,
        why=told,
        to_verify=None if warning else to_verify.of_household(home.pk),
        members=households.members(home, on=on),
        facts=_grounds(facts.shown(home), told),
        contradictions=contradictions.of_household(home),
        case=panel,
        help=helped,
        unmonitored=help_unmonitored.of_household(home) if _may_be_unmonitored(home, panel) else [],
        timeline=timeline(home.pk, kin=descent.told_of(scope, kin), is_helped=is_helped, on=on),
        kin=kin,
    )


def whole_timeline(scope: Scope, home: Household, *, on: date) -> Timeline:
    """Everything that happened to a household the caller has found in the scope."""
    kin = descent.told_of(scope, descent.kin_of(scope, home))
    return timeline(home.pk, kin=kin, is_helped=True, on=on, limit=None)


def _grounds(rows: list[FactShown], told: Why | None) -> list[FactShown]:
    """The facts with the rules they made true: those first, as the rules used them, then what is unknown; the rest is
    folded. Where no rule is true, all stay as they are.
    """
    rules = {line.code: line.rules for line in told.lines} if told else {}
    if not rules:
        return rows
    order = {code: place for place, code in enumerate(rules)}
    named = [replace(row, rules=rules.get(row.fact, ""), is_plain=_is_beside(row, rules)) for row in rows]
    return sorted(named, key=lambda row: (order.get(row.fact, len(order)), row.is_plain))


def _is_beside(row: FactShown, rules: dict[str, str]) -> bool:
    return row.fact not in rules and row.value is not None


def _may_be_unmonitored(home: Household, panel: Any) -> bool:
    """Spares most pages the question."""
    return home.register == Household.Register.EXITED and not (panel and panel.case.is_open)
