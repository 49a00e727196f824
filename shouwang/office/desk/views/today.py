"""The first page: today. Who has no day of their own is sent to what their role is for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import allows, requires
from shouwang.office.access.permissions import Permission
from shouwang.office.access.returning import to_sign_in
from shouwang.office.desk.queries.day import day
from shouwang.office.web.calendar import today

FIRST_PAGES = (
    (Permission.COUNTS_SEE, "reports:overview"),
    (Permission.DELIVERIES_HAND_IN, "deliveries:list"),
    (Permission.AUDIT_SEE, "audit:events"),
    (Permission.ACCOUNTS_CHANGE, "accounts"),
    (Permission.POLICY_SEE, "policy"),
)
"""The first page of roles without a day of their own, by what they may do."""


@require_GET
def first(request: HttpRequest) -> HttpResponse:
    """`/`: the day, or the page the role is for."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if request.actor is None:
        return redirect("choose-role")
    if allows(request, Permission.TODAY_SEE):
        return shown(request)
    return redirect(next(page for permission, page in FIRST_PAGES if allows(request, permission)))


@require_GET
@requires(Permission.TODAY_SEE)
def shown(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/today.html", {"day": day(request.scope, by=request.actor, on=today())})
