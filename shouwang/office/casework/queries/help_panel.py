"""Everything the help panel of a household shows: plan, measures, money, visits, effect, what is wrong, removal."""

from dataclasses import dataclass
from datetime import date

from shouwang.office.casework.measure_steps import WAITING, MeasureStep, possible
from shouwang.office.casework.models import (
    Baseline,
    Case,
    Effect,
    Evidence,
    FollowUp,
    Measure,
    Payment,
    Plan,
    Rescue,
    State,
)
from shouwang.office.casework.queries import help_effects, help_faults, help_payments, rescues
from shouwang.office.casework.queries.help_due import HelpDue, OnRecord, due_next
from shouwang.office.casework.queries.help_effects import Change, Look
from shouwang.office.casework.queries.help_facts import facts_on, families_of, kind_name, policy_on, rule_name, sheet_of
from shouwang.office.casework.queries.help_faults import Said
from shouwang.office.casework.queries.record import files_of
from shouwang.office.casework.queries.removal_criteria import Eligibility, judged
from shouwang.rules.policy import Policy
from shouwang.rules.vocabulary import Facts


@dataclass(frozen=True)
class MeasureShown:
    """One measure with its words; `steps` are what may be done to it."""

    row: Measure
    name: str
    families: str
    """Of 扶带帮引提."""
    rule_name: str
    steps: tuple[MeasureStep, ...]
    is_late: bool
    files: list[Evidence]


@dataclass(frozen=True)
class EffectShown:
    row: Effect
    rule_name: str


@dataclass(frozen=True)
class HelpPanel:
    """`due_on` is the plan's day while there is none; `gaps` are fired rules without a measure; `removal` only of a
    household in help."""

    case: Case
    plan: Plan | None
    due_on: date | None
    measures: list[MeasureShown]
    gaps: list[tuple[str, str]]
    payments: list[Payment]
    paid_fen: int
    follow_ups: list[FollowUp]
    effects: list[EffectShown]
    look: Look | None
    next: list[HelpDue]
    """What comes next, the earliest first."""
    changes: list[Change]
    faults: list[Said]
    rescues: list[Rescue]
    removal: Eligibility | None


def panel(case: Case, on: date) -> HelpPanel | None:
    """None where the household was never included and nothing was paid first: there is nothing to show."""
    first = rescues.of_household(case.household_id)
    if case.included_on is None and not first:
        return None
    policy, facts = policy_on(on), facts_on(sheet_of(case.household_id), on)
    plan = Plan.objects.select_related("cadre").filter(case=case).first()
    rows = list(Measure.objects.filter(case=case).select_related("person").order_by("id"))
    files = files_of(rows) if rows else {}
    answered = {row.rule for row in rows if row.status != Measure.Status.STOPPED}
    payments = help_payments.of_household(case.household_id)
    effects = help_effects.of_case(case)
    follow_ups = list(FollowUp.objects.filter(case=case).order_by("-on", "-id")[:20])
    return HelpPanel(
        case=case,
        plan=plan,
        due_on=case.next_due_on if case.state == State.INCLUDED else None,
        measures=[_shown(row, rule_name(policy, row.rule), on, files.get(row.pk, [])) for row in rows],
        gaps=[(code, rule_name(policy, code)) for code in case.rules if code not in answered] if plan else [],
        payments=payments,
        paid_fen=sum(row.amount_fen for row in payments if row.taken_back_id is None and not _is_cancelled(row)),
        follow_ups=follow_ups,
        effects=[EffectShown(row, rule_name(policy, row.rule)) for row in effects],
        look=_next_look(case, effects, on),
        next=_next(case, rows, effects, follow_ups, on) if case.is_open else [],
        changes=_changes(case, policy, facts),
        faults=help_faults.of_case(case, on=on),
        rescues=first,
        removal=judged(case, on, policy=policy, facts=facts) if case.state == State.IN_HELP else None,
    )


def _shown(row: Measure, rule: str, on: date, files: list[Evidence]) -> MeasureShown:
    is_late = row.status in WAITING and row.starts_on < on
    return MeasureShown(row, kind_name(row.code), families_of(row.code), rule, possible(row.status), is_late, files)


def _is_cancelled(row: Payment) -> bool:
    return hasattr(row, "cancelled_by")


def _next_look(case: Case, effects: list[Effect], on: date) -> Look | None:
    """The look that is still to be taken, whether due already or not."""
    seen = {effect.after_months for effect in effects}
    waiting = [look for look in help_effects.looks(case, on=on) if look.after_months not in seen]
    return waiting[0] if waiting and case.is_open else None


def _next(case: Case, rows: list[Measure], effects: list[Effect], visits: list[FollowUp], on: date) -> list[HelpDue]:
    waiting = [row for row in rows if row.status in WAITING]
    looked = frozenset(effect.after_months for effect in effects)
    return due_next(case, OnRecord(waiting, looked, visits[0].on if visits else None), on=on)


def _changes(case: Case, policy: Policy, facts: Facts) -> list[Change]:
    baseline = Baseline.objects.filter(case=case).first()
    return help_effects.changes(policy, case, baseline, facts) if baseline else []
