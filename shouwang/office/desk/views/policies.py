"""The policy as published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.desk.queries import policies


@require_GET
@requires(Permission.POLICY_SEE)
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/policies.html", {"policies": policies.known()})


@require_GET
@requires(Permission.POLICY_SEE)
def shown(request: HttpRequest, name: str) -> HttpResponse:
    if name not in {code for code, _, _ in policies.known()}:
        raise Http404
    return render(request, "desk/policy.html", {"name": name, "manual": policies.page(name)})
