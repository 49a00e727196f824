"""What is wrong with help in the area: every rule with its count, and the households that break one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.queries import help_faults, help_unmonitored, rescues
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page


@require_GET
@requires(Permission.CASES_SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """The rules; with `?fault=` also its households."""
    on, chosen = today(), request.GET.get("fault", "")
    context = {
        "counted": [help_unmonitored.counted(request.scope), *help_faults.counted(request.scope, on=on)],
        "late_rescues": rescues.counted_late(request.scope, on=on),
        **(_unmonitored(request) if chosen == help_unmonitored.SAID.code else _cases(request, chosen)),
    }
    return render(request, "casework/help_faults.html", context)


def _cases(request: HttpRequest, chosen: str) -> dict[str, object]:
    on = today()
    found = help_faults.found(request.scope, chosen, on=on)
    return {
        "chosen": help_faults.named(chosen, on=on),
        "page": page(found, request.GET, keys=("area_code", "id")),
    }


def _unmonitored(request: HttpRequest) -> dict[str, object]:
    """Households have no case, so their own page is where to go on."""
    rows = page(help_unmonitored.found(request.scope), request.GET, keys=help_unmonitored.KEYS)
    return {
        "chosen": help_unmonitored.SAID,
        "page": rows,
        "homes": [(row, help_unmonitored.words(row)) for row in rows.rows],
        "by_gap": help_unmonitored.by_gap(request.scope),
    }
