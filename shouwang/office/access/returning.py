"""A form that was posted when nobody was signed in: the text comes along to the sign-in page and back."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

CARRIED = "carried-"
LIMIT = 200_000
"""Characters of a form that are carried; more than any form of ours."""
SECRET = ("csrfmiddlewaretoken", "password", "old", "new", "again", "code")
"""The token, passwords under each of their names, the digits of a second factor: typed again, never shown."""
OURS = (None, "same-origin", "none")
"""What a browser says of where a request is from, if it is one of ours or says nothing."""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page. A posted form is carried in that page itself, never stored; not its files."""
    if request.method == "POST" and comes_from_us(request):
        return _with_form(request, "web/sign_in.html", is_own=request.path == resolve_url("sign-in"))
    return _redirected(request, "sign-in")


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the six digits, and then go on with what was asked for."""
    if request.method == "POST":
        return _with_form(request, "web/second_factor.html")
    return _redirected(request, "second-factor")


def _with_form(request: HttpRequest, template: str, *, is_own: bool = False) -> HttpResponse:
    """`is_own`: what was posted is that page's form itself, and bears what it carries under names of its own."""
    form = carried(request.POST) if is_own else fields(request.POST)
    target = safe_next(request) if is_own else request.get_full_path()
    return render(request, template, {"next": target, "carried": form}, status=401)


def _redirected(request: HttpRequest, page: str) -> HttpResponse:
    address = resolve_url(page)
    if request.method == "GET" and request.path != "/":
        query = QueryDict(mutable=True)
        query["next"] = request.get_full_path()
        address += "?" + query.urlencode(safe="/")
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def comes_from_us(request: HttpRequest) -> bool:
    """Whether a page of ours sent this form. What another site made somebody post is carried nowhere: they would sign
    in and send it on as their own."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") in OURS
    return origin == f"{request.scheme}://{request.get_host()}"


def fields(form: QueryDict) -> list[tuple[str, str]]:
    """The fields of a form, to be carried."""
    pairs = [(name, value) for name, values in form.lists() for value in values if name not in SECRET]
    return pairs if sum(len(value) for _, value in pairs) <= LIMIT else []


def carried(form: QueryDict) -> list[tuple[str, str]]:
    """The fields a sign-in form carries, under their own names."""
    return [(name[len(CARRIED) :], value) for name, value in fields(form) if name.startswith(CARRIED)]


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of ours, else the first page."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    return target if is_ours(request, target) else "/"


def is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
