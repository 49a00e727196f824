"""The decider's table: all it takes on one row, many decided at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import batches
from shouwang.office.casework.actions.batches import BatchRefusedError
from shouwang.office.casework.actions.deciding import Ground
from shouwang.office.casework.forms.decisions import BatchForm
from shouwang.office.casework.models import Procedure
from shouwang.office.casework.queries import decisions, rechecks
from shouwang.office.casework.views.together import together
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page
from shouwang.office.web.places import children
from shouwang.terms.level import Level


@require_http_methods(["GET", "POST"])
@requires(Permission.CASES_DECIDE)
def table(request: HttpRequest) -> HttpResponse:
    """What waits for the county. A batch is decided whole or not at all."""
    if request.method == "GET":
        return _shown(request, BatchForm(None, procedure=_procedure(request)))
    return together(request, BatchForm(request.POST, procedure=_procedure(request)), act=_decide, shown=_shown)


def _procedure(request: HttpRequest) -> str:
    """The procedure that is asked for: inclusion where none is."""
    wanted = request.GET.get("procedure", "")
    return wanted if wanted in Procedure.values else Procedure.INCLUSION.value


def _decide(form: BatchForm, chosen: list[int], **acting: Any) -> None:
    values = form.cleaned_data
    match values["do"]:
        case "include":
            batches.include(chosen, **acting)
        case "remove":
            batches.remove(chosen, way=values["way"], **acting)
        case "refuse":
            batches.refuse(chosen, Ground(values["code"], values["text"]), **acting)
        case _:
            batches.send_back(chosen, to=values["to"], reason=values["reason"], **acting)


def _shown(
    request: HttpRequest, form: BatchForm, *, refused: BatchRefusedError | None = None, status: int = 200
) -> HttpResponse:
    procedure = _procedure(request)
    area = request.GET.get("area", "")
    level = request.GET.get("level", "")
    rows = decisions.waiting(
        request.scope,
        procedure,
        area_code=area if area.isdigit() else "",
        level=int(level) if level in ("1", "2", "3", "4") else None,
    )
    found = page(rows, request.GET, keys=decisions.KEYS)
    context = {
        "procedure": procedure,
        "counts": decisions.counted(rows, on=today()),
        "has_rechecks": rechecks.waiting(request.scope).exists(),
        "rows": decisions.rows_of(found.rows, on=today()),
        "page": found,
        "form": form,
        "refused": refused,
        "chosen": set(form.data.getlist("chosen")) if form.is_bound else set(),
        "areas": children(request.scope.prefix),
        "area": area,
        "level": level,
        "levels": [(str(number), Level(number).numeral) for number in (1, 2, 3, 4)],
        "title": _("审定"),
    }
    return render(request, "casework/decisions.html", context, status=status)
