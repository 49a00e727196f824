"""What happens in a household, and what it does to the household's case: both in one transaction."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_clocks, side_clocks
from shouwang.office.casework.actions.carrying import take_rescues_to, take_to
from shouwang.office.casework.actions.closing import after_life_event
from shouwang.office.casework.actions.continuing import go_on
from shouwang.office.casework.actions.help_ending import stop_of_those_gone
from shouwang.office.casework.actions.merging import merge
from shouwang.office.casework.actions.noting import step_of
from shouwang.office.casework.models import Assignee, Case, Closing, SideClock
from shouwang.office.registry.models import Household, LifeEvent
from shouwang.office.warnings.actions.following import follow

Kind = LifeEvent.Kind


@transaction.atomic
def happen(homes: Sequence[Household], act: Callable[[], LifeEvent], *, by: Actor) -> LifeEvent:
    """Let an event of the registry happen, and take the cases of these households along. Errors: those of `act`."""
    list(Case.objects.select_for_update().filter(household__in=homes, closed_on=None).order_by("pk"))
    event = act()
    if follows := FOLLOWS.get(event.kind):
        follows(event, by=by)
    for home in filter(None, (event.household, event.other_household)):
        _end_what_ended(home, event, by=by)
    return event


def _open_case(home: Household) -> Case | None:
    return Case.objects.select_for_update().filter(household=home, closed_on=None).first()


def _end_what_ended(home: Household, event: LifeEvent, *, by: Actor) -> None:
    """A household that is no more has no case and is not looked back at; who left takes their measures with them."""
    after_life_event(home.pk, by=by, on=event.recorded_on)
    if home.closed_on:
        side_clocks.end(SideClock.objects.filter(case__household=home), on=event.recorded_on)
    case = _open_case(home)
    if case:
        stop_of_those_gone(
            case, _("这个人已不在本户：%(why)s") % {"why": event.get_kind_display()}, by=by, on=event.recorded_on
        )
        help_clocks.keep(case.pk, on=event.recorded_on)


def _split(event: LifeEvent, *, by: Actor) -> None:
    """The case of the old household goes on; the new one gets a case of its own at the same place of life."""
    case, new = _open_case(event.household), event.other_household
    assert new is not None
    if case is None:
        return
    _noted(case, event, _("分出 %(new)s，该户另立案卷接着办理") % {"new": new.pk}, by=by)
    told = _("由 %(old)s 分户而来，接着 №%(number)d 号案卷") % {"old": event.household.pk, "number": case.pk}
    go_on(case, new, by=by, on=event.recorded_on, reason=told)


def _merge(event: LifeEvent, *, by: Actor) -> None:
    """Of the two cases one goes on, in the household that took the other in."""
    into = event.other_household
    assert into is not None
    take_rescues_to(into, of=event.household)
    case = merge(_open_case(event.household), _open_case(into), into, by=by, on=event.recorded_on)
    if case:
        _noted(case, event, _("%(old)s 并入 %(into)s") % {"old": event.household.pk, "into": into.pk}, by=by)


def _move(event: LifeEvent, *, by: Actor) -> None:
    """All its cases go with it, the open one as it stands, with its clock; who was sent there is sent no more."""
    home = event.household
    for case in Case.objects.select_for_update().filter(household=home).order_by("pk"):
        take_to(case, home)
        if case.is_open:
            Assignee.objects.filter(case=case, until=None).update(until=event.recorded_on)
            _noted(case, event, _("迁到本村，案卷随户转来"), by=by)
    take_rescues_to(home, of=home)
    follow(home.pk, area_code=home.area_code)


def _undo_death(event: LifeEvent, *, by: Actor) -> None:
    """A case that was closed because all had died goes on, where the household is open again."""
    home = event.household
    last = Case.objects.filter(household=home).order_by("-pk").first()
    if home.closed_on or last is None or last.closed_as != Closing.DIED:
        return
    told = _("死亡已更正，接着 №%(number)d 号案卷") % {"number": last.pk}
    go_on(last, home, by=by, on=event.recorded_on, reason=told)


FOLLOWS = {Kind.SPLIT: _split, Kind.MERGE: _merge, Kind.MOVED_WITHIN: _move, Kind.DEATH_UNDONE: _undo_death}


def _noted(case: Case, event: LifeEvent, told: str, *, by: Actor) -> None:
    step_of(case, event.kind, by=by, on=event.recorded_on, reason=told).save()
    record(
        Verb.CHANGED,
        by=by,
        subject=("case", str(case.pk)),
        household_id=case.household_id,
        area_code=case.area_code,
        after={"action": event.kind, "state": case.state, "level": case.confirmed_level, "life_event": event.pk},
    )
