"""Door A: a run becomes warnings, suspected levels and cases, in one transaction: all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.clues import Opened, open_all
from shouwang.office.registry.actions.levels import publish_suspected
from shouwang.office.warnings.actions.publishing import publish

Step = Callable[[str, float | None], None]


@dataclass(frozen=True)
class Done:
    """What publishing a run did; `is_new` is false where it was published before, and nothing was changed."""

    is_new: bool
    opened: Opened


@transaction.atomic
def publish_run(run: Path, *, by: Actor, on: date, step: Step) -> Done:
    """Publish a run. The same run again changes nothing. Errors: those of `warnings.actions.publishing.publish`."""
    published = publish(run, by=by, on=on, step=step)
    if not published.is_new:
        return Done(is_new=False, opened=Opened())
    step("更新疑似级别", 0.85)
    publish_suspected(run, as_of=published.publication.as_of, by=by)
    step("建立线索", 0.95)
    return Done(is_new=True, opened=open_all(published.publication, by=by, on=on))
