"""From the labels of a household to its standing on the register."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from shouwang.terms.errors import ProgrammingError
from shouwang.terms.writing import plain

FILE = Path(__file__).parent / "household_types.yaml"
SILENT = "silent"


@cache
def _declared() -> dict[str, str]:
    """Label, as `terms.writing.plain` leaves it → standing. Errors: `ProgrammingError` for a label of two standings."""
    found: dict[str, str] = {}
    for standing, labels in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        for label in labels:
            if found.setdefault(plain(label), standing) != standing:
                raise ProgrammingError(f"household_types.yaml 里“{label}”写了两处 → 只留一处")
    return found


def said_by(label: str) -> str | None:
    """What one label says: exited, registered, general, or `silent`. Unknown: a label nobody declared."""
    return _declared().get(plain(label))


def standing_of(labels: Iterable[str]) -> str | None:
    """The standing all labels that say any agree on. Unknown: they say none, or disagree."""
    said = {said for label in labels if (said := said_by(label)) and said != SILENT}
    return said.pop() if len(said) == 1 else None
