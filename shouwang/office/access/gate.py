"""The gate before a view: signed in, in a role, allowed, and with the second factor where the role needs one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from shouwang.office.access.permissions import Permission
from shouwang.office.access.request import OfficeRequest
from shouwang.office.access.returning import to_second_factor, to_sign_in
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb

View = Callable[..., HttpResponse]


def requires(permission: Permission) -> Callable[[View], View]:
    """Let in whoever has the permission; the view finds `request.actor` and `request.scope`. A refusal is recorded."""

    def gate(view: View) -> View:
        @wraps(view)
        def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if request.user.password_is_temporary:
                return redirect("my-account")
            if request.actor is None:
                raise PermissionDenied
            if ROLES[request.actor.role].needs_second_factor and not request.user.is_verified():
                return to_second_factor(request)
            if not allows(request, permission):
                record(Verb.REFUSED, by=request.actor, subject=("page", request.resolver_match.view_name or ""))
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]  # the matrix test reads it
        return guarded

    return gate


def allows(request: OfficeRequest, permission: Permission) -> bool:
    """Whether the role of this request has the permission."""
    return request.actor is not None and permission in ROLES[request.actor.role].permissions
