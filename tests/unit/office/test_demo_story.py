"""The demo's household that gets worse: included before any file knew of it, then warned more severely by the files."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.cli.demo_runs import newly_warned
from shouwang.cli.demo_story import QUICK, included_before_the_files_knew
from shouwang.office.casework.models import Authorisation, Case, Measure
from tests.unit.office.casework.factories import fresh, home_with, warned_again
from tests.unit.office.factories import DONGCHUAN, VILLAGE

JUNE_PUBLISHED = date(2020, 7, 6)


def _run(folder: Path, levels: dict[str, int | None], area: str = VILLAGE) -> Path:
    folder.mkdir()
    rows = [{"household_id": home, "area_code": area, "level": level} for home, level in levels.items()]
    schema = pa.schema([("household_id", pa.string()), ("area_code", pa.string()), ("level", pa.int8())])
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "verdicts.parquet")
    return folder


def test_newly_warned_are_worse_than_the_mildest_and_were_not_warned(tmp_path: Path) -> None:
    may = _run(tmp_path / "may", {"mild": None, "same": 3, "green": 5, "new": None, "was-mild": 4})
    june = _run(tmp_path / "june", {"mild": 4, "same": 3, "green": 2, "new": 3, "was-mild": 1, "born": 1})
    assert newly_warned(may, june, within=DONGCHUAN) == ["born", "green", "new"]
    assert newly_warned(may, june, within="530128") == []


@pytest.mark.django_db
def test_household_of_the_story_is_asked_about_once_its_files_say_more() -> None:
    home = home_with()
    included_before_the_files_knew([home.pk])
    case = Case.objects.get(household=home)
    assert (case.state, case.origin, case.confirmed_level) == ("in-help", "declaration", 4)
    assert (case.opened_on, case.included_on) == (date(2020, 6, 22), QUICK.decided)
    assert Authorisation.objects.get().why_not == "家里刚出事，改日再签"
    assert Measure.objects.filter(case=case, status="running").count() == 1
    case = warned_again(case, level=3, on=JUNE_PUBLISHED)
    assert (case.recheck_level, case.recheck_due_on, fresh(case).confirmed_level) == (3, date(2020, 7, 21), 4)


@pytest.mark.django_db
def test_nothing_is_told_where_nobody_is_newly_warned() -> None:
    included_before_the_files_knew([])
    assert not Case.objects.exists()
