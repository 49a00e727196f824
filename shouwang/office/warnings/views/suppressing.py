"""Suppressions: who is not warned about, why, until when, and who signed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.warnings.actions import suppressing
from shouwang.office.warnings.forms.suppressing import SuppressionForm
from shouwang.office.warnings.queries import suppressions, warnings
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page


@require_GET
@requires(Permission.WARNINGS_SUPPRESS)
def listed(request: HttpRequest) -> HttpResponse:
    only = request.GET.get("all") != "yes"
    rows = suppressions.listed(request.scope, on=today(), only_in_force=only)
    shown = page(rows, request.GET, keys=suppressions.KEYS)
    return render(request, "warnings/suppressions.html", {"page": shown, "only_in_force": only, "on": today()})


@require_http_methods(["GET", "POST"])
@requires(Permission.WARNINGS_SUPPRESS)
def new(request: HttpRequest, household_id: str) -> HttpResponse:
    """Hold back the warnings of one household of the scope."""
    warning = warnings.newest_in(request.scope, household_id)
    if warning is None:
        raise Http404
    form = SuppressionForm(request.POST or None, rules=suppressions.rules_of(warning), on=today())
    if request.method == "POST" and form.is_valid():
        made = form.cleaned_data
        suppressing.suppress(
            warning.household,
            rule=made["rule"],
            fingerprint=warning.fingerprint if made["is_same_only"] else "",
            reason=made["reason"],
            until=made["until"],
            by=request.actor,
            on=today(),
        )
        messages.success(request, _("已记下：到期之前不再因此成为线索。"))
        return redirect("warnings:suppressions")
    _record_sight(request, household_id, warning.area_code)
    status = 422 if form.is_bound else 200
    return render(request, "warnings/suppress.html", {"form": form, "warning": warning}, status=status)


@require_POST
@requires(Permission.WARNINGS_SUPPRESS)
def end(request: HttpRequest, number: int) -> HttpResponse:
    row = suppressions.one(request.scope, number)
    if row is None:
        raise Http404
    suppressing.end(row, by=request.actor, on=today())
    messages.success(request, _("已结束：下次发布起照常提醒。"))
    return redirect("warnings:suppressions")


def _record_sight(request: HttpRequest, household_id: str, area_code: str) -> None:
    record(
        Verb.SEEN,
        by=request.actor,
        subject=("household", household_id),
        household_id=household_id,
        area_code=area_code,
    )
