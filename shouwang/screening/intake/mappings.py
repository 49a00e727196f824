"""Which header of a department is which column, once a person agreed: CITY/mappings/<dataset>.yaml.

version: 1
entries:
- {header: 身份证件号, column: id_number, agreed_by: 张某, agreed_on: 2020-06-18}
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Agreed:
    """One header a person agreed to."""

    header: str
    column: str
    agreed_by: str
    agreed_on: date


def load(city: Path, dataset: str) -> tuple[Agreed, ...]:
    """What was agreed for this dataset; nothing where nobody did. Errors: `DataError` for a file that cannot be read."""
    raise NotImplementedError


def agree(city: Path, dataset: str, header: str, *, column: str, by: str, on: date) -> None:
    """Remember it; an older entry of the same header gives way. Errors: `UserError` for a column the dataset lacks."""
    raise NotImplementedError
