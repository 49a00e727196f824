"""The household a page is about, inside the scope or not at all."""

from django.http import Http404, HttpRequest

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.models import Household
from shouwang.office.registry.queries import households


def household_of(request: HttpRequest, household_id: str) -> Household:
    """Errors: `Http404` where it is not there or lies outside: the same answer."""
    home = households.one(request.scope, household_id)  # type: ignore[attr-defined]  # the gate sets it
    if home is None:
        raise Http404
    return home


def seen(request: HttpRequest, home: Household, what: str) -> None:
    """Leave that somebody looked at a page about one household."""
    record(
        Verb.SEEN,
        by=request.actor,  # type: ignore[attr-defined]
        subject=(what, home.pk),
        household_id=home.pk,
        area_code=home.area_code,
    )
