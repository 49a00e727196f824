"""Taking a case along: to the household or the area its people are in now."""

from shouwang.office.access.scope import WHOLE_COUNTRY
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


def take_rescues_to(home: Household, *, of: Household) -> None:
    """Rescues whose paper is still to follow wait for the county's word on the household their people are in now."""
    waiting = list(open_ones(WHOLE_COUNTRY).filter(household=of).values_list("pk", flat=True))
    Rescue.objects.filter(pk__in=waiting).update(household=home, area_code=home.area_code)


def take_measure_to(measure: Measure, plan: Plan) -> None:
    """One measure goes on in another plan, with the files that prove it."""
    measure.plan, measure.case, measure.area_code = plan, plan.case, plan.area_code
    measure.save(update_fields=["plan", "case", "area_code"])
    Evidence.objects.filter(measure=measure).update(case=plan.case)
