"""Making the plan of help of an included household, and naming who answers for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_effects, help_measures
from shouwang.office.casework.actions.help_measures import Draft
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish, hold, once
from shouwang.office.casework.models import Cadre, Plan
from shouwang.office.casework.queries.help_plans import due_of, rules_of, running_plan
from shouwang.policy.help_figures import figure
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Answering:
    """Who answers for a household. `is_leader`: 科级以上."""

    name: str
    organisation: str
    is_leader: bool = False


@transaction.atomic
def make(
    case_id: int,
    answering: Answering,
    measures: Sequence[Draft],
    *,
    by: Actor,
    on: date,
    sending: Sending = NO_FORM,
) -> Plan:
    """Make the plan, with the measures it begins with, and start help. The facts of the fired rules are kept beside it.

    Errors: `UserError` for a case that is not newly included, a leader with too many households, a measure that
    answers no rule of the case.
    """
    move = begin(case_id, "start-help", by=by, on=on, sending=sending)
    case = move.case
    if not measures:
        raise UserError(_("还没有选措施"), _("针对每条触发的规则至少选一项"))
    case.rules = rules_of(case, on=on)
    plan = Plan.objects.create(
        case=case,
        area_code=case.area_code,
        cadre=_cadre(answering, on=on),
        organisation=answering.organisation.strip(),
        due_on=due_of(case),
        made_on=on,
        made_by=by.user_id,
        made_by_name=by.name,
    )
    for draft in measures:
        help_measures.put(plan, draft, by=by, on=on)
    help_effects.keep_baseline(case, on=on)
    finish(move, told={"plan": plan.pk, "cadre": plan.cadre_id, "measures": [[d.code, d.rule] for d in measures]})
    return plan


@transaction.atomic
def name_cadre(case_id: int, answering: Answering, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Plan:
    """Hand the household over to another responsible cadre. Errors: as `make`; no plan yet."""
    case = hold(case_id, by=by)
    once(sending.number, "name-cadre", by=by, case=case)
    plan = running_plan(case)
    before = plan.cadre_id
    plan.cadre = _cadre(answering, on=on, but=plan)
    plan.organisation = answering.organisation.strip()
    plan.save(update_fields=["cadre", "organisation"])
    record(
        Verb.CHANGED,
        by=by,
        subject=("plan", str(plan.pk)),
        household_id=case.household_id,
        area_code=case.area_code,
        before={"cadre": before},
        after={"cadre": plan.cadre_id},
    )
    return plan


def _cadre(answering: Answering, *, on: date, but: Plan | None = None) -> Cadre:
    """The cadre, held until the transaction ends, so that two plans at once cannot give a leader a third household."""
    name, organisation = answering.name.strip(), answering.organisation.strip()
    if not name or not organisation:
        raise UserError(_("没有写责任干部或单位"), _("写责任干部的姓名和单位"))
    Cadre.objects.get_or_create(name=name, organisation=organisation, defaults={"is_leader": answering.is_leader})
    cadre = Cadre.objects.select_for_update().get(name=name, organisation=organisation)
    if answering.is_leader and not cadre.is_leader:
        cadre.is_leader = True
        cadre.save(update_fields=["is_leader"])
    _leader_has_room(cadre, on=on, but=but)
    return cadre


def _leader_has_room(cadre: Cadre, *, on: date, but: Plan | None) -> None:
    """Source: 盘龙区 2020 年 8 月报道，科级以上领导每人联系1至2户。"""
    running = Plan.objects.filter(cadre=cadre, case__closed_on=None).exclude(pk=but.pk if but else None).count()
    most = figure("households_of_a_leader", on)
    if cadre.is_leader and running >= most:
        raise UserError(
            _("这位科级以上领导已经联系 %(running)d 户，最多 %(most)d 户") % {"running": running, "most": most},
            _("换一位责任干部，或先把其中一户移交给别人"),
        )
