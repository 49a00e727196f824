"""Accounts of an area: who has which role where; each change is recorded."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.office.access import queries
from shouwang.office.access.actions import accounts as actions
from shouwang.office.access.actions import roles, second_factor
from shouwang.office.access.gate import requires
from shouwang.office.access.models import User
from shouwang.office.access.permissions import Permission
from shouwang.office.access.request import OfficeRequest
from shouwang.office.access.roles import ROLES
from shouwang.office.access.scope import Scope
from shouwang.office.web.calendar import today
from shouwang.office.web.forms.accounts import GiveRoleForm, OpenAccountForm
from shouwang.office.web.paging import page
from shouwang.office.web.places import children, is_known
from shouwang.terms.errors import UserError


@require_GET
@requires(Permission.ACCOUNTS_CHANGE)
def listed(request: OfficeRequest) -> HttpResponse:
    """Roles given inside the area, by area; the areas one step below are a tap away."""
    scope = _narrowed(request)
    context = {
        "page": page(queries.accounts(scope), request.GET, keys=("area_code", "role", "id")),
        "area": scope.prefix,
        "children": children(scope.prefix),
        "is_narrowed": scope != request.scope,
    }
    return render(request, "web/accounts/list.html", context)


def _narrowed(request: OfficeRequest) -> Scope:
    scope = request.scope.narrowed(request.GET.get("area", ""))
    if scope is None:
        raise Http404
    return scope


@require_http_methods(["GET", "POST"])
@requires(Permission.ACCOUNTS_CHANGE)
def opened(request: OfficeRequest) -> HttpResponse:
    """Open an account with its first role over the area of the address; its password is shown this once."""
    scope = _narrowed(request)
    if not is_known(scope.prefix):
        raise Http404
    form = OpenAccountForm(request.POST or None, area_code=scope.prefix)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = actions.open_with_role(
                **form.cleaned_data, area_code=scope.prefix, on=today(), by=request.actor
            )
        except UserError as error:
            form.add_error("username", _("%(found)s：%(cure)s") % {"found": error.found, "cure": error.cure})
        else:
            return render(request, "web/accounts/shown_once.html", {"account": user, "password": password})
    status = 422 if form.errors else 200
    return render(request, "web/accounts/open.html", {"form": form, "area": scope.prefix}, status=status)


@require_GET
@requires(Permission.ACCOUNTS_CHANGE)
def one(request: OfficeRequest, user_id: int) -> HttpResponse:
    """One account: its roles, and what can be done to it."""
    return _page(request, _account(request, user_id), GiveRoleForm())


def _page(request: OfficeRequest, user: User, form: GiveRoleForm) -> HttpResponse:
    rows = user.assignments.order_by("-since", "-id")
    context = {
        "account": user,
        "rows": [(row, ROLES.get(row.role), request.scope.contains(row.area_code)) for row in rows],
        "form": form,
        "mark": queries.mark(user),
        "is_governed": queries.governs(request.scope.prefix, user),
        "is_own": user.pk == request.user.pk,
    }
    return render(request, "web/accounts/one.html", context, status=422 if form.errors else 200)


def _account(request: OfficeRequest, user_id: int) -> User:
    user = queries.account(request.scope, user_id)
    if user is None:
        raise Http404
    return user


@require_POST
@requires(Permission.ACCOUNTS_CHANGE)
def give_role(request: OfficeRequest, user_id: int) -> HttpResponse:
    user, form = _account(request, user_id), GiveRoleForm(request.POST)
    if form.is_valid():
        try:
            given = form.cleaned_data
            roles.give_role(user, given["role"], given["area_code"], on=today(), by=request.actor)
        except UserError as error:
            form.add_error("area_code", _("%(found)s：%(cure)s") % {"found": error.found, "cure": error.cure})
    return _page(request, user, form) if form.errors else redirect("account", user.pk)


@require_POST
@requires(Permission.ACCOUNTS_CHANGE)
def end_role(request: OfficeRequest, assignment_id: int) -> HttpResponse:
    row = queries.assignment(request.scope, assignment_id)
    if row is None:
        raise Http404
    roles.end_role(row, on=today(), by=request.actor)
    return redirect("account", row.user_id)


@require_POST
@requires(Permission.ACCOUNTS_CHANGE)
def reset_password(request: OfficeRequest, user_id: int) -> HttpResponse:
    """A temporary password, shown this once."""
    user = _account(request, user_id)
    password = actions.reset_password(user, by=request.actor, expected=request.POST.get("mark", ""))
    return render(request, "web/accounts/shown_once.html", {"account": user, "password": password})


@require_POST
@requires(Permission.ACCOUNTS_CHANGE)
def give_second_factor(request: OfficeRequest, user_id: int) -> HttpResponse:
    """A new second factor, its secret shown this once."""
    user = _account(request, user_id)
    secret = second_factor.give(user, by=request.actor, expected=request.POST.get("mark", ""))
    return render(request, "web/accounts/shown_once.html", {"account": user, "secret": secret})


@require_POST
@requires(Permission.ACCOUNTS_CHANGE)
def unlock(request: OfficeRequest, user_id: int) -> HttpResponse:
    actions.unlock(_account(request, user_id), by=request.actor)
    return redirect("account", user_id)


@require_POST
@requires(Permission.ACCOUNTS_CHANGE)
def close(request: OfficeRequest, user_id: int) -> HttpResponse:
    actions.close_account(_account(request, user_id), by=request.actor)
    return redirect("account", user_id)


@require_POST
@requires(Permission.ACCOUNTS_CHANGE)
def reopen(request: OfficeRequest, user_id: int) -> HttpResponse:
    actions.reopen_account(_account(request, user_id), by=request.actor)
    return redirect("account", user_id)
