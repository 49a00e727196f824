"""Making a plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import help_plans
from shouwang.office.casework.forms.help_plans import PlanForm
from shouwang.office.casework.models import State
from shouwang.office.casework.queries.help_plans import offered
from shouwang.office.casework.views.answering import seen
from shouwang.office.casework.views.help_pages import REFUSED, carried_out, case_or_404
from shouwang.office.web.calendar import today


@require_http_methods(["GET", "POST"])
@requires(Permission.HELP_WORK)
def make(request: HttpRequest, case_id: int) -> HttpResponse:
    """Choose measures against each fired rule, and who answers for the household."""
    case, on = case_or_404(request, case_id), today()
    if case.state != State.INCLUDED and request.method == "GET":
        messages.info(request, _("这一户已有帮扶计划，或不在要定计划的时候。"))
        return redirect("cases:help", case_id=case.pk)
    choices = offered(case, on=on)
    initial = {"cadre": request.actor.name}
    form = PlanForm(request.POST or None, offered=choices, on=on, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            request,
            form,
            lambda: help_plans.make(
                case.pk, form.answering(), form.drafts(), by=request.actor, on=on, sending=form.sending()
            ),
            said=_("帮扶计划已定，开始帮扶。"),
        )
    ):
        return redirect("cases:help", case_id=case.pk)
    if request.method == "GET":
        seen(request, case, about=("help", case.pk))
    status = REFUSED if request.method == "POST" else 200
    return render(request, "casework/help_plan.html", {"case": case, "form": form}, status=status)
