"""The figures of the model city, each with its source, read once from parameters.yaml."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray


@cache
def _all() -> dict[str, Any]:
    text = Path(__file__).with_name("parameters.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def figure(path: str) -> Any:
    """The figure at a dotted path, e.g. `income.mean`; its `value` where it has one."""
    found: Any = _all()
    for step in path.split("."):
        found = found[step]
    return found["value"] if isinstance(found, dict) and "value" in found else found


def by_register(path: str, on_register: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The figure of each household: `on` for registered ones, `off` for general ones."""
    found = figure(path)
    return np.where(on_register, found["registered"], found["general"]).astype(np.float64)
