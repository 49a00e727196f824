"""Finding a household: by what is known of it, or in the lists of an area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.desk.queries.finding import KEYS, Filters, filters_of, households
from shouwang.office.registry.queries.search import search, villages_called
from shouwang.office.web.paging import page
from shouwang.office.web.places import children
from shouwang.terms.level import Level

LIMIT = 20
STEPS = (6, 9, 12)
"""Digits of a county, a town, a village."""


@require_GET
@requires(Permission.HOUSEHOLDS_SEE)
@vary_on_headers("HX-Request")
def listed(request: HttpRequest) -> HttpResponse:
    """The lists of the area: suspected, confirmed, to verify, all."""
    filters = filters_of(request.GET)
    rows = page(households(request.scope, filters), request.GET, keys=KEYS[filters.state])
    context = {**_choices(request, filters), "page": rows}
    return render(request, "desk/_rows.html" if request.htmx else "desk/households.html", context)


@require_POST
@requires(Permission.HOUSEHOLDS_SEE)
def find(request: HttpRequest) -> HttpResponse:
    """A search; what was searched for is posted, never in an address, and only its kind is recorded."""
    text = request.POST.get("text", "").strip()
    found = search(request.scope, text, limit=LIMIT + 1) if len(text) >= 2 else []
    villages = [] if found else villages_called(request.scope, text)
    count = min(len(found), LIMIT) or len(villages)
    record(Verb.SEARCHED, by=request.actor, subject=("households", ""), after={"found": count})
    if len(villages) == 1:  # the list of a village has pages; its code tells of nobody
        return redirect(f"{reverse('households')}?state=all&area={villages[0]}")
    context = {"text": text, "found": found[:LIMIT], "is_cut": len(found) > LIMIT, "villages": villages}
    return render(request, "desk/households.html", {**_choices(request, Filters()), **context})


def _areas(own: str, chosen: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Areas to choose from, step by step down to the one chosen and one further: which is chosen, and all there are."""
    steps = [own, *(chosen[:length] for length in STEPS if len(own) < length <= len(chosen))]
    shown = [(below, children(above)) for above, below in zip(steps, [*steps[1:], ""], strict=True)]
    return [(below, areas) for below, areas in shown if areas]


def _choices(request: HttpRequest, filters: Filters) -> dict[str, object]:
    words = {"suspected": _("疑似预警"), "confirmed": _("县级认定"), "unverified": _("待核实"), "all": _("全部农户")}
    return {
        "filters": filters,
        "states": list(words.items()),
        "levels": [(int(level), level.numeral) for level in Level],
        "areas": _areas(request.scope.prefix, filters.area_code),
    }
