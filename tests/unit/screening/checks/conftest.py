"""Cities made by importing lists, and what the checks say of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shouwang.areas import kunming
from shouwang.screening.checks.material import gather
from shouwang.screening.checks.run import Checked, check
from shouwang.screening.register_lists.importing import import_lists
from shouwang.terms.period import Month
from tests.support.national_lists import Lists

JUNE = date(2020, 6, 30)
CheckLists = Callable[[Lists], Checked]


def checked(city: Path, run: Path | None = None, as_of: date | None = None) -> Checked:
    scratch = city / ".scratch-test"
    scratch.mkdir(exist_ok=True)
    return check(gather(city, as_of, run), scratch)


def imported(city: Path, lists: Lists, month: str = "2020-06") -> Path:
    """The city with these lists as the register of a month."""
    import_lists(city, lists.write(city.parent / "delivered"), Month.parse(month), kunming())
    return city


def found(result: Checked) -> dict[str, list[str]]:
    """Household → the rules that found something there, in the order of the findings."""
    told: dict[str, list[str]] = {}
    for row in result.findings.to_pylist():
        told.setdefault(row["household_id"], []).append(row["rule"])
    return told


@pytest.fixture
def check_lists(tmp_path: Path) -> CheckLists:
    return lambda lists: checked(imported(tmp_path / "city", lists))
