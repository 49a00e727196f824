"""The transition table as a page: `docs/office/casework.md` ends with it, and a test holds it there."""

from shouwang.office.casework.models import Procedure, State
from shouwang.office.casework.transitions import CLOCKS, HELPED, RECHECK, REMOVING, TABLE, Transition

HEAD = "| procedure | action | from | to | permission | needs | leaves | meets |\n|---|---|---|---|---|---|---|---|\n"


def page() -> str:
    """The rows of the table in order, then the clock of every state, and the one that runs beside them."""
    rows = "".join(_row(row) for row in TABLE)
    clocks = "".join(f"| {_state(state)} | {clock.step} | {clock.holder} |\n" for state, clock in CLOCKS.items())
    beside = ", ".join(_state(state) for state in (*HELPED, *REMOVING))
    recheck = f"| {beside}: under a more severe warning | {RECHECK.step} | {RECHECK.holder} |\n"
    return f"{HEAD}{rows}\n| state | due next | held by |\n|---|---|---|\n{clocks}{recheck}"


def _row(row: Transition) -> str:
    sources = ", ".join(_state(state) for state in row.sources)
    to = " or ".join(_state(state) for state in row.to) or "stays"
    needs = ", ".join(f"`{name}`" for name in row.needs)
    first = (Procedure(row.procedure).value, f"{row.action} {row.word}", sources, to, row.permission)
    return "| " + " | ".join(str(cell or "—") for cell in (*first, needs, row.proof, row.meets)) + " |\n"


def _state(state: State) -> str:
    return f"{state.value} {state.label}"
