"""Choosing a life event, and one form per kind."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor
from shouwang.office.registry.actions import life_events as acts
from shouwang.office.registry.forms.life_events import FORMS, WHOLE, EventForm
from shouwang.office.registry.models import Household, LifeEvent
from shouwang.office.registry.queries import households
from shouwang.office.registry.views.finding import household_of, seen
from shouwang.office.web.calendar import today
from shouwang.terms.errors import UserError

Kind = LifeEvent.Kind
JOINING = {Kind.BIRTH: acts.birth, Kind.MARRIED_IN: acts.married_in, Kind.MOVED_IN: acts.moved_in}
LEAVING = {Kind.DEATH: acts.death, Kind.MARRIED_OUT: acts.married_out, Kind.MOVED_OUT: acts.moved_out}


@require_GET
@requires(Permission.HOUSEHOLDS_CHANGE)
def choose(request: HttpRequest, household_id: str) -> HttpResponse:
    """What has happened?"""
    home = household_of(request, household_id)
    seen(request, home, "household")
    kinds = [(str(kind), Kind(kind).label) for kind in FORMS]
    return render(request, "registry/events.html", {"home": home, "kinds": kinds})


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLDS_CHANGE)
def record(request: HttpRequest, household_id: str, kind: str) -> HttpResponse:
    """The form of a kind; sent, what it says is done and the household's page follows."""
    if kind not in FORMS:
        raise Http404
    home = household_of(request, household_id)
    people = households.members(home, on=today())
    form = FORMS[kind](request.POST or None, people=people, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            _act(kind, home, form, request.actor, request.scope)
        except UserError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已记：%(kind)s") % {"kind": Kind(kind).label})
            return redirect("household", home.pk)
    if request.method == "GET":
        seen(request, home, "household")
    context = {"home": home, "form": form, "kind": kind, "word": Kind(kind).label}
    return render(request, "registry/event.html", context, status=422 if form.errors else 200)


def _act(kind: str, home: Household, form: EventForm, by: Actor, scope: Scope) -> None:
    told, typed = form.told(by), form.cleaned_data
    if kind in JOINING:
        JOINING[kind](home, form.newcomer(), told=told)
    elif kind in LEAVING:
        person = "" if typed["person"] == WHOLE else typed["person"]
        LEAVING[kind](home, person, told=told, new_head=typed["new_head"])
    elif kind == Kind.SPLIT:
        acts.split(home, typed["leaving"], told=told, head_of_new=typed["head_of_new"], new_head=typed["new_head"])
    elif kind == Kind.MERGE:
        acts.merge(home, _other(scope, typed["into"]), told=told)
    elif kind == Kind.NEW_HEAD:
        acts.new_head(home, typed["person"], told=told)
    else:
        acts.urban_hukou(home, told=told)


def _other(scope: Scope, number: str) -> Household:
    other = households.one(scope, number.strip())
    if other is None:
        raise UserError(_("没有这个户编号，或不在您的范围内"), _("到农户列表里查那一户的编号"))
    return other
