"""The overview of an area, and the same as a file."""

from datetime import date, datetime

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwang.areas import AreaCode
from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.access.scope import Scope
from shouwang.office.casework.queries.schedules import COUNTY
from shouwang.office.reports.actions.counting import ask_where_stale
from shouwang.office.reports.queries.cells import Reader, reader_of
from shouwang.office.reports.queries.counted import last, mark
from shouwang.office.reports.queries.overview import Overview, overview
from shouwang.office.reports.rows import COLUMNS, rows_of
from shouwang.office.web.calendar import today
from shouwang.office.web.exporting import exported
from shouwang.office.web.places import is_known, place, tree
from shouwang.terms.level import Level

KEPT_SECONDS = 30


def _narrowed(request: HttpRequest) -> Scope:
    """The area asked for, inside the scope; an area outside is 404 like one that is not there."""
    area = request.GET.get("area", "")
    scope: Scope | None = request.scope.narrowed(area)
    if scope is None or not is_known(scope.prefix):
        raise Http404
    return scope


@require_GET
@requires(Permission.COUNTS_SEE)
def one(request: HttpRequest) -> HttpResponse:
    """Figures and map of an area; no household, no name."""
    scope = _narrowed(request)
    shown = "suspected" if request.GET.get("shown") == "suspected" else "confirmed"
    is_stale = ask_where_stale(by=request.actor)
    found, counted_at = _counted(scope, reader_of(request.actor), on=today())
    context = {
        "overview": found,
        "counted_at": counted_at,
        "is_stale": is_stale,
        "shown": shown,
        "map": found.map_suspected if shown == "suspected" else found.map_confirmed,
        "path": _path(scope, request.scope),
        "area_place": place(scope.prefix),
        "numerals": [level.numeral for level in Level if level.is_warning],
    }
    return render(request, "reports/overview.html", context)


def _counted(scope: Scope, reader: Reader, *, on: date) -> tuple[Overview, datetime]:
    """The figures and when they were counted. Of a county or the city they are kept for a moment, unless a run is
    published or a register loaded: many look at the same figures, and counting reads every case.
    """

    def count() -> tuple[Overview, datetime]:
        return overview(scope, reader=reader, on=on), timezone.localtime()

    if len(scope.prefix) > COUNTY:
        return count()
    counting = last()
    counted = f"{mark()}-{counting.mark if counting else ''}"
    key = f"overview-{get_language()}-{scope.prefix}-{reader.may_see_households:d}-{on}-{counted}"
    found: tuple[Overview, datetime] = caches["told"].get_or_set(key, count, KEPT_SECONDS)
    return found


def _path(scope: Scope, own: Scope) -> list[tuple[str, str]]:
    """The areas above, as far as the own one, to go back up."""
    lengths = [length for length in (4, 6, 9, 12) if len(own.prefix) <= length < len(scope.prefix)]
    return [(scope.prefix[:length], tree().get(AreaCode(scope.prefix[:length])).name) for length in lengths]


@require_GET
@requires(Permission.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """All tables of the overview in one, with who took it and when."""
    scope, on = _narrowed(request), today()
    found = overview(scope, reader=reader_of(request.actor), on=on)
    title = _("报表 %(place)s %(day)s") % {"place": place(scope.prefix), "day": on.isoformat()}
    return exported([str(word) for word in COLUMNS], rows_of(found), title=title, kind="report", by=request.actor)
