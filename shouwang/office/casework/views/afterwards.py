"""What follows a decision: announcing its result, alone or for a village; entering it; looking back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import afterwards, batches
from shouwang.office.casework.actions.batches import BatchRefusedError
from shouwang.office.casework.actions.follow_ups import Seen
from shouwang.office.casework.forms import steps
from shouwang.office.casework.forms.decisions import AnnounceManyForm
from shouwang.office.casework.models import Case
from shouwang.office.casework.queries import side_clocks
from shouwang.office.casework.sheet import result_sheet
from shouwang.office.casework.views.answering import Asking, answer
from shouwang.office.casework.views.together import together
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page

SIZE = 100
"""Households of one page, and so of one sheet at most."""
get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
@requires(Permission.CASES_AUDIT)
def announce(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.AnnounceForm:
        return steps.AnnounceForm(data, state=case.state, initial=steps.today_of(today()))

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        afterwards.announce(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("announce", form, act))


@get_or_post
@requires(Permission.CASES_WORK)
def enter(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.EnterForm:
        return steps.EnterForm(data, state=case.state, initial=steps.today_of(today()))

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        afterwards.enter(case.pk, **form.values(), **acting)

    return answer(request, case_id, Asking("enter", form, act))


@get_or_post
@requires(Permission.CASES_WORK)
def look_back(request: HttpRequest, case_id: int) -> HttpResponse:
    def form(case: Case, data: Any) -> steps.LookBackForm:
        return steps.LookBackForm(data, state=case.state, initial=steps.today_of(today()))

    def act(case: Case, form: steps.StepForm, **acting: Any) -> None:
        afterwards.look_back(case.pk, Seen(**form.values()), **acting)

    return answer(request, case_id, Asking("look-back", form, act))


@require_GET
@requires(Permission.CASES_SEE)
def sheet(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """The result sheet to print, word for word as it was posted."""
    row = side_clocks.announcement(request.scope, announcement_id)
    if row is None:
        raise Http404
    record(Verb.SEEN, by=request.actor, subject=("announcement", str(row.pk)), area_code=row.area_code)
    return render(request, "casework/results.html", {"row": row, "sheet": result_sheet(row.sheet)})


@get_or_post
@requires(Permission.CASES_AUDIT)
def announcing(request: HttpRequest) -> HttpResponse:
    """Villages where results wait to be announced; of the one that is chosen its households, to be ticked."""
    if request.method == "GET":
        return _shown(request)
    return together(request, AnnounceManyForm(request.POST), act=_announce, shown=_shown)


def _announce(form: AnnounceManyForm, chosen: list[int], **acting: Any) -> None:
    batches.announce(chosen, **form.values(), **acting)


def _shown(
    request: HttpRequest,
    form: AnnounceManyForm | None = None,
    *,
    refused: BatchRefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = request.GET.get("area", "")
    village = asked if side_clocks.is_village(asked) and request.scope.contains(asked) else ""
    context = {
        "villages": side_clocks.villages(request.scope, on=today()),
        "village": village,
        "page": page(side_clocks.results_of(request.scope, village), request.GET, keys=side_clocks.KEYS, size=SIZE),
        "form": form or AnnounceManyForm(initial=steps.today_of(today())),
        "refused": refused,
        "chosen": set(form.data.getlist("chosen")) if form and form.is_bound else None,
        "title": _("公告结果"),
    }
    return render(request, "casework/announcing.html", context, status=status)
