"""The transition table as a page: `docs/office/casework.md` ends with it, and a test holds it there."""

from shouwang.office.casework.models import Procedure, State
from shouwang.office.casework.transitions import CLOCKS, HELPED, RECHECK, REMOVING, SIDE, TABLE, Transition

COLUMNS = ("procedure", "action", "from", "to", "permission", "needs", "leaves", "meets", "starts")
HEAD = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|\n"


def page() -> str:
    """The rows of the table in order, then the clock of every state, and those that run beside them."""
    rows = "".join(_row(row) for row in TABLE)
    clocks = "".join(f"| {_state(state)} | {clock.step} | {clock.holder} |\n" for state, clock in CLOCKS.items())
    beside = ", ".join(_state(state) for state in (*HELPED, *REMOVING))
    recheck = f"| {beside}: under a more severe warning | {RECHECK.step} | {RECHECK.holder} |\n"
    side = "".join(
        f"| {_started_by(clock.step)} | {clock.step} {clock.word} | {clock.holder} |\n" for clock in SIDE.values()
    )
    return f"{HEAD}{rows}\n| state | due next | held by |\n|---|---|---|\n{clocks}{recheck}{side}"


def _started_by(step: str) -> str:
    """Which actions start a clock beside the state."""
    return "beside the state, after " + ", ".join(row.action for row in TABLE if step in row.starts)


def _row(row: Transition) -> str:
    sources = ", ".join(_state(state) for state in row.sources)
    to = " or ".join(_state(state) for state in row.to) or "stays"
    needs = ", ".join(f"`{name}`" for name in row.needs)
    first = (Procedure(row.procedure).value, f"{row.action} {row.word}", sources, to, row.permission)
    return (
        "| "
        + " | ".join(str(cell or "—") for cell in (*first, needs, row.proof, row.meets, ", ".join(row.starts)))
        + " |\n"
    )


def _state(state: State) -> str:
    return f"{state.value} {state.label}"
