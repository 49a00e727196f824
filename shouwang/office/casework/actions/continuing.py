"""A case that goes on in a case of its own: for the household that split off, or one that is open again."""

from datetime import date

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.noting import step_of
from shouwang.office.casework.models import Assignee, Case, State
from shouwang.office.casework.queries.schedules import days_for
from shouwang.office.casework.ticking import RECHECK_COLUMNS, set_clock
from shouwang.office.registry.models import Household

CARRIED = (
    *("origin", "declared", "declared_how", "suspected_level", "confirmed_level", "national_type", "rules", "sentence"),
    *("run_digest", "policy"),
)


def go_on(old: Case, home: Household, *, by: Actor, on: date, reason: str) -> Case:
    """A case of `home` at the place of life of the old one; the old one is not touched.

    The county has decided: the level holds, and a plan of help of its own is due from `on`. It has not decided: what
    was seen, voted and posted was of other people, so it goes back to those who are sent, and the clock it had goes on.
    """
    case = Case(
        household=home, area_code=home.area_code, opened_on=on, **{name: getattr(old, name) for name in CARRIED}
    )
    going = list(Assignee.objects.filter(case=old, until=None))
    if old.confirmed_level is not None:
        case.state, case.included_on, case.clock_from = State.INCLUDED, on, on
        for name in RECHECK_COLUMNS:
            setattr(case, name, getattr(old, name))
    else:
        case.state = State.ASSIGNED if going else State.CLUE
        case.clock_from, case.paused_days, case.returned_on = old.clock_from, old.paused_days, on
    set_clock(case, on=on, days=days_for(case.area_code, on=case.clock_from))
    case.save()
    Assignee.objects.bulk_create(
        Assignee(case=case, side=row.side, name=row.name, user_id=row.user_id, since=on) for row in going
    )
    step_of(case, "go-on", by=by, on=on, reason=reason).save()
    record(
        Verb.CREATED,
        by=by,
        subject=("case", str(case.pk)),
        household_id=home.pk,
        area_code=home.area_code,
        after={"action": "go-on", "state": case.state, "goes_on_from": old.pk},
    )
    return case
