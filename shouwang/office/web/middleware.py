"""What every request passes: a log line without persons, who acts where, and plain answers to our own errors."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from shouwang.office.access.models import User
from shouwang.office.access.queries import actor_of, assignments
from shouwang.office.access.scope import Scope
from shouwang.office.web.calendar import today
from shouwang.office.web.metrics import observe
from shouwang.office.web.views.failing import bad_request, refused, too_large
from shouwang.terms.errors import DataError, UserError

Answer = Callable[[HttpRequest], HttpResponse]
ROLE = "assignment"
SEEN_AT = "seen-at"
STAYS = 60
"""Seconds between two notes that a session is in use: it ends so long after the last request, give or take these."""
NUL = "\0"
"""No value of ours holds it, and PostgreSQL takes it in none."""
MOST_BYTES = 12 * 1024 * 1024
"""Of one request: a photo or a PDF of 10 MB and the form around it. A page that takes more weighs it by itself."""
log = structlog.get_logger("shouwang.office")


def request_log(answer: Answer) -> Answer:
    """One line per request: page by its name and never by its address, status, milliseconds, account number."""

    def logged(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.trace = uuid.uuid4().hex[:12]
        response = bad_request(request) if _has_nul(request) else answer(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        page = match.view_name if match else "none"
        observe(page, request.method or "", response.status_code, seconds)
        log.info(
            "request",
            page=page,
            method=request.method,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            trace=request.trace,
            account=getattr(getattr(request, "user", None), "pk", None),
        )
        return response

    return logged


def _has_nul(request: HttpRequest) -> bool:
    """Whether the address or a cookie holds one."""
    told = (request.path, *request.COOKIES.values())
    return "%00" in request.META.get("QUERY_STRING", "") or any(NUL in text for text in told)


def bounded(answer: Answer) -> Answer:
    """What is too large is refused before a byte of it is stored, whoever sends it; and no page is kept by a browser
    or a proxy, where the next one at the same machine could go back to it."""

    def weighed(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    weighed.process_view = _unbearable  # type: ignore[attr-defined]
    return weighed


def _unbearable(request: HttpRequest, view: Callable[..., object], *_args: object) -> HttpResponse | None:
    if getattr(view, "weighs_by_itself", False):
        return None
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isdecimal() and int(length) <= MOST_BYTES):
        return too_large(request)
    sent = (text for texts in request.POST.lists() for text in (texts[0], *texts[1]))
    return bad_request(request) if any(NUL in text for text in sent) else None


def acting(answer: Answer) -> Answer:
    """`request.actor` and `request.scope`: the role chosen in this session, if it still holds today; else none."""

    def acted(request: HttpRequest) -> HttpResponse:
        request.actor = request.scope = None
        request.roles = []
        if isinstance(request.user, User):
            _keep_session(request)
            request.roles = assignments(request.user, on=today())
            chosen = [row for row in request.roles if row.pk == request.session.get(ROLE)] or request.roles
            if chosen:
                request.actor = actor_of(request.user, chosen[0])
                request.scope = Scope(chosen[0].area_code)
        return answer(request)

    return acted


def _keep_session(request: HttpRequest) -> None:
    """A session ends some time after the last request and not after the first; a write per minute, not per request."""
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) >= STAYS:
        request.session[SEEN_AT] = now


def plain_errors(answer: Answer) -> Answer:
    """A `UserError` or `DataError` that no view caught becomes one clear page with the cure, and never a trace."""

    def answered(request: HttpRequest) -> HttpResponse:
        return answer(request)

    answered.process_exception = _as_page  # type: ignore[attr-defined]
    return answered


def _as_page(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if isinstance(exception, UserError | DataError):
        return refused(request, exception)
    return None
