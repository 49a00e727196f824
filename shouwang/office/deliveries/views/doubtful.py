"""Doubtful matches and what people find of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.deliveries.actions.settling import decided, settle
from shouwang.office.deliveries.forms.settling import SettleForm
from shouwang.office.deliveries.queries import doubtful
from shouwang.office.deliveries.queries.doubtful import Doubt
from shouwang.office.web.calendar import today
from shouwang.office.web.city import city

SIZE = 50


@require_GET
@requires(Permission.RUNS_PUBLISH)
def listed(request: HttpRequest) -> HttpResponse:
    """Doubts of the newest screening, the largest effect first. They lie in a file and are few: counted, not keyed."""
    is_settled = request.GET.get("settled") == "yes"
    rows = doubtful.listed(request.scope, city(), is_settled=is_settled)
    shown = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    context = {"page": shown, "is_settled": is_settled, "as_of": doubtful.newest(city())}
    return render(request, "deliveries/doubtful.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.RUNS_PUBLISH)
def one(request: HttpRequest, as_of: str, number: int) -> HttpResponse:
    """Two records side by side, masked, with what speaks for and against; three words to choose from."""
    doubt = doubtful.one(request.scope, city(), as_of, number)
    if doubt is None:
        raise Http404
    before = decided(city(), doubt.fingerprint)
    form = SettleForm(request.POST or None, doubt=doubt, seen=len(before))
    if request.method == "POST" and form.is_valid():
        settle(doubt, form.found(), city=city(), seen=form.cleaned_data["seen"], by=request.actor, on=today())
        messages.success(request, _("已记下，下次筛查照此办理。"))
        return redirect("deliveries:doubtful")
    _record_sight(request, doubt)
    rows = [(candidate, form[form.name_of(candidate)]) for candidate in doubt.candidates]
    context = {"doubt": doubt, "form": form, "rows": rows, "before": before}
    return render(request, "deliveries/doubt.html", context, status=422 if form.is_bound else 200)


def _record_sight(request: HttpRequest, doubt: Doubt) -> None:
    for candidate in doubt.candidates:
        record(
            Verb.SEEN,
            by=request.actor,
            subject=("match", doubt.fingerprint[:64]),
            household_id=candidate.household_id,
            area_code=candidate.area_code,
        )
