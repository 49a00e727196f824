"""The ledger of money: by source, by use, one by one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.forms.help_payments import LedgerForm
from shouwang.office.casework.models import Payment
from shouwang.office.casework.queries import help_payments
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.office.web.paging import page


@require_GET
@requires(Permission.CASES_SEE)
def ledger(request: HttpRequest) -> HttpResponse:
    """Sums and rows of the area."""
    form = LedgerForm(request.GET, prefix_code=request.scope.prefix)
    rows = help_payments.listed(request.scope, form.filters())
    shown = page(rows, request.GET, keys=("-on", "-id"))
    context = {
        "form": form,
        "page": shown,
        "rows": [(row, kind_name(row.code)) for row in shown.rows],
        "by_source": [(Payment.Source(line.key).label, line) for line in help_payments.by(rows, "source")],
        "by_use": [(kind_name(line.key), line) for line in help_payments.by(rows, "code")],
        "in_all": help_payments.in_all(rows),
    }
    return render(request, "casework/help_payments.html", context)
