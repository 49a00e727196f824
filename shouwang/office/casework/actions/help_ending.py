"""Ending measures that nobody ends by hand: the household is no more, or the person has left it."""

from collections.abc import Iterable
from datetime import date

from shouwang.office.audit.actions.recording import event_of, record_all
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.measure_steps import OPEN
from shouwang.office.casework.models import Case, Measure

COLUMNS = ("status", "reason", "starts_on", "ends_on", "changed_on", "changed_by", "changed_by_name")


def open_of(case: Case) -> list[Measure]:
    """Measures of a case that are planned or run, held."""
    rows = Measure.objects.select_for_update(of=("self",)).select_related("case")
    return list(rows.filter(case=case, status__in=OPEN).order_by("id"))


def stop_all(measures: Iterable[Measure], reason: str, *, by: Actor, on: date) -> None:
    """Stop measures that are planned or run, each with the reason and an event; the caller holds them."""
    rows = list(measures)
    before = {row.pk: row.status for row in rows}
    for row in rows:
        row.status, row.reason = Measure.Status.STOPPED, reason[:200]
        row.starts_on, row.ends_on = min(row.starts_on, on), on
        row.changed_on, row.changed_by, row.changed_by_name = on, by.user_id, by.name
    Measure.objects.bulk_update(rows, COLUMNS)
    record_all(
        event_of(
            Verb.CHANGED,
            by=by,
            subject=("measure", str(row.pk)),
            household_id=row.case.household_id,
            area_code=row.area_code,
            before={"status": before[row.pk]},
            after={"code": row.code, "rule": row.rule, "status": row.status},
        )
        for row in rows
    )


def stop_of_those_gone(case: Case, reason: str, *, by: Actor, on: date) -> None:
    """What was for a person who lives in the household no more ends; what is for all of them goes on."""
    living = case.household.memberships.filter(until=None).values_list("person_id", flat=True)
    gone = [row for row in open_of(case) if row.person_id and row.person_id not in set(living)]
    stop_all(gone, reason, by=by, on=on)
