"""Showing an id number or a phone: asked for by POST, left in the audit, answered with the value alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.privacy.actions import reveal
from shouwang.office.registry.models import Person
from shouwang.office.registry.queries import households
from shouwang.office.registry.views.finding import household_of
from shouwang.office.web.calendar import today

OF_HOUSEHOLD = ("phone", "bank_account")


@never_cache
@require_POST
@requires(Permission.VALUES_REVEAL)
def id_number(request: HttpRequest, household_id: str, person_id: str) -> HttpResponse:
    """The id number of a member."""
    home = household_of(request, household_id)
    if person_id not in [member.person_id for member in households.members(home, on=today())]:
        raise Http404
    person = Person.objects.get(pk=person_id)
    value = reveal(person, "id_number", by=request.actor, household_id=home.pk, area_code=home.area_code)
    return _answer(request, home.pk, value)


@never_cache
@require_POST
@requires(Permission.VALUES_REVEAL)
def of_household(request: HttpRequest, household_id: str, field: str) -> HttpResponse:
    """Phone or bank account of the household."""
    home = household_of(request, household_id)
    if field not in OF_HOUSEHOLD:
        raise Http404
    value = reveal(home, field, by=request.actor, household_id=home.pk, area_code=home.area_code)
    return _answer(request, home.pk, value)


def _answer(request: HttpRequest, household_id: str, value: str | None) -> HttpResponse:
    """The bare value where the page asked for a fragment; else a page of its own."""
    template = "registry/_revealed.html" if request.htmx else "registry/revealed.html"
    return render(request, template, {"value": value, "household_id": household_id})
