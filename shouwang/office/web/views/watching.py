"""Progress of a job, health, metrics, language."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from shouwang.office.access.returning import to_sign_in
from shouwang.office.web.jobs import FILE
from shouwang.office.web.metrics import exposition
from shouwang.office.web.models import Job
from shouwang.office.web.progress import fill_in


@require_GET
def job(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a job; asks again by itself until it is done. Only who started it sees it."""
    if request.actor is None:
        return to_sign_in(request)
    row = get_object_or_404(Job, pk=number, started_by=request.actor.user_id)
    if row.finished_at is None:
        fill_in(row)
    if request.htmx:
        if row.state == Job.State.DONE and not row.result_url.endswith(FILE):
            return HttpResponse(status=204, headers={"HX-Redirect": row.result_url})
        return render(request, "web/_job.html", {"job": row})
    return render(request, "web/job.html", {"job": row})


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """200 where the database answers, 503 where it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:
        return JsonResponse({"database": type(error).__name__}, status=503)
    return JsonResponse({"database": "ok"})


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Only from this machine: a proxy in front must not pass it on, and one that says that it does is refused."""
    is_passed_on = any(name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"))
    if is_passed_on or request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1", "", None):
        return HttpResponse(status=404)
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
