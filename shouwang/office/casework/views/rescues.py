"""Rescue first: the list with its deadlines, and the form."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import rescues as actions
from shouwang.office.casework.forms.rescues import RescueForm
from shouwang.office.casework.queries import rescues
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.office.casework.views.help_pages import REFUSED, carried_out
from shouwang.office.registry.models import Household
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page
from shouwang.policy.help_figures import figure


@require_GET
@requires(Permission.CASES_SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """Rescues the county has not decided on yet, the most urgent first."""
    rows = page(rescues.open_ones(request.scope), request.GET, keys=("due_on", "id"))
    context = {"page": rows, "rows": [(row, kind_name(row.code)) for row in rows.rows]}
    return render(request, "casework/rescues.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.HELP_WORK)
def give(request: HttpRequest, household_id: str) -> HttpResponse:
    """Record help that was given before anything was decided."""
    home = request.scope.filter(Household.objects.filter(closed_on=None)).filter(pk=household_id).first()
    if home is None:
        raise Http404
    on = today()
    form = RescueForm(request.POST or None, request.FILES or None, initial={"day": on, "code": "social-security"})
    if (
        request.method == "POST"
        and form.is_valid()
        and carried_out(
            request,
            form,
            lambda: actions.give(
                home.pk,
                form.emergency(),
                form.paid(),
                by=request.actor,
                on=on,
                sending=form.sending(),
                file=form.cleaned_data["file"],
            ),
            said=_("救助已记下，线索已登记。请在期限内补办手续。"),
        )
    ):
        return redirect("cases:rescues")
    if request.method == "GET":
        record(
            Verb.SEEN, by=request.actor, subject=("household", home.pk), household_id=home.pk, area_code=home.area_code
        )
    status = REFUSED if request.method == "POST" else 200
    return render(
        request,
        "casework/rescue.html",
        {"home": home, "form": form, "days": figure("paper_after_rescue", on)},
        status=status,
    )
