"""Door B as a page: one button that writes the register and the visits back into the city."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.web import jobs
from shouwang.office.web.calendar import today
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month


@require_http_methods(["GET", "POST"])
@requires(Permission.RUNS_PUBLISH)
def leaving(request: HttpRequest) -> HttpResponse:
    """Choose a month; the work runs in the background."""
    if request.method == "GET":
        return render(request, "casework/leaving.html", {"month": str(Month.of(today())), "city": bool(settings.CITY)})
    try:
        month = Month.parse(request.POST.get("month", ""))
    except ValueError:
        raise UserError(_("月份看不懂"), _("写作 2020-06")) from None
    return redirect("job", jobs.start("leave-city", by=request.actor, month=str(month)).pk)
