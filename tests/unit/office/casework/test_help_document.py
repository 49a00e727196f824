"""docs/office/help.md names every rule and every criterion there is."""

import re
from datetime import date
from pathlib import Path

import pytest

from shouwang.office.casework.queries.help_faults import FAULTS
from shouwang.office.casework.queries.help_unmonitored import SAID
from shouwang.office.casework.queries.removal_criteria import eligibility
from tests.unit.office.casework.help_factories import in_help

TEXT = (Path(__file__).parents[4] / "docs/office/help.md").read_text(encoding="utf-8")


def _codes(heading: str) -> list[str]:
    section = TEXT.split(f"## {heading}")[1].split("\n## ")[0]
    return re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)


def test_document_names_every_fault_in_order() -> None:
    assert _codes("What speaks up") == [SAID.code, *(fault.code for fault in FAULTS)]


@pytest.mark.django_db
def test_document_names_every_criterion_in_order() -> None:
    assert _codes("Removal") == [criterion.code for criterion in eligibility(in_help(), date(2020, 7, 6)).criteria]
