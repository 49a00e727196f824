"""Published warnings and the to-verify list."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.warnings.forms.filters import ToVerifyFilter, WarningFilter
from shouwang.office.warnings.models import ToVerify, Warning
from shouwang.office.warnings.queries import publications, to_verify, warnings
from shouwang.office.warnings.queries.telling import named, told
from shouwang.office.web import exporting
from shouwang.office.web.paging import page
from shouwang.office.web.places import place
from shouwang.terms.level import Level


@require_GET
@requires(Permission.WARNINGS_SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """Warnings of the newest publication, the most urgent first."""
    form = WarningFilter(request.GET, scope=request.scope)
    shown, last = form.narrowed(), publications.newest()
    rows = warnings.listed(shown, publication=last, **form.given())
    context = {
        "form": form,
        "page": page(rows, request.GET, keys=warnings.KEYS),
        "publication": last,
        "levels": warnings.counted(shown, last),
        "unverified": to_verify.counted(shown),
        "query": request.GET.urlencode(),
    }
    return render(request, "warnings/list.html", context)


@require_GET
@requires(Permission.WARNINGS_SEE)
def to_be_verified(request: HttpRequest) -> HttpResponse:
    """The to-verify list, best use of a visit first."""
    form = ToVerifyFilter(request.GET, scope=request.scope)
    shown = form.narrowed()
    context = {
        "form": form,
        "page": page(to_verify.listed(shown, **form.given()), request.GET, keys=to_verify.KEYS),
        "counted": to_verify.counted(shown),
        "publication": publications.newest(),
        "query": request.GET.urlencode(),
    }
    return render(request, "warnings/to_verify.html", context)


@require_POST
@requires(Permission.EXPORT)
def exported(request: HttpRequest) -> HttpResponse:
    """The warnings as filtered, as a marked file."""
    form = WarningFilter(request.GET, scope=request.scope)
    rows = warnings.listed(form.narrowed(), **form.given())
    columns = (
        _("户编号"),
        _("户主"),
        _("地区"),
        _("人口"),
        _("级别"),
        _("变化"),
        _("去向"),
        _("国家监测类型"),
        _("理由"),
    )
    return exporting.exported(
        columns,
        map(_row, rows),
        title=_("预警清单"),
        kind="warnings",
        by=request.actor,
        as_=request.POST.get("as", exporting.XLSX),
    )


@require_POST
@requires(Permission.EXPORT)
def to_verify_exported(request: HttpRequest) -> HttpResponse:
    """The to-verify list as filtered, as a marked file."""
    form = ToVerifyFilter(request.GET, scope=request.scope)
    rows = to_verify.listed(form.narrowed(), **form.given())
    columns = (_("次序"), _("户编号"), _("户主"), _("地区"), _("人口"), _("最坏可能"), _("待核实什么"))
    return exporting.exported(
        columns,
        map(_row_to_verify, rows),
        title=_("待核实清单"),
        kind="to-verify",
        by=request.actor,
        as_=request.POST.get("as", exporting.XLSX),
    )


def _row(row: Warning) -> Iterator[exporting.Cell]:
    home = row.household
    yield from (home.pk, home.head_name, place(row.area_code), row.members)
    yield Level(row.level).numeral if row.level else None
    yield from (row.get_change_display(), row.get_state_display(), named(row.national_type), told(row.sentence))


def _row_to_verify(row: ToVerify) -> Iterator[exporting.Cell]:
    home = row.household
    yield from (row.rank, home.pk, home.head_name, place(row.area_code), row.members)
    yield from (Level(row.could_be).numeral if row.could_be in (1, 2, 3, 4) else None, told(row.sentence))
