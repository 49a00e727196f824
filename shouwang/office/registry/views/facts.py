"""The history of a fact, and its correction."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.registry.actions import facts as acts
from shouwang.office.registry.evidence import SPECS
from shouwang.office.registry.forms.facts import CorrectionForm
from shouwang.office.registry.queries import facts
from shouwang.office.registry.views.finding import household_of, seen
from shouwang.office.web.calendar import today
from shouwang.rules.vocabulary import Kind
from shouwang.terms.errors import UserError


@require_GET
@requires(Permission.HOUSEHOLDS_SEE)
def history(request: HttpRequest, household_id: str, fact: str) -> HttpResponse:
    """Every value a fact has had in the office."""
    home = household_of(request, household_id)
    if fact not in SPECS:
        raise Http404
    seen(request, home, "household")
    now = next(row for row in facts.shown(home) if row.fact == fact)
    context = {
        "home": home,
        "now": now,
        "changes": facts.history(home, fact),
        "can_correct": SPECS[fact].kind is not Kind.SET and not home.closed_on,
    }
    return render(request, "registry/fact.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLDS_CHANGE)
def correct(request: HttpRequest, household_id: str, fact: str) -> HttpResponse:
    """Write a value somebody verified."""
    home = household_of(request, household_id)
    if fact not in SPECS or SPECS[fact].kind is Kind.SET:
        raise Http404
    form = CorrectionForm(SPECS[fact], request.POST or None, today=today())
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            change = acts.record(
                home, fact, typed["value"], as_of=typed["as_of"], source=typed["source"], by=request.actor, on=today()
            )
        except UserError as error:
            form.add_error(None, str(error))
        else:
            said = _("已记。") if change else _("没有改：现在的值就是这样，或更新。")
            messages.success(request, said)
            return redirect("registry:fact", home.pk, fact)
    now = next(row for row in facts.shown(home) if row.fact == fact)
    context = {"home": home, "form": form, "now": now}
    return render(request, "registry/correct.html", context, status=422 if form.errors else 200)
