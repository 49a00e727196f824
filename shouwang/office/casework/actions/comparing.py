"""Asset comparison: hits become questions; each is answered by a name, with evidence; then the comparison is done."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish
from shouwang.office.casework.models import AssetQuestion, Case
from shouwang.office.casework.queries.assets import flags_of
from shouwang.terms.errors import UserError


def ask(case: Case, *, on: date) -> None:
    """One question per asset flag the household has, asked once. Inside the caller's transaction."""
    known = set(AssetQuestion.objects.filter(case=case).values_list("flag", flat=True))
    AssetQuestion.objects.bulk_create(
        AssetQuestion(case=case, flag=flag, asked_on=on) for flag in flags_of(case.household_id) if flag not in known
    )


@transaction.atomic
def answer(
    case_id: int,
    *,
    question_id: int,
    answer: str,
    evidence: str,
    explanation: str = "",
    by: Actor,
    on: date,
    sending: Sending = NO_FORM,
) -> AssetQuestion:
    """Answer one question. An answer given before is replaced; both stay in the audit."""
    move = begin(case_id, "answer", by=by, on=on, sending=sending)
    question = AssetQuestion.objects.filter(case=move.case, pk=question_id).first()
    if question is None or answer not in AssetQuestion.Answer.values:
        raise UserError(_("没有这条资产线索，或答复不在选项里"), _("从这一户的页面重新进入"))
    if not evidence.strip():
        raise UserError(_("答复没有写凭据"), _("写明看了什么凭据，例如车辆报废证明"))
    before = question.answer
    question.answer, question.evidence, question.explanation = answer, evidence.strip(), explanation.strip()
    question.answered_on, question.answered_by, question.answered_by_name = on, by.user_id, by.name
    question.save()
    finish(move, told={"question": question.pk, "before": before, "answer": answer})
    return question


@transaction.atomic
def complete(case_id: int, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Case:
    """The comparison is done: every question has its answer."""
    move = begin(case_id, "compare", by=by, on=on, sending=sending)
    return finish(move)
