"""Sending two people to many clues of one village at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions import batches
from shouwang.office.casework.actions.batches import BatchRefusedError
from shouwang.office.casework.forms.decisions import AssignManyForm
from shouwang.office.casework.models import State
from shouwang.office.casework.queries import people
from shouwang.office.casework.views.together import together
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page

SIZE = 100
"""Clues of one page, and so of one form at most."""


@require_http_methods(["GET", "POST"])
@requires(Permission.CASES_WORK)
def assigning(request: HttpRequest) -> HttpResponse:
    """Villages where clues wait; of the one that is chosen its clues, to be ticked, and the two who go."""
    if request.method == "GET":
        return _shown(request)
    return together(request, AssignManyForm(request.POST), act=_assign, shown=_shown)


def _assign(form: AssignManyForm, chosen: list[int], **acting: Any) -> None:
    batches.assign(chosen, **form.values(), **acting)


def _shown(
    request: HttpRequest,
    form: AssignManyForm | None = None,
    *,
    refused: BatchRefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    village = _village(request)
    offered = people.offered(village, on=today()) if village else None
    form = form or AssignManyForm(state=State.CLUE, initial=offered.first if offered else {})
    villages = people.villages(request.scope, on=today())
    context = {
        "villages": villages,
        "village": village,
        "is_done": village not in {one.area_code for one in villages},
        "page": page(people.clues_of(request.scope, village), request.GET, keys=people.KEYS, size=SIZE),
        "offered": offered,
        "form": form,
        "refused": refused,
        "chosen": set(form.data.getlist("chosen")) if form.is_bound else set(),
        "title": _("成批派人"),
    }
    return render(request, "casework/assigning.html", context, status=status)


def _village(request: HttpRequest) -> str:
    """The village that is asked for, inside the area; one's own where one has one. Empty where none is chosen."""
    asked = request.GET.get("area", "") or request.scope.prefix
    is_one = len(asked) == people.VILLAGE and asked.isdigit() and request.scope.contains(asked)
    return asked if is_one else ""
