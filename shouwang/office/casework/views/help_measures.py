"""Measures of the area, and one measure with its steps, its money and its files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_evidence, help_measures, help_payments
from shouwang.office.casework.forms.help_measures import FileForm, MeasureFilterForm, StepForm
from shouwang.office.casework.forms.help_payments import PaymentForm, TakeBackForm
from shouwang.office.casework.measure_steps import possible
from shouwang.office.casework.models import Measure, Payment
from shouwang.office.casework.queries import help_measures as measures
from shouwang.office.casework.queries import help_plans as plans
from shouwang.office.casework.queries.help_facts import families_of, kind_name, policy_on, rule_name
from shouwang.office.casework.queries.record import files_of
from shouwang.office.casework.views.help_pages import REFUSED, carried_out
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page
from shouwang.terms.errors import UserError

URGENT = 20


@require_GET
@requires(Permission.CASES_SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """All measures of the area by status, and the plans that are still to be made."""
    on = today()
    form = MeasureFilterForm(request.GET, prefix_code=request.scope.prefix)
    rows = page(measures.listed(request.scope, form.filters(), on=on), request.GET, keys=("area_code", "id"))
    policy = policy_on(on)
    context = {
        "form": form,
        "page": rows,
        "shown": [(row, kind_name(row.code), families_of(row.code), rule_name(policy, row.rule)) for row in rows.rows],
        "without_plan": list(plans.without_plan(request.scope)[:URGENT]),
    }
    return render(request, "casework/help_measures.html", context)


@require_GET
@requires(Permission.CASES_SEE)
def one(request: HttpRequest, measure_id: int) -> HttpResponse:
    measure = _measure(request, measure_id)
    record(
        Verb.SEEN,
        by=request.actor,
        subject=("measure", str(measure.pk)),
        household_id=measure.case.household_id,
        area_code=measure.area_code,
    )
    return _page(request, measure)


def _measure(request: HttpRequest, measure_id: int) -> Measure:
    measure = measures.one(request.scope, measure_id)
    if measure is None:
        raise Http404
    return measure


def _page(request: HttpRequest, measure: Measure, *, status: int = 200, **given: object) -> HttpResponse:
    on = today()
    payments = list(measure.payments.select_related("cancelled_by").order_by("-on", "-id"))
    context = {
        "measure": measure,
        "name": kind_name(measure.code),
        "families": families_of(measure.code),
        "rule": rule_name(policy_on(on), measure.rule),
        "steps": possible(measure.status) if measure.case.is_open else (),
        "payments": payments,
        "files": files_of([measure]).get(measure.pk, []),
        "step_form": StepForm(initial={"day": on, "expected": measure.status}),
        "payment_form": PaymentForm(initial={"paid_on": on}, auto_id="id_pay_%s"),
        "file_form": FileForm(payments=payments, auto_id="id_add_%s"),
        **given,
    }
    return render(request, "casework/help_measure.html", context, status=status)


@require_POST
@requires(Permission.HELP_WORK)
def step(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Move a measure on."""
    measure = _measure(request, measure_id)
    form = StepForm(request.POST, request.FILES)
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: help_measures.step(
            measure.pk,
            form.cleaned_data["action"],
            form.told(),
            by=request.actor,
            on=today(),
            file=form.cleaned_data["file"],
        ),
        said=_("进度已更新。"),
    ):
        return redirect("cases:help-measure", measure_id=measure.pk)
    return _page(request, measure, status=REFUSED, step_form=form)


@require_POST
@requires(Permission.HELP_WORK)
def pay(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Record a payment."""
    measure = _measure(request, measure_id)
    form = PaymentForm(request.POST, request.FILES, auto_id="id_pay_%s")
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: help_payments.pay(
            measure.pk,
            form.paid(),
            by=request.actor,
            on=today(),
            sending=form.sending(),
            file=form.cleaned_data["file"],
        ),
        said=_("付款已记入台账。"),
    ):
        return redirect("cases:help-measure", measure_id=measure.pk)
    return _page(request, measure, status=REFUSED, payment_form=form)


@require_POST
@requires(Permission.HELP_WORK)
def add_file(request: HttpRequest, measure_id: int) -> HttpResponse:
    """Keep a photo or a PDF with the measure, or with one of its payments."""
    measure = _measure(request, measure_id)
    payments = measure.payments.order_by("-on", "-id")
    form = FileForm(request.POST, request.FILES, payments=payments, auto_id="id_add_%s")
    if form.is_valid() and carried_out(
        request,
        form,
        lambda: help_evidence.keep(
            measure.pk,
            form.cleaned_data["file"],
            payment_id=form.payment_id(),
            by=request.actor,
            on=today(),
            sending=form.sending(),
        ),
        said=_("附件已存。"),
    ):
        return redirect("cases:help-measure", measure_id=measure.pk)
    return _page(request, measure, status=REFUSED, file_form=form)


@require_POST
@requires(Permission.HELP_WORK)
def take_back(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Cancel a payment."""
    payment = request.scope.filter(Payment.objects.all()).filter(pk=payment_id).first()
    if payment is None:
        raise Http404
    form = TakeBackForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        help_payments.take_back(payment.pk, reason, by=request.actor, on=today())
        messages.success(request, _("这笔付款已冲销，两笔都留在台账。"))
    except UserError as error:
        messages.error(request, str(error))
    if payment.measure_id:
        return redirect("cases:help-measure", measure_id=payment.measure_id)
    return redirect("cases:help-payments")
