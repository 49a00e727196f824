"""Door B whole: the register of a month and what visits found go back into the city."""

from collections.abc import Callable
from pathlib import Path

from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.casework.leaving import write_visits
from shouwang.office.warnings.actions.publishing import require_city_wide

Step = Callable[[str, float | None], None]


def leave(city: Path, month: str, *, by: Actor, step: Step) -> None:
    """Write CITY/registry/<month>/ and the visits of the month. Repeatable; only for the whole city."""
    from shouwang.office.registry.leaving import write_register

    if by.role != SYSTEM.role:
        require_city_wide(by)
    step("写登记册", 0.1)
    write_register(city, month, by=by, step=step)
    step("写入户核实", 0.9)
    write_visits(city, month, by=by)
