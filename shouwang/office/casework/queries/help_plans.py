"""Plans: the one of a case, when it is due, what may be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shouwang.office.access.scope import Scope
from shouwang.office.casework.clocks import due_on
from shouwang.office.casework.models import Case, Plan, State
from shouwang.office.casework.queries.help_facts import (
    OTHER,
    facts_on,
    family_of_rule,
    other_name,
    policy_on,
    rule_name,
    sheet_of,
)
from shouwang.office.casework.queries.schedules import days_for
from shouwang.policy.measure_kinds import MEASURES, MeasureKind, answering
from shouwang.rules.evaluate import truth
from shouwang.rules.policy import Policy
from shouwang.rules.vocabulary import Facts
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Offered:
    """A fired rule and the measures that answer it: those of the family of its level first. A suggestion, no limit."""

    rule: str
    name: str
    kinds: tuple[MeasureKind, ...]
    family: str = ""
    """Of 扶带帮引提; empty where no rule is known."""


def due_of(case: Case) -> date:
    """The day a plan must be made by, by the county's schedule. Errors: `UserError` before inclusion."""
    if case.included_on is None:
        raise UserError(_("还没有纳入，不能定帮扶计划"), _("等县级审定"))
    return due_on("measures", start=case.included_on, days=days_for(case.area_code, on=case.clock_from))


def running_plan(case: Case) -> Plan:
    """The plan of an open case. Errors: `UserError` where there is none, or the case is closed."""
    plan = Plan.objects.filter(case=case).first()
    if plan is None:
        raise UserError(_("这一户还没有帮扶计划"), _("先制定帮扶计划"))
    if not case.is_open:
        raise UserError(_("这一户的办理已经结束，不能再改帮扶"), _("再次纳入后另立计划"))
    return plan


def offered(case: Case, *, on: date) -> list[Offered]:
    """What is suggested for a case: per fired rule, in the order of the warning; anything where none is known."""
    policy = policy_on(on)
    found = [_offered(policy, code) for code in rules_of(case, on=on)]
    return [one for one in found if one.kinds] or [Offered(OTHER, other_name(), MEASURES)]


def _offered(policy: Policy, code: str) -> Offered:
    family = family_of_rule(policy, code)
    kinds = sorted(answering(code), key=lambda kind: family not in kind.families)
    return Offered(code, rule_name(policy, code), tuple(kinds), family)


def needs(found: Sequence[Offered]) -> list[tuple[str, str]]:
    """What a measure may answer, code and name: the rules something is suggested for, or another need."""
    return [*((one.rule, one.name) for one in found if one.rule != OTHER), (OTHER, other_name())]


def rules_of(case: Case, *, on: date) -> list[str]:
    """The rules of the case; of one that was declared, those that fire on the facts its visit found."""
    if case.rules:
        return list(case.rules)
    return fired(policy_on(on), facts_on(sheet_of(case.household_id), on))


def fired(policy: Policy, facts: Facts) -> list[str]:
    """The rules of the policy that are true of these facts."""
    return [rule.code for rule in policy.rules if truth(rule.when, facts) is True]


def helped(scope: Scope, case_id: int) -> Case | None:
    """A case with its household and plan. None where it is not there, not in the scope, or was never included."""
    return (
        scope.filter(Case.objects.select_related("household", "plan", "plan__cadre"))
        .filter(pk=case_id, included_on__isnull=False)
        .first()
    )


def without_plan(scope: Scope) -> "QuerySet[Case]":
    """Included households whose plan is still to be made, the most urgent first."""
    rows = scope.filter(Case.objects.select_related("household")).filter(state=State.INCLUDED)
    return rows.order_by("next_due_on", "id")
