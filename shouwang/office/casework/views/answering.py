"""One way for every form of a step: show it, check it, act, and come back with what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.moving import AlreadyDoneError
from shouwang.office.casework.forms.steps import StepForm
from shouwang.office.casework.models import Case, State
from shouwang.office.casework.queries import cases
from shouwang.office.casework.transitions import Transition, find
from shouwang.office.web.calendar import today
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Asking:
    """A step as a page: how its form is made of a case and what was posted, and what it does."""

    action: str
    form: Callable[..., StepForm]
    act: Callable[..., object]
    template: str = "casework/step.html"
    context: Callable[[Case, StepForm], dict[str, Any]] = lambda case, form: {}


def answer(request: HttpRequest, case_id: int, asking: Asking) -> HttpResponse:
    """The form of a step, or what became of it. What was typed is never lost."""
    case = case_of(request, case_id)
    row = find(asking.action, case.state)
    if request.method == "GET":
        if row is None:
            raise UserError(
                _("“%(state)s”的户现在不能这样办") % {"state": State(case.state).label},
                _("打开这一户，看下一步是什么"),
            )
        seen(request, case)
        return shown(request, case, row, asking, asking.form(case, None))
    form = asking.form(case, request.POST)
    status = 422
    if form.is_valid():
        try:
            asking.act(case, form, by=request.actor, on=today(), sending=form.sending())
            messages.success(request, _("已存。"))
            return redirect(reverse("cases:one", args=[case.pk]) + "?done=yes")
        except AlreadyDoneError as error:
            messages.info(request, error.found)
            return redirect("cases:one", case.pk)
        except UserError as error:
            form.add_error(None, str(error))
            status = 409
    return shown(request, case, row, asking, form, status=status)


def shown(
    request: HttpRequest, case: Case, row: Transition | None, asking: Asking, form: StepForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "case": case,
        "row": row,
        "action": asking.action,
        "title": row.word if row else cases.WORDS[asking.action],
        "form": form,
        "panel": cases.panel_of(case, actor=request.actor, on=today()),
        **asking.context(case, form),
    }
    return render(request, asking.template, context, status=status)


def case_of(request: HttpRequest, case_id: int) -> Case:
    """The case inside the scope of the request; else there is none."""
    case = cases.one(request.scope, case_id)
    if case is None:
        raise Http404
    return case


def seen(request: HttpRequest, case: Case, *, about: tuple[str, int] | None = None) -> None:
    """A sight of a household's page leaves an event; `about`: what of the case was seen, where it is not the whole."""
    kind, number = about or ("case", case.pk)
    record(
        Verb.SEEN,
        by=request.actor,
        subject=(kind, str(number)),
        household_id=case.household_id,
        area_code=case.area_code,
        run=case.run_digest,
        policy=case.policy,
    )
