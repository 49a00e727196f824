"""The auditor's pages: who did, saw and decided what, and the proof that the record was not bent."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwang.office.access.gate import requires
from shouwang.office.access.models import User
from shouwang.office.access.permissions import Permission
from shouwang.office.access.request import OfficeRequest
from shouwang.office.audit import queries
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.verbs import Verb
from shouwang.office.web.calendar import today
from shouwang.office.web.changes import changes
from shouwang.office.web.forms.auditing import EventsForm
from shouwang.office.web.jobs import start
from shouwang.office.web.models import Job
from shouwang.office.web.paging import page
from shouwang.terms.errors import UserError

CITY = 4
DAYS = 30
EXPORT = "audit-export"


@require_GET
@requires(Permission.AUDIT_SEE)
def events(request: OfficeRequest) -> HttpResponse:
    """Events of the area, newest first, by who acted, household, day and deed."""
    form = EventsForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    household = wanted.get("household", "")
    if household:
        record(Verb.SEARCHED, by=request.actor, subject=("audit", ""), household_id=household)
    rows = queries.events(
        request.scope.prefix,
        household_id=household,
        actor_id=_account_id(wanted.get("account", "")),
        on=wanted.get("day"),
        verb=wanted.get("verb", ""),
    )
    clock = timezone.localdate()
    business_day = today() if today() != clock else None
    context = {
        "form": form,
        "business_day": business_day,
        "page": page(rows, request.GET, keys=("-id",)),
        **_chain(request),
    }
    return render(request, "web/audit/events.html", context)


def _account_id(username: str) -> str:
    """Of an account that is not there nothing is found."""
    if not username:
        return ""
    found = User.objects.filter(username=username.strip()).values_list("pk", flat=True).first()
    return str(found or "none")


def _chain(request: OfficeRequest) -> dict[str, Any]:
    """The chain is one for the whole city, so only the city's auditor takes it along."""
    return {"may_export": len(request.scope.prefix) <= CITY}


@require_GET
@requires(Permission.AUDIT_SEE)
def event(request: OfficeRequest, number: int) -> HttpResponse:
    """One event: what stood before and after, and its place in the chain."""
    row = queries.events(request.scope.prefix).filter(pk=number).first()
    if row is None:
        raise Http404
    if row.household_id:
        record(Verb.SEEN, by=request.actor, subject=("event", str(row.pk)), household_id=row.household_id)
    context = {"event": row, "changes": changes(row.before, row.after)}
    return render(request, "web/audit/event.html", context)


@require_GET
@requires(Permission.AUDIT_SEE)
def heads(request: OfficeRequest) -> HttpResponse:
    """The chain's head of each of the last days."""
    now = timezone.localdate()  # seals are dated by the clock, even where a demo stands on another day
    context = {"heads": queries.heads(on=now, days=DAYS), "days": DAYS, **_chain(request)}
    return render(request, "web/audit/heads.html", context)


@require_POST
@requires(Permission.AUDIT_SEE)
def export(request: OfficeRequest) -> HttpResponse:
    """Ask for the chain as a file."""
    if len(request.scope.prefix) > CITY:
        raise UserError(_("整条链只由市级审计导出"), _("请市级审计导出，或在这里按日逐条查看"))
    return redirect("job", start(EXPORT, by=request.actor).pk)


@require_GET
@requires(Permission.AUDIT_SEE)
def exported(request: OfficeRequest, number: int) -> HttpResponse:
    """The file of an export that is done; only for who asked for it, and still has the whole city."""
    asked = {"started_by": request.actor.user_id, "area_code": request.actor.area_code}
    done = Job.objects.filter(pk=number, kind=EXPORT, state=Job.State.DONE, **asked)
    path = exported_file(number)
    if not done.exists() or not path.is_file():
        raise Http404
    name = f"audit-chain-{today():%Y%m%d}-{number}.jsonl"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/x-ndjson")


def exported_file(number: int) -> Path:
    return settings.HOME / "exports" / f"audit-{number}.jsonl"
