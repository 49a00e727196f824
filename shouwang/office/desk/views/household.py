"""The page of one household: the sentence first, then what it rests on, what is being done, who lives there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.desk.queries.household_page import story, whole_timeline
from shouwang.office.registry.models import Household
from shouwang.office.registry.queries import households
from shouwang.office.warnings.models import Warning
from shouwang.office.web.calendar import today


@require_GET
@requires(Permission.HOUSEHOLDS_SEE)
def shown(request: HttpRequest, household_id: str) -> HttpResponse:
    told = story(request.scope, household_id, by=request.actor, on=today())
    if told is None:
        raise Http404
    _seen(request, told.home, told.warning)
    return render(request, "desk/household.html", {"story": told, "home": told.home})


@require_GET
@requires(Permission.HOUSEHOLDS_SEE)
def history(request: HttpRequest, household_id: str) -> HttpResponse:
    """All that happened to the household: the page of it shows the newest."""
    home = households.one(request.scope, household_id)
    if home is None:
        raise Http404
    _seen(request, home)
    told = whole_timeline(request.scope, home, on=today())
    return render(request, "desk/history.html", {"timeline": told, "home": home})


def _seen(request: HttpRequest, home: Household, warning: Warning | None = None) -> None:
    """A sight, with the run and the policy of the warning it showed."""
    published = warning.publication if warning else None
    record(
        Verb.SEEN,
        by=request.actor,
        subject=("household", home.pk),
        household_id=home.pk,
        area_code=home.area_code,
        run=published.run_digest if published else "",
        policy=published.policy_id if published else "",
    )
