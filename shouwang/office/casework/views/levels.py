"""The decider's second table: levels that a later warning puts in question, one or many at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import batches
from shouwang.office.casework.actions.batches import BatchRefusedError
from shouwang.office.casework.forms.decisions import LevelsForm
from shouwang.office.casework.queries import decisions, rechecks
from shouwang.office.casework.views.together import together
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page
from shouwang.office.web.places import children


@require_http_methods(["GET", "POST"])
@requires(Permission.CASES_DECIDE)
def table(request: HttpRequest) -> HttpResponse:
    """Included households with a warning more severe than their level. A batch is answered whole or not at all."""
    if request.method == "GET":
        return _shown(request, LevelsForm())
    return together(request, LevelsForm(request.POST), act=_decide, shown=_shown)


def _decide(form: LevelsForm, chosen: list[int], **acting: Any) -> None:
    answer = batches.raise_levels if form.cleaned_data["do"] == "raise-level" else batches.keep_levels
    answer(chosen, reason=form.cleaned_data["reason"], **acting)


def _shown(
    request: HttpRequest, form: LevelsForm, *, refused: BatchRefusedError | None = None, status: int = 200
) -> HttpResponse:
    area = request.GET.get("area", "")
    rows = rechecks.waiting(request.scope, area_code=area if area.isdigit() else "")
    context = {
        "counts": decisions.counted(rows, on=today(), clock=rechecks.CLOCK),
        "page": page(rows, request.GET, keys=rechecks.KEYS),
        "form": form,
        "refused": refused,
        "chosen": set(form.data.getlist("chosen")) if form.is_bound else set(),
        "areas": children(request.scope.prefix),
        "area": area,
        "title": _("定级别"),
    }
    return render(request, "casework/levels.html", context, status=status)
