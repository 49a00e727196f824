"""The words offices write, read once from spellings.yaml."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _all() -> dict[str, Any]:
    text = Path(__file__).with_name("spellings.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def words(part: str) -> dict[str, Any]:
    """One part of spellings.yaml."""
    return dict(_all()[part])
