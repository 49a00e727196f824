"""The rates of damage, read once from rates.yaml, and how much of it is asked for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def rates() -> dict[str, Any]:
    """All of rates.yaml."""
    text = Path(__file__).with_name("rates.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


@dataclass(frozen=True)
class Damage:
    """How much damage a city gets."""

    files: float = 0.0
    """0 to 1: the share of files somebody has handled, and of the highest rates at which cells are spelled otherwise.
    All of it is lossless: the truth can be read from the file."""
    identities: float = 0.0
    """The share of rows about people whose name or id is wrong."""

    @property
    def is_none(self) -> bool:
        return self.files == 0 and self.identities == 0


def asked(files: float, identities: float | None) -> Damage:
    """What `--damage` and `--identities` ask for: damaged files have damaged identities too, unless told."""
    usual = rates()["identities"]["share"]["value"] if files > 0 else 0.0
    return Damage(files, usual if identities is None else identities)
