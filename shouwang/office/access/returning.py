"""A session that ended while a form was being filled: the text comes along to the sign-in page and back."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

CARRIED = "carried-"
LIMIT = 200_000
"""Characters of a form that are carried; more than any form of ours."""
OWN = ("csrfmiddlewaretoken", "username", "password", "next")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page. A posted form is carried in that page itself, never stored; not its files."""
    if request.method != "POST":
        target = redirect("sign-in")
        if request.path != "/":
            target["Location"] += "?next=" + request.get_full_path()
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": target["Location"]})
        return target
    return render(request, "web/sign_in.html", {"next": request.path, "carried": fields(request.POST)}, status=401)


def fields(form: QueryDict) -> list[tuple[str, str]]:
    """The fields of a form, to be carried."""
    pairs = [(name, value) for name, values in form.lists() for value in values if name not in OWN]
    return pairs if sum(len(value) for _, value in pairs) <= LIMIT else []


def carried(form: QueryDict) -> list[tuple[str, str]]:
    """The fields a sign-in form carries, under their own names."""
    return [(name[len(CARRIED) :], value) for name, value in fields(form) if name.startswith(CARRIED)]


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of ours, else the first page."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else "/"
