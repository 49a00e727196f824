"""The page of one household: the sentence first, then what it rests on, what is being done, who lives there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.desk.queries.household_page import story
from shouwang.office.web.calendar import today


@require_GET
@requires(Permission.HOUSEHOLDS_SEE)
def shown(request: HttpRequest, household_id: str) -> HttpResponse:
    told = story(request.scope, household_id, by=request.actor, on=today())
    if told is None:
        raise Http404
    home = told.home
    record(
        Verb.SEEN,
        by=request.actor,
        subject=("household", home.pk),
        household_id=home.pk,
        area_code=home.area_code,
    )
    return render(request, "desk/household.html", {"story": told, "home": home})
