"""The two levels of a household: what the newest published screening suspects, and what the county confirms."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from shouwang.office.audit.actions.recording import event_of, record, record_all
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry import bulk
from shouwang.office.registry.loading.source import rows_of, workbench
from shouwang.office.registry.models import Household
from shouwang.screening.intake.folding import quoted
from shouwang.terms.errors import UserError

SUSPECTED = ("id", "suspected_level", "suspected_status", "national_type", "suspected_as_of")


@transaction.atomic
def publish_suspected(run: Path, *, as_of: date, by: Actor) -> None:
    """Every household of the run gets the level, status and national type it says. Households it lacks keep theirs.

    Errors: `UserError` where the folder holds no verdicts.
    """
    verdicts = run / "verdicts.parquet"
    if not verdicts.is_file():
        raise UserError(f"{run.name} 里没有 verdicts.parquet", "给 shouwang screen --out 写出的文件夹")
    with workbench() as con:
        rows = rows_of(
            con,
            f"SELECT household_id, level, left(status, 12), coalesce(left(national_type, 30), ''), '{as_of}'"
            f" FROM {quoted(str(verdicts))} ORDER BY 1",
        )
        count = bulk.update(Household, SUSPECTED, rows)
    record(Verb.PUBLISHED, by=by, subject=("levels", run.name), after={"as_of": str(as_of), "households": count})


@transaction.atomic
def confirm(household: Household, level: int | None, *, on: date, by: Actor) -> None:
    """The county's level from a day on; None takes it away. Errors: `UserError` for a household that is closed."""
    confirm_all({household.pk: level}, on=on, by=by)
    household.confirmed_level, household.confirmed_on = level, on if level is not None else None


@transaction.atomic
def confirm_all(decided: Mapping[str, int | None], *, on: date, by: Actor) -> None:
    """The same for many households at once, by their number: as many queries as for one, an event for each."""
    columns = ("confirmed_level", "confirmed_on")
    rows = Household.objects.select_for_update().filter(pk__in=decided).order_by("pk")
    homes = list(rows.only("area_code", "closed_on", *columns))
    if any(home.closed_on for home in homes):
        raise UserError("这一户已经关闭，不能再定级", "看关闭的原因；户已分开或合并的，到新户办理")
    before = {home.pk: home.confirmed_level for home in homes}
    for home in homes:
        home.confirmed_level = decided[home.pk]
        home.confirmed_on = on if home.confirmed_level is not None else None
    Household.objects.bulk_update(homes, columns)
    record_all(
        event_of(
            Verb.DECIDED,
            by=by,
            subject=("household", home.pk),
            household_id=home.pk,
            area_code=home.area_code,
            before={"confirmed_level": before[home.pk]},
            after={"confirmed_level": home.confirmed_level, "on": str(on)},
        )
        for home in homes
    )
