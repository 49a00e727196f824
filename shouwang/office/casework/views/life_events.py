"""Choosing a life event, and one form per kind; what happens to the household happens to its case too."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shouwang.office.access.gate import requires
from shouwang.office.access.permissions import Permission
from shouwang.office.access.scope import Scope
from shouwang.office.audit.actions.recording import record as leave_event
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.life_events import happen
from shouwang.office.casework.forms.life_events import FORMS, WHOLE, EventForm, MovingWithinForm, UndoDeathForm
from shouwang.office.registry.actions import life_events as acts
from shouwang.office.registry.actions.relocating import move
from shouwang.office.registry.actions.undoing import undo_death
from shouwang.office.registry.models import Household, LifeEvent
from shouwang.office.registry.queries import households
from shouwang.office.web.calendar import today
from shouwang.office.web.places import children, is_known, place, towns
from shouwang.terms.errors import UserError

Kind = LifeEvent.Kind
JOINING = {Kind.BIRTH: acts.birth, Kind.MARRIED_IN: acts.married_in, Kind.MOVED_IN: acts.moved_in}
LEAVING = {Kind.DEATH: acts.death, Kind.MARRIED_OUT: acts.married_out, Kind.MOVED_OUT: acts.moved_out}


@require_GET
@requires(Permission.HOUSEHOLDS_CHANGE)
def choose(request: HttpRequest, household_id: str) -> HttpResponse:
    """What has happened?"""
    home = _home(request, household_id)
    _seen(request, home)
    kinds = [] if home.closed_on else [(str(kind), Kind(kind).label) for kind in FORMS]
    return render(request, "casework/events.html", {"home": home, "kinds": kinds})


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLDS_CHANGE)
def record(request: HttpRequest, household_id: str, kind: str) -> HttpResponse:
    """The form of a kind; sent, what it says is done and the household's page follows."""
    if kind not in FORMS:
        raise Http404
    home = _home(request, household_id)
    form = FORMS[kind](request.POST or None, people=households.members(home, on=today()), today=today())
    return _asked(request, home, kind, form, lambda: _act(kind, home, form, request.actor, request.scope))


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLDS_CHANGE)
def moved(request: HttpRequest, household_id: str) -> HttpResponse:
    """The whole household moves to another village of the city: first the town, then the village."""
    home = _home(request, household_id)
    town = request.GET.get("town", "")
    if not is_known(town):
        _seen(request, home)
        return render(
            request, "casework/moving.html", {"home": home, "towns": towns(), "word": Kind.MOVED_WITHIN.label}
        )
    form = MovingWithinForm(request.POST or None, villages=children(town), today=today())
    return _asked(
        request,
        home,
        Kind.MOVED_WITHIN,
        form,
        lambda: happen(
            [home], lambda: move(home, form.cleaned_data["to"], told=form.told(request.actor)), by=request.actor
        ),
        more={"town": place(town)},
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.HOUSEHOLDS_CORRECT)
def death_undone(request: HttpRequest, household_id: str) -> HttpResponse:
    """A death recorded wrongly is taken back."""
    home = _home(request, household_id)
    people = households.died_in(home, on=today())
    form = UndoDeathForm(request.POST or None, people=people, today=today())
    return _asked(
        request,
        home,
        Kind.DEATH_UNDONE,
        form,
        lambda: happen(
            [home],
            lambda: undo_death(home, form.cleaned_data["person"], told=form.told(request.actor)),
            by=request.actor,
        ),
        more={"is_empty": not people},
    )


def _asked(
    request: HttpRequest,
    home: Household,
    kind: str,
    form: EventForm,
    act: Callable[[], LifeEvent],
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """The form, or what it says is done; then the household's page, where it is still of the area."""
    if request.method == "POST" and form.is_valid():
        try:
            event = act()
        except UserError as error:
            form.add_error(None, f"{error.found}：{error.cure}")
            _asked_by_number(request, home, form)
        else:
            return _done(request, event)
    if request.method == "GET":
        _seen(request, home)
    context = {"home": home, "form": form, "kind": str(kind), "word": Kind(kind).label, **(more or {})}
    return render(request, "casework/event.html", context, status=422 if form.errors else 200)


def _asked_by_number(request: HttpRequest, home: Household, form: EventForm) -> None:
    """What a refusal says of an id number may be about somebody elsewhere: whoever asks leaves that they did."""
    if form.cleaned_data.get("id_number"):
        leave_event(
            Verb.SEARCHED,
            by=request.actor,
            subject=("person", ""),
            household_id=home.pk,
            area_code=home.area_code,
        )


def _done(request: HttpRequest, event: LifeEvent) -> HttpResponse:
    home = event.household
    messages.success(request, _("已记：%(kind)s") % {"kind": Kind(event.kind).label})
    if request.scope.contains(home.area_code):
        return redirect("household", home.pk)
    messages.success(request, _("这一户现在由%(place)s照看，这里不再看到它") % {"place": place(home.area_code)})
    return redirect("households")


def _act(kind: str, home: Household, form: EventForm, by: Actor, scope: Scope) -> LifeEvent:
    told, typed = form.told(by), form.cleaned_data
    homes = [home]
    act: Callable[[], LifeEvent]
    if kind in JOINING:
        act = partial(JOINING[kind], home, form.newcomer(), told=told)
    elif kind in LEAVING:
        person = "" if typed["person"] == WHOLE else typed["person"]
        act = partial(LEAVING[kind], home, person, told=told, new_head=typed["new_head"])
    elif kind == Kind.SPLIT:
        heads = {"head_of_new": typed["head_of_new"], "new_head": typed["new_head"]}
        act = partial(acts.split, home, typed["leaving"], told=told, **heads)
    elif kind == Kind.MERGE:
        homes = [home, _other(scope, typed["into"])]
        act = partial(acts.merge, *homes, told=told)
    elif kind == Kind.NEW_HEAD:
        act = partial(acts.new_head, home, typed["person"], told=told)
    else:
        act = partial(acts.urban_hukou, home, told=told)
    return happen(homes, act, by=by)


def _other(scope: Scope, number: str) -> Household:
    other = households.one(scope, number.strip().upper()) or households.one(scope, number.strip())
    if other is None:
        raise UserError(_("没有这个户编号，或不在您的范围内"), _("到农户列表里查那一户的编号"))
    return other


def _home(request: HttpRequest, household_id: str) -> Household:
    """Errors: `Http404` where it is not there or lies outside: the same answer."""
    home = households.one(request.scope, household_id)
    if home is None:
        raise Http404
    return home


def _seen(request: HttpRequest, home: Household) -> None:
    leave_event(
        Verb.SEEN, by=request.actor, subject=("household", home.pk), household_id=home.pk, area_code=home.area_code
    )
