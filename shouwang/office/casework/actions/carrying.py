"""Taking a case along: to the household or the area its people are in now."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from shouwang.office.access.scope import WHOLE_COUNTRY
from shouwang.office.audit.actions.recording import event_of, record, record_all
from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.noting import step_of
from shouwang.office.casework.measure_steps import OPEN
from shouwang.office.casework.models import Case, Escalation, Evidence, Measure, Plan, Rescue, SideClock
from shouwang.office.casework.queries.rescues import open_ones
from shouwang.office.registry.models import Household


def take_to(case: Case, home: Household) -> None:
    """The case is of this household, in its area, with its plan, what is still to be done and what was passed upwards.
    Measures that ended and payments stay where they were.
    """
    case.household, case.area_code = home, home.area_code
    case.save(update_fields=["household", "area_code"])
    Plan.objects.filter(case=case).update(area_code=home.area_code)
    Measure.objects.filter(case=case, status__in=OPEN).update(area_code=home.area_code)
    for beside in (Escalation, SideClock):
        beside.objects.filter(case=case, ended_on=None).update(area_code=home.area_code)


@transaction.atomic
def take_to_where_households_are(*, on: date) -> int:
    """Open cases of households that a load has moved to another area go after them; run daily. Returns how many."""
    left = Case.objects.filter(closed_on=None).exclude(area_code=F("household__area_code"))
    rows = list(left.select_for_update(of=("self",)).select_related("household").order_by("pk"))
    for case in rows:
        before = case.area_code
        take_to(case, case.household)
        take_rescues_to(case.household, of=case.household)
        step_of(case, "moved-within", by=SYSTEM, on=on, reason=_("登记册上这一户已迁到本村")).save()
        record_all(
            event_of(
                Verb.CHANGED,
                by=SYSTEM,
                subject=("case", str(case.pk)),
                household_id=case.household_id,
                area_code=area,
                before={"area": before},
                after={"area": case.area_code},
            )
            for area in (before, case.area_code)
        )
    return len(rows)


def take_rescues_to(home: Household, *, of: Household) -> None:
    """Rescues whose paper is still to follow wait for the county's word on the household their people are in now."""
    waiting = list(open_ones(WHOLE_COUNTRY).filter(household=of).values_list("pk", flat=True))
    Rescue.objects.filter(pk__in=waiting).update(household=home, area_code=home.area_code)


def take_measure_to(measure: Measure, plan: Plan, *, by: Actor) -> None:
    """One measure goes on in another plan, with the files that prove it."""
    before = {"case": measure.case_id}
    measure.plan, measure.case, measure.area_code = plan, plan.case, plan.area_code
    measure.save(update_fields=["plan", "case", "area_code"])
    Evidence.objects.filter(measure=measure).update(case=plan.case)
    record(
        Verb.CHANGED,
        by=by,
        subject=("measure", str(measure.pk)),
        household_id=plan.case.household_id,
        area_code=plan.area_code,
        before=before,
        after={"case": plan.case_id, "code": measure.code, "rule": measure.rule, "status": measure.status},
    )
