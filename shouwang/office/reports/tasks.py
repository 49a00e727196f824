"""Work of reports in the background."""

from django.urls import reverse

from shouwang.office.audit.actor import Actor
from shouwang.office.reports.actions.counting import KIND, count_all
from shouwang.office.web.jobs import Step, job


@job(KIND)
def count_areas(*, step: Step, by: Actor) -> str:
    """Count every area anew."""
    step("清点各地区户数人数", None)
    count_all()
    return reverse("reports:overview")
