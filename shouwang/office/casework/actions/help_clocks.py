"""The clock of a case in help: the earliest of what waits there, kept on the case as every other clock is."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from shouwang.office.casework.models import Case, Escalation, State
from shouwang.office.casework.queries import help_due
from shouwang.office.casework.transitions import CLOCKS

CHUNK = 2_000
READ = ("state", "included_on", "rules", "next_due_on", "holder_role")


def set_help_clocks(cases: Sequence[Case], *, on: date) -> None:
    """Write `next_due_on` and `holder_role` of cases in help; others are left alone. Saves nothing."""
    helped = [case for case in cases if case.state == State.IN_HELP]
    things = help_due.of_cases(helped, on=on)
    for case in helped:
        found = things[case.pk]
        case.next_due_on = found[0].due_on if found else None
        case.holder_role = CLOCKS[State.IN_HELP].holder if found else ""


def keep(case_id: int, *, on: date) -> None:
    """After something was done in help, in the caller's transaction."""
    _keep(Case.objects.filter(pk=case_id, state=State.IN_HELP), on=on)


def keep_all(*, on: date) -> int:
    """Every clock of help, once a day: a figure may have changed since. Returns how many were put right."""
    numbers = list(Case.objects.filter(state=State.IN_HELP).order_by("id").values_list("id", flat=True))
    moved = 0
    for start in range(0, len(numbers), CHUNK):
        with transaction.atomic():
            part = Case.objects.filter(pk__in=numbers[start : start + CHUNK], state=State.IN_HELP)
            moved += _keep(part, on=on)
    return moved


def _keep(rows: "QuerySet[Case]", *, on: date) -> int:
    """Writes the clocks that moved, and ends what was passed upwards because of the old ones."""
    cases = list(rows.select_for_update().only(*READ).order_by("id"))
    before = {case.pk: case.next_due_on for case in cases}
    set_help_clocks(cases, on=on)
    moved = [case for case in cases if case.next_due_on != before[case.pk]]
    if moved:
        Case.objects.bulk_update(moved, ["next_due_on", "holder_role"], batch_size=500)
        raised = Escalation.objects.filter(case__in=moved, state=State.IN_HELP, ended_on=None)
        raised.update(ended_on=on)
    return len(moved)
