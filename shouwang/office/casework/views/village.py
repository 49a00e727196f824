"""The steps of the village: people sent, visit, comparison, review, notice, objections, telling, withdrawal."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import (
    assigning,
    closing,
    comparing,
    deciding,
    notices,
    objections,
    removing,
    reviewing,
    visits,
)
from shouwang.office.casework.forms import steps
from shouwang.office.casework.forms.visiting import VisitForm
from shouwang.office.casework.models import Case, Procedure
from shouwang.office.casework.queries import asking as asked
from shouwang.office.casework.queries import people
from shouwang.office.casework.queries import record as on_record
from shouwang.office.casework.queries.removal_criteria import eligibility
from shouwang.office.casework.views.answering import Asking, answer, case_of
from shouwang.office.web.calendar import today

YEAR = timedelta(days=365)
get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@requires(Permission.CASES_WORK)
def assign(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.AssignForm:
        now = on_record.assignees(case) or people.offered(case.area_code, on=today()).first
        return steps.AssignForm(data, state=case.state, initial=now)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        assigning.assign(case.pk, **form.values(), **acting)

    def context(case: Case, form: steps.StepForm) -> dict[str, Any]:
        return {"offered": people.offered(case.area_code, on=today())}

    return answer(request, case_id, Asking("assign", form, act, "casework/assign.html", context))


@get_or_post
@requires(Permission.CASES_WORK)
def visit(request: HttpRequest, case_id: int) -> HttpResponse:
    def act(case: Case, form: VisitForm, **acting: Any) -> None:
        visits.record(case.pk, form.held(), **acting)

    def form(case: Case, data: Any) -> VisitForm:
        return _visit_form(case, data, None if data is None else request.FILES)

    return answer(request, case_id, Asking("visit", form, act, "casework/visit.html"))


def _visit_form(case: Case, data: Any, files: Any) -> VisitForm:
    day: date = today()
    names = on_record.assignees(case)
    is_inclusion = case.procedure == Procedure.INCLUSION
    questions = asked.questions(case, on=day)
    return VisitForm(
        data,
        files=files,
        state=case.state,
        wishes=asked.wishes(case),
        questions=questions,
        more=asked.by_choice(case, questions),
        adults=asked.adults_to_sign(case, on=day) if is_inclusion else [],
        initial={
            "on": day.isoformat(),
            "until": (day + YEAR).isoformat(),
            "visitor_1": names.get("village", ""),
            "visitor_2": names.get("township", ""),
        },
    )


@get_or_post
@requires(Permission.CASES_WORK)
def compare(request: HttpRequest, case_id: int) -> HttpResponse:
    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        comparing.complete(case.pk, **acting)

    return answer(request, case_id, Asking("compare", _plain, act))


def _plain(case: Case, data: Any) -> steps.StepForm:
    return steps.ConfirmForm(data, state=case.state)


@get_or_post
@requires(Permission.CASES_WORK)
def answer_assets(request: HttpRequest, case_id: int) -> HttpResponse:
    """All asset questions on one page, each with its own form; the page stays until none is left."""

    def form(case: Case, data: Any) -> steps.AnswerForm:
        return steps.AnswerForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        comparing.answer(case.pk, **form.values(), **acting)

    def context(case: Case, form: steps.StepForm) -> dict[str, Any]:
        return {"questions": on_record.questions_with_forms(case, _answer_forms(case, form))}

    response = answer(request, case_id, Asking("answer", form, act, "casework/assets.html", context))
    if response.status_code == 302 and on_record.has_unanswered(case_of(request, case_id)):
        return redirect("cases:answer", case_id)
    return response


def _answer_forms(case: Case, sent: steps.StepForm) -> Any:
    """A form per question; the one that was sent shows its faults."""

    def of(question_id: int) -> steps.StepForm:
        if sent.is_bound and sent.data.get("question_id") == str(question_id):
            return sent
        return steps.AnswerForm(None, state=case.state, initial={"question_id": question_id})

    return of


@get_or_post
@requires(Permission.CASES_WORK)
def review(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.ReviewForm:
        kind = steps.ReviewForm if case.procedure == Procedure.INCLUSION else steps.RemovalReviewForm
        level = case.proposed_level or case.suspected_level or ""
        return kind(data, state=case.state, initial={**steps.today_of(today()), "proposed_level": str(level)})

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        values = form.values()
        held = reviewing.Held(
            on=values["held_on"],
            chair=values["chair"],
            minutes=values["minutes"],
            votes=reviewing.Votes(values["present"], values["votes_for"], values["votes_against"], values["abstained"]),
            proposed_level=int(values["proposed_level"]) if values.get("proposed_level") else None,
        )
        reviewing.record(case.pk, held, **acting)

    return answer(request, case_id, Asking("review", form, act))


@get_or_post
@requires(Permission.CASES_WORK)
def notice(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.NoticeForm:
        return steps.NoticeForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        notices.post(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("notice", form, act))


@get_or_post
@requires(Permission.CASES_WORK)
def objection(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.ObjectForm:
        return steps.ObjectForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        objections.receive(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("object", form, act))


@get_or_post
@requires(Permission.CASES_WORK)
def settle(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.SettleForm:
        return steps.SettleForm(data, state=case.state, objections=on_record.open_objections(case))

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        values = form.values()
        objections.settle(case.pk, **{**values, "objection_id": int(values["objection_id"])}, **acting)

    return answer(request, case_id, Asking("settle", form, act))


@get_or_post
@requires(Permission.CASES_WORK)
def tell(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.TellForm:
        return steps.TellForm(data, state=case.state, initial=steps.today_of(today()))

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        deciding.tell(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("tell", form, act, "casework/tell.html", _refusal))


def _refusal(case: Case, form: steps.StepForm) -> dict[str, Any]:
    return {"refusal": on_record.refusal(case)}


@get_or_post
@requires(Permission.CASES_WORK)
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.ReasonForm:
        return steps.ReasonForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        closing.withdraw(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("withdraw", form, act))


@get_or_post
@requires(Permission.CASES_WORK)
def close(request: HttpRequest, case_id: int) -> HttpResponse:
    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        closing.close(case.pk, **acting)

    return answer(request, case_id, Asking("close", _plain, act))


@get_or_post
@requires(Permission.CASES_WORK)
def propose_removal(request: HttpRequest, case_id: int) -> HttpResponse:
    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        removing.propose(case.pk, **acting)

    return answer(request, case_id, Asking("propose-removal", _plain, act, "casework/removal.html", with_criteria))


def with_criteria(case: Case, form: steps.StepForm) -> dict[str, Any]:
    """The criteria of a removal, for who proposes it and who decides it."""
    return {"eligibility": eligibility(case, today())}
