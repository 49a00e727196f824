"""Where in the policy a mistake stands: the nearest line of code outside this room."""

import sys
from pathlib import Path
from types import FrameType

from shouwang.terms.errors import ProgrammingError

_ROOM = str(Path(__file__).parent)


def _is_outside(frame: FrameType) -> bool:
    name = frame.f_code.co_filename
    return not name.startswith(_ROOM) and not name.startswith("<")


def caller() -> str:
    """`file:line` of the innermost frame that is not of this room."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not _is_outside(frame):
        frame = frame.f_back
    return "?" if frame is None else f"{frame.f_code.co_filename}:{frame.f_lineno}"


def mistake(found: str, cure: str, *, at: str = "") -> ProgrammingError:
    """The error to raise, with what was found, what to do, and the file and line it stands in."""
    return ProgrammingError(f"{at or caller()}: {found} → {cure}")
