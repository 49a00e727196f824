"""Work of casework in the background."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions import daily
from shouwang.office.casework.actions.leaving import leave
from shouwang.office.casework.actions.publishing import publish_run
from shouwang.office.web.calendar import today
from shouwang.office.web.jobs import Step, job, start
from shouwang.terms.errors import UserError


@job("publish-run")
def publishing(*, step: Step, by: Actor, run: str) -> str:
    """Publish a run by the name of its folder, beside the city."""
    publish_run(_beside_the_city(run), by=by, on=today(), step=step)
    start("count-areas", by=by)  # work of reports, a room above: known here by its name alone
    return reverse("warnings:list")


@job("leave-city")
def leaving(*, step: Step, by: Actor, month: str) -> str:
    """Write the register and the visits of a month into the city, for the next screening."""
    leave(Path(settings.CITY), month, by=by, step=step)
    return reverse("cases:leaving")


@job("daily-clocks")
def daily_clocks(*, step: Step, by: Actor, on: str = "") -> str:
    """The work of a day, asked for by hand. Safe to run again."""
    daily.run(on=date.fromisoformat(on) if on else today())
    return reverse("cases:list")


def _beside_the_city(run: str) -> Path:
    if not settings.CITY or Path(run).name != run or run.startswith("."):
        raise UserError(_("没有这次筛查"), _("从筛查列表里选一次"))
    return Path(settings.CITY).parent / run
