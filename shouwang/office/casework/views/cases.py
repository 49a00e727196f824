"""The list of cases, one case, its notice, its files."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.access.roles import ROLES
from shouwang.office.casework.actions import clues
from shouwang.office.casework.actions import evidence as keeping
from shouwang.office.casework.actions.moving import AlreadyDoneError
from shouwang.office.casework.forms.steps import DeclareForm, EvidenceForm
from shouwang.office.casework.models import State
from shouwang.office.casework.queries import cases, record
from shouwang.office.casework.queries.homes import home
from shouwang.office.casework.sheet import Sheet
from shouwang.office.casework.views.answering import case_of, seen
from shouwang.office.web.calendar import today
from shouwang.office.web.paging import page
from shouwang.office.web.places import children
from shouwang.terms.errors import UserError
from shouwang.terms.level import Level


@require_GET
@requires(Permission.CASES_SEE)
@vary_on_headers("HX-Request")
def listed(request: HttpRequest) -> HttpResponse:
    """Cases of the area by step, level, town, and the late ones."""
    filters = cases.filters_of(request.GET.dict())
    rows = cases.listed(request.scope, filters, on=today())
    context = {
        "filters": filters,
        "page": page(rows, request.GET, keys=filters.keys),
        "states": State.choices,
        "levels": [(number, Level(number).numeral) for number in (1, 2, 3, 4)],
        "areas": children(request.scope.prefix),
        "holders": [(role, ROLES[role].name) for role in cases.DIGITS],
    }
    return render(request, "casework/_rows.html" if request.htmx else "casework/list.html", context)


@require_GET
@requires(Permission.CASES_SEE)
def one(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case: where it stands, the one next thing, and everything on record."""
    case = case_of(request, case_id)
    seen(request, case)
    is_here = request.scope.contains(case.household.area_code)  # else what came after is for the area it lives in now
    context = {
        "case": case,
        "panel": cases.panel_of(case, actor=request.actor, on=today()),
        "record": record.record_of(case),
        "timeline": cases.timeline(case.household_id, only=None if is_here else case),
        "evidence_form": EvidenceForm(None, state=case.state),
        "is_done": request.GET.get("done") == "yes",
    }
    return render(request, "casework/one.html", context)


@require_GET
@requires(Permission.CASES_SEE)
def sheet(request: HttpRequest, case_id: int, notice_id: int) -> HttpResponse:
    """The sheet to print, word for word as it was posted."""
    notice = record.notice(request.scope, case_id, notice_id)
    if notice is None:
        raise Http404
    seen(request, notice.case)
    return render(request, "casework/sheet.html", {"notice": notice, "sheet": Sheet(**notice.sheet)})


@require_POST
@requires(Permission.CASES_WORK)
def add_evidence(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep a photo or a PDF with the case."""
    case = case_of(request, case_id)
    form = EvidenceForm(request.POST, files=request.FILES)
    if not form.is_valid():
        raise UserError(_("没有选附件"), _("选种类和文件再交一次"))
    keeping.keep(case.pk, kind=form.cleaned_data["kind"], file=form.cleaned_data["file"], by=request.actor, on=today())
    messages.success(request, _("已存。"))
    return redirect("cases:one", case.pk)


@never_cache  # or a browser would show it again, and nobody would know
@require_GET
@requires(Permission.CASES_SEE)
def evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """A file of a case or of its help; its type is the one its first bytes told."""
    row = record.evidence(request.scope, evidence_id)
    if row is None:
        raise Http404
    file = record.opened(row)
    seen(request, row.case, about=("evidence", row.pk))
    return FileResponse(file, content_type=row.media_type, filename=f"{row.pk}.{row.file.name[-3:]}")


@require_http_methods(["GET", "POST"])
@requires(Permission.CASES_WORK)
def declare(request: HttpRequest, household_id: str) -> HttpResponse:
    """What a household or a cadre says becomes a clue, with a receipt number."""
    household = home(request.scope, household_id)
    if household is None:
        raise Http404
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            case = clues.open_declared(
                household.pk, clues.Declared(**form.values()), by=request.actor, on=today(), sending=form.sending()
            )
            messages.success(request, _("已登记，回执号 %(number)s。") % {"number": case.receipt_number})
            return redirect("cases:one", case.pk)
        except AlreadyDoneError as error:
            messages.info(request, error.found)
            return redirect("cases:list")
        except UserError as error:
            form.add_error(None, str(error))
    context = {"form": form, "household": household, "title": _("登记线索")}
    return render(request, "casework/declare.html", context, status=422 if form.errors else 200)
