"""The inbox of contradictions, and settling one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.registry.actions.contradictions import settle as act
from shouwang.office.registry.queries import contradictions
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page

KEYS = ("rank", "area_code", "id")


@require_GET
@requires(Permission.HOUSEHOLDS_SEE)
@vary_on_headers("HX-Request")
def inbox(request: HttpRequest) -> HttpResponse:
    """Open contradictions of the area: those first on which a level may hang."""
    found = page(contradictions.inbox(request.scope), request.GET, keys=KEYS)
    rows = [contradictions.contradiction_shown(row, row.household) for row in found.rows]
    return render(request, "registry/contradictions.html", {"page": found, "rows": rows})


@require_POST
@requires(Permission.HOUSEHOLDS_CHANGE)
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """One tap: this side counts. Back to where the tap was."""
    row = contradictions.one(request.scope, number)
    if row is None:
        raise Http404
    act(row, request.POST.get("side", ""), by=request.actor, on=today())
    messages.success(request, _("已定，留痕。"))
    if request.POST.get("back") == "inbox":
        return redirect("registry:contradictions")
    return redirect("household", row.household_id)
