"""Background work of the deliveries room."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse

from shouwang.office.audit.actor import Actor
from shouwang.office.deliveries.actions.handing_in import KIND
from shouwang.office.deliveries.actions.receiving import receive_file
from shouwang.office.web.jobs import Step, job


@job(KIND)
def receiving(*, step: Step, by: Actor, delivery: int) -> str:
    receive_file(delivery, city=Path(settings.CITY), by=by, step=step)
    return reverse("deliveries:one", args=[delivery])
