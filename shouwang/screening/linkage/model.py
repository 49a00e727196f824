"""The figures of a linkage: how often each level is seen among pairs of one person, and among pairs of two."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shouwang.screening.linkage.comparisons import Comparison

PEOPLE = Path(__file__).with_name("models") / "people-1.json"
"""The model of the screening."""
RAREST = 1e-7
"""No level is taken to be rarer than this among pairs of two people, however few of them were looked at."""


@dataclass(frozen=True)
class Model:
    """The figures of every comparison, and how probable a pair is before anything is compared."""

    prior: float
    levels: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    """Comparison → level → (m, u)."""
    version: str = ""

    def applied_to(self, comparisons: list[Comparison]) -> list[Comparison]:
        """These comparisons with this model's figures; a level it does not know keeps its own."""
        return [replace(c, levels=self._figured(c)) for c in comparisons]

    def _figured(self, comparison: Comparison) -> tuple[Any, ...]:
        known = self.levels.get(comparison.key, {})
        return tuple(
            replace(level, m=known[level.key][0], u=known[level.key][1]) if level.key in known else level
            for level in comparison.levels
        )


def load_model(path: Path = PEOPLE) -> Model:
    """A model as saved. The file also tells how it was made and what it measured."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    levels = {
        comparison: {level: (figures["m"], figures["u"]) for level, figures in of.items()}
        for comparison, of in saved["comparisons"].items()
    }
    return Model(saved["prior"], levels, saved["version"])


def as_saved(model: Model) -> dict[str, Any]:
    """The model as a file holds it."""
    comparisons = {
        comparison: {level: {"m": m, "u": u} for level, (m, u) in of.items()} for comparison, of in model.levels.items()
    }
    return {"version": model.version, "prior": model.prior, "comparisons": comparisons}
