"""The steps of the township: audit, proposing a refusal, sending back, ending a removal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import auditing
from shouwang.office.casework.forms import steps
from shouwang.office.casework.models import Case
from shouwang.office.casework.transitions import find
from shouwang.office.casework.views.answering import Asking, answer

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@requires(Permission.CASES_AUDIT)
def audit(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.AuditForm:
        return steps.AuditForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        auditing.passed(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("audit", form, act))


@get_or_post
@requires(Permission.CASES_AUDIT)
def propose_refusal(request: HttpRequest, case_id: int) -> HttpResponse:
    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        auditing.propose_refusal(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("propose-refusal", reason_form, act))


@get_or_post
@requires(Permission.CASES_AUDIT)
def stop_removal(request: HttpRequest, case_id: int) -> HttpResponse:
    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        auditing.stop_removal(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("stop-removal", reason_form, act))


@get_or_post
@requires(Permission.CASES_AUDIT)
def send_back(request: HttpRequest, case_id: int) -> HttpResponse:
    return answer(request, case_id, sending_back("return"))


def sending_back(action: str) -> Asking:
    """The form that sends a case back; township and county each have their own."""

    def form(case: Case, data: Any) -> steps.ReturnForm:
        row = find(action, case.state)
        return steps.ReturnForm(data, state=case.state, targets=row.back_to(case.state) if row else ())

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        auditing.send_back(case.pk, **form.values(), **acting)

    return Asking(action, form, act)


def reason_form(case: Case, data: Any) -> steps.ReasonForm:
    return steps.ReasonForm(data, state=case.state)
