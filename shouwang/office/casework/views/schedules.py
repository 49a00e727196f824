"""Deadlines of the counties: what is in force, and setting new ones."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.actions.scheduling import set_days
from shouwang.office.casework.clocks import DEFAULT, Days
from shouwang.office.casework.forms.scheduling import WORDS, ScheduleForm
from shouwang.office.casework.models import Schedule
from shouwang.office.casework.queries.schedules import counties, days_for, listed
from shouwang.office.web.calendar import today
from shouwang.terms.errors import UserError
from shouwang.terms.working_days import is_announced, last_announced_year


@require_http_methods(["GET", "POST"])
@requires(Permission.SETTINGS_CHANGE)
def schedules(request: HttpRequest) -> HttpResponse:
    """The deadlines of the counties in the area, and a form for new ones."""
    named = counties(request.scope)
    first = named[0][0] if named else ""
    data = request.POST if request.method == "POST" else None
    form = ScheduleForm(
        data,
        counties=named,
        days=days_for(first, on=today()),
        initial={"since": today().isoformat(), "area_code": first},
    )
    status = 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                values = form.cleaned_data
                set_days(values["area_code"], form.days(), since=values["since"], by=request.actor, on=today())
                messages.success(request, _("已存。新的线索按新的期限办，在办的不变。"))
                return redirect("cases:schedules")
            except UserError as error:
                form.add_error(None, str(error))
                status = 409
    context = {
        "form": form,
        "rows": [(row, _told(row)) for row in listed(request.scope)[:100]],
        "default": _told(DEFAULT),
        "last_year": last_announced_year(),
        "is_announced": is_announced(today()),
    }
    return render(request, "casework/schedules.html", context, status=status)


def _told(days: Days | Schedule) -> list[tuple[Any, int]]:
    """Every deadline with its word, in the order of the form."""
    return [(word, getattr(days, name)) for name, word in WORDS.items()]
