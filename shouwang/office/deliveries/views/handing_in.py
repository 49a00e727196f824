"""The liaison's pages: what was handed in, handing in, one delivery with its faults, the reply."""

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.deliveries.actions.handing_in import File, Said, hand_in
from shouwang.office.deliveries.forms.handing_in import MOST_FILES, HandInForm
from shouwang.office.deliveries.models import Delivery
from shouwang.office.deliveries.queries import deliveries, words
from shouwang.office.deliveries.queries.deliveries import is_of_county
from shouwang.office.web.calendar import today
from shouwang.office.web.city import city
from shouwang.office.web.paging import page
from shouwang.office.web.places import short_place
from shouwang.terms.errors import UserError


@require_GET
@requires(Permission.DELIVERIES_HAND_IN)
def listed(request: HttpRequest) -> HttpResponse:
    rows = page(deliveries.listed(request.scope), request.GET, keys=deliveries.KEYS)
    return render(request, "deliveries/list.html", {"page": rows, "names": words.dataset_names()})


@csrf_exempt  # its token is looked at below, once the size of the whole request is known to be bearable
@require_http_methods(["GET", "POST"])
@requires(Permission.DELIVERIES_HAND_IN)
def new(request: HttpRequest) -> HttpResponse:
    """Hand in files; a request that is too large as a whole is refused before a byte of it is stored."""
    most = settings.UPLOAD_MEGABYTES * MOST_FILES
    if int(request.headers.get("Content-Length") or 0) > most * 1024 * 1024:
        raise UserError(
            _("一次交的文件超过 %(n)s MB") % {"n": most},
            _("每份不超过 %(n)s MB，分几次交") % {"n": settings.UPLOAD_MEGABYTES},
        )
    return _new(request)


new.weighs_by_itself = True  # type: ignore[attr-defined]  # the middleware leaves it its own, larger measure


@csrf_protect
def _new(request: HttpRequest) -> HttpResponse:
    megabytes = settings.UPLOAD_MEGABYTES
    county = short_place(request.actor.area_code) if is_of_county(request.actor.area_code) else ""
    if request.method == "GET":
        form = HandInForm(initial={"form_number": uuid.uuid4().hex}, megabytes=megabytes)
        return render(request, "deliveries/new.html", {"form": form, "county": county})
    form = HandInForm(request.POST, request.FILES, megabytes=megabytes)
    if not form.is_valid():
        return render(request, "deliveries/new.html", {"form": form, "county": county}, status=422)
    given = form.cleaned_data
    city()
    made = hand_in(
        [_file(one) for one in given["files"]],
        Said(request.user.organisation, given["dataset"], given["month"]),
        home=Path(settings.MEDIA_ROOT),
        form_number=given["form_number"],
        by=request.actor,
        on=today(),
    )
    messages.success(request, _("已交 %(n)s 份，正在逐份核对。") % {"n": len(made)})
    return redirect("deliveries:one", made[0].pk) if len(made) == 1 else redirect("deliveries:list")


def _file(file: UploadedFile) -> File:
    return File(file.name or "", file.chunks())


@require_GET
@requires(Permission.DELIVERIES_HAND_IN)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A delivery: verdict, columns, repairs, figures beside an earlier month, faults by row and column."""
    row = _row(request, number)
    before = deliveries.earlier(row)
    context = {
        "delivery": row,
        "told": words.told(row),
        "figures": deliveries.figures(row, before),
        "before": before,
        "owns": deliveries.owns(row, request.actor, request.user.organisation),
    }
    template = "deliveries/_one.html" if request.htmx else "deliveries/one.html"
    return render(request, template, context)


@require_POST
@requires(Permission.DELIVERIES_HAND_IN)
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """Agree to the proposed columns: the kept file is handed in once more, with that word."""
    row = _own(request, number)
    kept = next(iter(sorted((city() / row.folder).glob("delivered.*"))), None) if row.folder else None
    if kept is None or not row.found.get("proposals"):
        raise UserError(_("没有要同意的列"), _("看这份交件的结果，按提示改好再交"))
    with kept.open("rb") as stream:
        made = hand_in(
            [File(kept.name, iter(lambda: stream.read(1 << 20), b""))],
            Said(row.department, row.dataset or row.claimed_dataset, row.month or row.claimed_month, is_agreed=True),
            home=Path(settings.MEDIA_ROOT),
            form_number=f"agree:{row.pk}",  # which no form can say of itself
            by=request.actor,
            on=today(),
        )
    return redirect("deliveries:one", made[0].pk)


@require_GET
@requires(Permission.DELIVERIES_HAND_IN)
def reply(request: HttpRequest, number: int) -> FileResponse:
    """The reply workbook, for the department that handed in; it holds the rows that were wrong."""
    row = _own(request, number)
    path = city() / row.folder / "reply.xlsx"
    if not row.folder or not path.is_file():
        raise Http404
    record(Verb.EXPORTED, by=request.actor, subject=("delivery", str(row.pk)), area_code=row.area_code)
    name = _("回复表-%(number)s.xlsx") % {"number": row.pk}
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _row(request: HttpRequest, number: int) -> Delivery:
    row = deliveries.one(request.scope, number)
    if row is None:
        raise Http404
    return row


def _own(request: HttpRequest, number: int) -> Delivery:
    row = _row(request, number)
    if not deliveries.owns(row, request.actor, request.user.organisation):
        raise Http404
    return row
