"""The ledger of money: by source, by use, one by one; and as a file."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.casework.forms.help_payments import LedgerForm
from shouwang.office.casework.models import Payment
from shouwang.office.casework.queries import help_payments
from shouwang.office.casework.queries.help_facts import families_of, kind_name
from shouwang.office.web import exporting
from shouwang.office.web.paging import page
from shouwang.office.web.places import place

NEWEST_FIRST = ("-on", "-id")


@require_GET
@requires(Permission.CASES_SEE)
def ledger(request: HttpRequest) -> HttpResponse:
    """Sums and rows of the area."""
    form = LedgerForm(request.GET, prefix_code=request.scope.prefix)
    rows = help_payments.listed(request.scope, form.filters())
    shown = page(rows, request.GET, keys=NEWEST_FIRST)
    context = {
        "form": form,
        "page": shown,
        "rows": [(row, kind_name(row.code), families_of(row.code)) for row in shown.rows],
        "by_source": [(Payment.Source(line.key).label, line) for line in help_payments.by(rows, "source")],
        "by_use": [(kind_name(line.key), line) for line in help_payments.by(rows, "code")],
        "in_all": help_payments.in_all(rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "casework/help_payments.html", context)


@require_POST
@requires(Permission.EXPORT)
def exported(request: HttpRequest) -> HttpResponse:
    """The ledger as filtered, as a marked file: every row as the page shows it, and what it counts in the sums."""
    form = LedgerForm(request.GET, prefix_code=request.scope.prefix)
    rows = list(help_payments.listed(request.scope, form.filters()).order_by(*NEWEST_FIRST))
    columns = (
        _("日期"),
        _("户编号"),
        _("户主"),
        _("地区"),
        _("用途"),
        _("扶带帮引提"),
        _("来源"),
        _("金额（元）"),
        _("计入合计（元）"),
        _("冲销"),
        _("凭据"),
        _("经办"),
    )
    in_all = _yuan(sum(_counted_fen(row) for row in rows))
    return exporting.exported(
        columns,
        map(_row, rows),
        title=_("资金台账"),
        kind="payments",
        by=request.actor,
        as_=request.POST.get("as", exporting.XLSX),
        totals=(_("合计"), *[None] * 7, in_all, *[None] * 3),
    )


def _row(row: Payment) -> Iterator[exporting.Cell]:
    takes_back, is_cancelled = row.taken_back_id is not None, hasattr(row, "cancelled_by")
    home, amount = row.household, _yuan(row.amount_fen)
    yield from (
        row.on.isoformat(),
        home.pk,
        home.head_name,
        place(row.area_code),
        kind_name(row.code),
        families_of(row.code),
    )
    yield from (row.get_source_display(), -amount if takes_back else amount, _yuan(_counted_fen(row)))
    yield _("冲销") if takes_back else _("已冲销") if is_cancelled else None
    yield from (row.evidence, row.paid_by_name)


def _counted_fen(row: Payment) -> int:
    """A payment taken back and the row that takes it back count nothing, also where the filter holds one alone."""
    return 0 if row.taken_back_id is not None or hasattr(row, "cancelled_by") else row.amount_fen


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)
