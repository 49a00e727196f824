"""What is wrong with help in the area: every rule with its count, and the households that break one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.queries import help_faults, rescues
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page


@require_GET
@requires(Permission.CASES_SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """The rules; with `?fault=` also its households."""
    on, chosen = today(), request.GET.get("fault", "")
    rows = page(help_faults.found(request.scope, chosen, on=on), request.GET, keys=("area_code", "id"))
    context = {
        "counted": help_faults.counted(request.scope, on=on),
        "late_rescues": rescues.counted_late(request.scope, on=on),
        "chosen": help_faults.named(chosen, on=on),
        "page": rows,
    }
    return render(request, "casework/help_faults.html", context)
