"""The page of one household's help, and what every view of help does alike."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import follow_ups, help_effects, help_measures, help_plans
from shouwang.office.casework.actions.moving import AlreadyDoneError
from shouwang.office.casework.forms.follow_ups import FollowUpForm
from shouwang.office.casework.forms.help_plans import CadreForm, MeasureForm
from shouwang.office.casework.models import Case
from shouwang.office.casework.queries import help_panel
from shouwang.office.casework.queries import help_plans as plans
from shouwang.office.casework.views.answering import seen
from shouwang.office.registry.models import Person
from shouwang.office.web.calendar import today
from shouwang.terms.errors import UserError

REFUSED = 422
"""The form is shown again with what is wrong, and what was typed."""


def case_or_404(request: HttpRequest, case_id: int) -> Case:
    """An included case of the scope."""
    case = plans.helped(request.scope, case_id)
    if case is None:
        raise Http404
    return case


def carried_out(request: HttpRequest, form: forms.Form, work: Callable[[], object], *, said: str) -> bool:
    """Whether a valid form's work was done; what went wrong stands at the form. Sent twice, it counts as done."""
    try:
        work()
    except AlreadyDoneError as error:
        messages.info(request, str(error), extra_tags="done")
        return True
    except UserError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, said)
    return True


@require_GET
@requires(Permission.CASES_SEE)
def one(request: HttpRequest, case_id: int) -> HttpResponse:
    """Plan, measures, money, visits, effect and removal of one household."""
    case = case_or_404(request, case_id)
    seen(request, case, about=("help", case.pk))
    return _page(request, case)


def _page(request: HttpRequest, case: Case, *, status: int = 200, **given: forms.Form) -> HttpResponse:
    on = today()
    panel = help_panel.panel(case, on)
    organisation = panel.plan.organisation if panel and panel.plan else ""
    context = {
        "case": case,
        "panel": panel,
        "follow_up_form": FollowUpForm(initial={"day": on, "visitor": request.actor.name}),
        "measure_form": _measure_form(case, on, initial={"starts_on": on, "organisation": organisation}),
        "cadre_form": CadreForm(initial={"organisation": organisation}),
        **given,
    }
    return render(request, "casework/help.html", context, status=status)


def _measure_form(case: Case, on: object, data: object = None, **kwargs: object) -> MeasureForm:
    people = Person.objects.filter(memberships__household=case.household_id, memberships__until=None).order_by("id")
    return MeasureForm(data, offered=plans.offered(case, on=on), people=list(people), **kwargs)


@require_POST
@requires(Permission.HELP_WORK)
def follow_up(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep a visit."""
    case = case_or_404(request, case_id)
    form = FollowUpForm(request.POST)
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: follow_ups.note(case.pk, form.seen(), by=request.actor, on=today(), sending=form.sending()),
        said=_("走访已记下。"),
    ):
        return redirect("cases:help", case_id=case.pk)
    return _page(request, case, status=REFUSED, follow_up_form=form)


@require_POST
@requires(Permission.HELP_WORK)
def add_measure(request: HttpRequest, case_id: int) -> HttpResponse:
    """One more measure."""
    case = case_or_404(request, case_id)
    form = _measure_form(case, today(), request.POST)
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: help_measures.add(case.pk, form.draft(), by=request.actor, on=today(), sending=form.sending()),
        said=_("措施已加入计划。"),
    ):
        return redirect("cases:help", case_id=case.pk)
    return _page(request, case, status=REFUSED, measure_form=form)


@require_POST
@requires(Permission.HELP_WORK)
def name_cadre(request: HttpRequest, case_id: int) -> HttpResponse:
    """Hand the household over."""
    case = case_or_404(request, case_id)
    form = CadreForm(request.POST)
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: help_plans.name_cadre(case.pk, form.answering(), by=request.actor, on=today(), sending=form.sending()),
        said=_("责任干部已更换。"),
    ):
        return redirect("cases:help", case_id=case.pk)
    return _page(request, case, status=REFUSED, cadre_form=form)


@require_POST
@requires(Permission.HELP_WORK)
def look(request: HttpRequest, case_id: int, after_months: int) -> HttpResponse:
    """Look whether help works, on the facts of the day."""
    case = case_or_404(request, case_id)
    try:
        help_effects.look(case.pk, after_months, by=request.actor, on=today())
        messages.success(request, _("效果已记下。"))
    except UserError as error:
        messages.error(request, str(error))
    return redirect("cases:help", case_id=case.pk)
