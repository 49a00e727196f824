"""Looking whether help works: the same facts, kept at inclusion, read again after months."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_clocks
from shouwang.office.casework.actions.moving import hold
from shouwang.office.casework.models import Baseline, Case, Effect
from shouwang.office.casework.queries.help_effects import OUTCOMES, looks
from shouwang.office.casework.queries.help_facts import (
    codes,
    facts_on,
    looked_at,
    policy_on,
    sheet_of,
    sheets_of,
    texts,
)
from shouwang.office.casework.queries.help_plans import fired
from shouwang.rules.evaluate import truth
from shouwang.terms.errors import UserError


def keep_baseline(case: Case, *, on: date) -> Baseline:
    """Keep the facts the case's rules read, once: at inclusion, or with the plan where that was missed. Of a household
    that was declared, those of the rules that fire on what its visit found.

    For the transition `include`, and for every plan; the caller's transaction holds the case.
    """
    return keep_baselines([case], on=on)[case.pk]


def keep_baselines(cases: Sequence[Case], *, on: date) -> dict[int, Baseline]:
    """The same for many cases, by their number, in as many queries as for one."""
    kept = {row.case_id: row for row in Baseline.objects.filter(case__in=cases)}
    missing = [case for case in cases if case.pk not in kept]
    if not missing:
        return kept
    policy, sheets = policy_on(on), sheets_of(case.household_id for case in missing)
    rows = []
    for case in missing:
        facts = facts_on(sheets.get(case.household_id), on)
        rules = list(case.rules) or fired(policy, facts)
        rows.append(Baseline(case=case, on=on, facts=texts(looked_at(policy, rules), facts)))
    return kept | {row.case_id: row for row in Baseline.objects.bulk_create(rows)}


@transaction.atomic
def look(case_id: int, after_months: int, *, by: Actor, on: date) -> list[Effect]:
    """Read the facts of the day for every rule of the case, and keep whether each still fires.

    Errors: `UserError` where the look is not due yet, or was taken already.
    """
    case = hold(case_id, by=by)
    due = {look.after_months: look for look in looks(case, on=on)}.get(after_months)
    if due is None or due.due_on > on:
        raise UserError(_("还没有到看效果的时候"), _("满月数以后再看"))
    if Effect.objects.filter(case=case, after_months=after_months).exists():
        raise UserError(_("这一次的效果已经记过"), _("看这一户的帮扶效果"))
    policy = policy_on(on)
    facts = facts_on(sheet_of(case.household_id), on)
    kept = texts(looked_at(policy, case.rules), facts)
    rules = [code for code in case.rules if code in codes(policy)]
    effects = [
        Effect.objects.create(
            case=case,
            area_code=case.area_code,
            rule=code,
            after_months=after_months,
            on=on,
            policy=policy.code,
            facts=kept,
            outcome=OUTCOMES[truth(policy.rule(code).when, facts)],
            recorded_by=by.user_id,
            recorded_by_name=by.name,
        )
        for code in rules
    ]
    record(
        Verb.CREATED,
        by=by,
        subject=("effect", str(case.pk)),
        household_id=case.household_id,
        area_code=case.area_code,
        after={"after_months": after_months, "outcomes": {effect.rule: effect.outcome for effect in effects}},
        policy=policy.code,
    )
    help_clocks.keep(case.pk, on=on)
    return effects
