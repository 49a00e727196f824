"""What the county decides on one case."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import deciding
from shouwang.office.casework.forms import steps
from shouwang.office.casework.models import Case
from shouwang.office.casework.queries import rechecks
from shouwang.office.casework.queries.record import record_of
from shouwang.office.casework.views.answering import Asking, answer
from shouwang.office.casework.views.township import reason_form, sending_back
from shouwang.office.casework.views.village import with_criteria

get_or_post = require_http_methods(["GET", "POST"])


def _on_record(case: Case, form: steps.StepForm) -> dict[str, Any]:
    """What a decision rests on: visits, assets, review, notice with its objections, audit."""
    return {"record": record_of(case)}


@get_or_post
@requires(Permission.CASES_DECIDE)
def include(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.LevelForm:
        return steps.LevelForm(data, state=case.state, initial={"level": str(case.proposed_level or "")})

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        deciding.include(case.pk, level=int(form.values()["level"]), **acting)

    return answer(request, case_id, Asking("include", form, act, "casework/decide.html", _on_record))


@get_or_post
@requires(Permission.CASES_DECIDE)
def refuse(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.RefuseForm:
        return steps.RefuseForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        deciding.refuse(case.pk, deciding.Ground(**form.values()), **acting)

    return answer(request, case_id, Asking("refuse", form, act, "casework/decide.html", _on_record))


@get_or_post
@requires(Permission.CASES_DECIDE)
def raise_level(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.RaiseForm:
        return steps.RaiseForm(data, state=case.state, initial={"level": str(case.recheck_level or "")})

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        values = form.values()
        deciding.raise_level(case.pk, level=int(values["level"]), reason=values["reason"], **acting)

    return answer(request, case_id, Asking("raise-level", form, act, "casework/level.html", _asked_about))


@get_or_post
@requires(Permission.CASES_DECIDE)
def keep_level(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.KeepLevelForm:
        return steps.KeepLevelForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        deciding.keep_level(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("keep-level", form, act, "casework/level.html", _asked_about))


def _asked_about(case: Case, form: steps.StepForm) -> dict[str, Any]:
    return {"asked": rechecks.asked_about(case)}


@get_or_post
@requires(Permission.CASES_DECIDE)
def remove(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.RemoveForm:
        return steps.RemoveForm(data, state=case.state)

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        deciding.remove(case.pk, **form.values(), **acting)

    def context(case: Case, form: steps.StepForm) -> dict[str, Any]:
        return {**with_criteria(case, form), **_on_record(case, form)}

    return answer(request, case_id, Asking("remove", form, act, "casework/remove.html", context))


@get_or_post
@requires(Permission.CASES_DECIDE)
def keep(request: HttpRequest, case_id: int) -> HttpResponse:
    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        deciding.keep(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("keep", reason_form, act, "casework/decide.html", _on_record))


@get_or_post
@requires(Permission.CASES_DECIDE)
def send_back(request: HttpRequest, case_id: int) -> HttpResponse:
    return answer(request, case_id, sending_back("send-back"))
