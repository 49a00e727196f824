"""My account: my password and my second factor."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from shouwang.office.access import queries
from shouwang.office.access.actions import second_factor
from shouwang.office.access.actions.accounts import change_password
from shouwang.office.access.request import OfficeRequest
from shouwang.office.access.returning import to_sign_in
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actor import Actor
from shouwang.office.web.forms.accounts import PasswordForm
from shouwang.terms.errors import UserError


@require_GET
def shown(request: OfficeRequest) -> HttpResponse:
    """For everybody who is signed in, also without a role."""
    return _page(request, PasswordForm()) if request.user.is_authenticated else to_sign_in(request)


def _page(request: OfficeRequest, form: PasswordForm) -> HttpResponse:
    context = {
        "form": form,
        "rows": [(row, ROLES[row.role]) for row in request.roles],
        "mark": queries.mark(request.user),
        "is_temporary": request.user.password_is_temporary,
    }
    return render(request, "web/accounts/own.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_POST
def password(request: OfficeRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end, this one stays."""
    if not request.user.is_authenticated:
        return redirect("sign-in")
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            old, new = form.cleaned_data["old"], form.cleaned_data["new"]
            changed = change_password(request.user, old, new, by=_actor(request))
        except UserError as error:
            form.add_error(None, _("%(found)s：%(cure)s") % {"found": error.found, "cure": error.cure})
    if form.errors:
        return _page(request, form)
    update_session_auth_hash(request, changed)
    return redirect("/")


@sensitive_post_parameters()
@require_POST
def own_second_factor(request: OfficeRequest) -> HttpResponse:
    """A new second factor of one's own, shown this once."""
    if not request.user.is_authenticated:
        return redirect("sign-in")
    secret = second_factor.give_own(
        request.user,
        request.POST.get("password", ""),
        is_verified=request.user.is_verified(),
        needs_one=any(ROLES[row.role].needs_second_factor for row in request.roles),
        by=_actor(request),
        expected=request.POST.get("mark", ""),
    )
    return render(request, "web/accounts/shown_once.html", {"account": request.user, "secret": secret})


def _actor(request: OfficeRequest) -> Actor:
    return request.actor or Actor(str(request.user.pk), request.user.display_name, "none", "")
