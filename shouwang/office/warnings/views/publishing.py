"""Runs, their preview, and publishing one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.warnings.actions.starting import start_publishing
from shouwang.office.warnings.queries import publications, runs, warnings
from shouwang.office.warnings.queries.preview import preview
from shouwang.office.web.calendar import today
from shouwang.office.web.city import city


@require_GET
@requires(Permission.RUNS_PUBLISH)
def listed(request: HttpRequest) -> HttpResponse:
    """Runs found beside the city, and what is published."""
    rows = publications.beside(runs.found(city()), request.scope)
    return render(request, "warnings/runs.html", {"rows": rows, "is_city": is_city(request)})


@require_GET
@requires(Permission.RUNS_PUBLISH)
def previewed(request: HttpRequest, folder: str) -> HttpResponse:
    shown = preview(request.scope, runs.one(city(), folder), on=today(), area=request.GET.get("area", ""))
    return render(request, "warnings/preview.html", {"preview": shown, "is_city": is_city(request)})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUNS_PUBLISH)
def publish(request: HttpRequest, folder: str) -> HttpResponse:
    """Ask once more with the numbers in view, then start the work."""
    run = runs.one(city(), folder)
    if request.method == "POST":
        started = start_publishing(run, digest=request.POST.get("digest", ""), by=request.actor)
        return redirect("job", started.pk)
    shown = preview(request.scope, run, on=today())
    if shown.published:
        messages.info(request, _("这次筛查已经发布过，什么都没有改。"))
        return redirect("warnings:publication", shown.published.pk)
    return render(request, "warnings/publish.html", {"preview": shown, "is_city": is_city(request)})


@require_GET
@requires(Permission.WARNINGS_SEE)
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """What a publication did, inside the scope."""
    found = publications.one(number)
    if found is None:
        raise Http404
    counts = warnings.outcome(request.scope, found)
    return render(request, "warnings/publication.html", {"publication": found, "counts": counts})


def is_city(request: HttpRequest) -> bool:
    """Whether the actor stands for the whole city, and so may publish."""
    return len(request.scope.prefix) == 4
