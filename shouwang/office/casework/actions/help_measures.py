"""Adding measures to a plan, and moving each through its status."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_clocks
from shouwang.office.casework.actions.evidence import Proves
from shouwang.office.casework.actions.evidence import put as put_file
from shouwang.office.casework.actions.moving import NO_FORM, Sending, hold, once
from shouwang.office.casework.measure_steps import find
from shouwang.office.casework.models import Evidence, Measure, Plan
from shouwang.office.casework.queries.help_facts import OTHER
from shouwang.office.casework.queries.help_plans import rules_of, running_plan
from shouwang.office.registry.models import Membership
from shouwang.office.web.days import happened, not_before, not_far_ahead
from shouwang.policy.measure_kinds import MEASURES
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Draft:
    """One measure as chosen: what, against which rule or other need, by whom, from when; for one person or for all."""

    code: str
    rule: str
    organisation: str
    starts_on: date
    person_id: str = ""
    quantity: str = ""
    need: str = ""


@dataclass(frozen=True)
class Told:
    """What is said with a step of a measure; `expected` is the status it had when the page was shown."""

    expected: str
    day: date
    evidence: str = ""
    reason: str = ""


@transaction.atomic
def add(case_id: int, draft: Draft, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Measure:
    """One more measure for a case that has a plan. Errors: `UserError` where it answers neither a rule of the case nor
    another need that is told.
    """
    case = hold(case_id, by=by)
    once(sending.number, "add-measure", by=by, case=case)
    measure = put(running_plan(case), draft, by=by, on=on)
    help_clocks.keep(case.pk, on=on)
    return measure


def put(plan: Plan, draft: Draft, *, by: Actor, on: date) -> Measure:
    """Write a measure of a plan; the caller holds its case."""
    _fits(plan, draft, on=on)
    not_before(draft.starts_on, since=plan.case.opened_on, began=_("线索建立"))
    not_far_ahead(draft.starts_on, on=on, within="measure_starts_within")
    try:
        with transaction.atomic():
            measure = Measure.objects.create(
                plan=plan,
                case=plan.case,
                area_code=plan.area_code,
                code=draft.code,
                rule=draft.rule,
                need=draft.need.strip(),
                person_id=draft.person_id or None,
                organisation=draft.organisation.strip() or plan.organisation,
                starts_on=draft.starts_on,
                quantity=draft.quantity.strip(),
                changed_on=on,
                changed_by=by.user_id,
                changed_by_name=by.name,
            )
    except IntegrityError:
        raise UserError(_("同一项措施已经在计划里，还没有结束"), _("在原来的那一项上更新进度")) from None
    _noted(Verb.CREATED, measure, by=by, before=None)
    return measure


def _fits(plan: Plan, draft: Draft, *, on: date) -> None:
    """Any measure of the national form may answer any rule that fired; which do is only suggested."""
    if draft.code not in {kind.code for kind in MEASURES}:
        raise UserError(_("没有选措施"), _("从列出的措施里选"))
    rules = rules_of(plan.case, on=on)
    if draft.rule not in (*rules, OTHER):
        raise UserError(_("这项措施没有对应这一户触发的规则"), _("选它应对的规则，或选其他需要并写明"))
    if draft.rule == OTHER and rules and not draft.need.strip():
        raise UserError(_("没有写其他需要是什么"), _("写明这一户的困难，例如：孩子上高中，交不起住宿费"))
    lives_there = Membership.objects.filter(household=plan.case.household_id, person=draft.person_id, until=None)
    if draft.person_id and not lives_there.exists():
        raise UserError(_("所选的人不在这一户"), _("从这一户的成员里选"))


@transaction.atomic
def step(measure_id: int, action: str, told: Told, *, by: Actor, on: date, file: UploadedFile | None = None) -> Measure:
    """Move a measure: started, completed with evidence, held or stopped with a reason. A file proves as words do.

    Errors: `UserError` where somebody was first, the step is not allowed, evidence or reason is missing, or the file
    cannot be kept; then nothing is done.
    """
    measure = held(measure_id, by=by)
    if told.expected and told.expected != measure.status:
        raise UserError(_("别人刚刚更新过这项措施，这次什么都没有改"), _("看最新的进度，再决定要不要办"))
    row = find(action, measure.status)
    if row is None:
        raise UserError(_("这项措施现在不能这样办"), _("从页面上列出的几种里选"))
    proof = told.evidence.strip() or _attached(measure, file)
    _complete(row.needs_evidence and not proof, row.needs_reason, told)
    happened(told.day, on=on, since=measure.case.opened_on, began=_("线索建立"))
    before = {"status": measure.status}
    if action == "start":
        measure.starts_on = told.day
    elif action in ("complete", "stop"):
        _after_start(measure, told.day)
        measure.ends_on = told.day
    measure.status, measure.evidence = row.to, told.evidence.strip() or measure.evidence or proof
    measure.reason = told.reason.strip()
    measure.changed_on, measure.changed_by, measure.changed_by_name = on, by.user_id, by.name
    measure.save()
    if file is not None:
        put_file(Proves(measure.case, Evidence.Kind.HELP, measure), file, by=by, on=on)
    _noted(Verb.CHANGED, measure, by=by, before=before)
    help_clocks.keep(measure.case_id, on=on)
    return measure


def _attached(measure: Measure, file: UploadedFile | None) -> str:
    """In place of words, where a file of the measure itself proves it."""
    has_file = file is not None or measure.files.filter(payment=None).exists()
    return _("见附件") if has_file else ""


def _complete(lacks_evidence: bool, needs_reason: bool, told: Told) -> None:
    if lacks_evidence:
        raise UserError(_("完成一项措施要有凭据"), _("写发放表、合同或照片的编号，或交照片、PDF"))
    if needs_reason and not told.reason.strip():
        raise UserError(_("没有写原因"), _("写明为什么"))


def _after_start(measure: Measure, day: date) -> None:
    """A measure that was only planned may be stopped before it was to start."""
    if day >= measure.starts_on:
        return
    if measure.status == Measure.Status.RUNNING:
        raise UserError(_("结束的日子在开始以前"), _("核对日期"))
    measure.starts_on = day


def held(measure_id: int, *, by: Actor) -> Measure:
    """A measure of an open case, held. Errors: `UserError`, the same for one that is not there or not in the area."""
    measure = (
        Measure.objects.select_for_update()
        .filter(pk=measure_id, area_code__startswith=by.area_code, case__closed_on=None)
        .first()
    )
    if measure is None:
        raise UserError(_("没有这项措施，或办理已经结束"), _("从帮扶措施列表重新进入"))
    return measure


def _noted(verb: Verb, measure: Measure, *, by: Actor, before: dict[str, object] | None) -> None:
    record(
        verb,
        by=by,
        subject=("measure", str(measure.pk)),
        household_id=measure.case.household_id,
        area_code=measure.area_code,
        before=before,
        after={"code": measure.code, "rule": measure.rule, "status": measure.status},
    )
