"""The first page: today. Who has no day of their own is sent to what their role is for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import allows, requires
from shouwang.office.access.permissions import Permission
from shouwang.office.access.returning import to_sign_in
from shouwang.office.access.roles import Administrator, Auditor, Leader, Liaison, PolicyOfficer
from shouwang.office.desk.queries.day import day
from shouwang.office.web.calendar import today

FIRST_PAGES = {
    Leader.key: "reports:overview",
    Liaison.key: "deliveries:list",
    Auditor.key: "audit:events",
    Administrator.key: "accounts",
    PolicyOfficer.key: "policy",
}
"""The first page of roles without a day of their own: what the role is for."""


@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """`/`: the day, or the page the role is for."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if request.actor is None:
        return redirect("choose-role")
    if allows(request, Permission.TODAY_SEE):
        return shown(request)
    return redirect(FIRST_PAGES[request.actor.role])


@require_GET
@requires(Permission.TODAY_SEE)
def shown(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/today.html", {"day": day(request.scope, by=request.actor, on=today())})
