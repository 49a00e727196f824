"""Door B: what visits found, as the screening reads it."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.office.casework.leaving import SCHEMA, write_visits
from shouwang.office.casework.models import State, Visit, VisitFinding
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import case_in
from tests.unit.office.factories import actor

pytestmark = pytest.mark.django_db
JUNE = date(2020, 6, 24)
OTHERS = {
    "household_id": "H1",
    "fact": "fed_and_clothed",
    "value": "yes",
    "as_of": date(2020, 6, 1),
    "recorded_on": date(2020, 6, 2),
    "source": "乡镇排查",
}


@pytest.fixture
def analyst():
    return actor("analyst", "5301")


def _found(recorded_on: date, *pairs: tuple[str, str]) -> str:
    case = case_in(State.VISITED)
    visit = Visit.objects.create(
        case=case, procedure="inclusion", on=JUNE, visitors=["张一", "李二"], recorded_by="1", recorded_by_name="测试"
    )
    for fact, value in pairs:
        VisitFinding.objects.create(
            visit=visit,
            household_id=case.household_id,
            fact=fact,
            value=value,
            as_of=JUNE,
            recorded_on=recorded_on,
        )
    return case.household_id


def _city(tmp_path: Path) -> Path:
    (tmp_path / "extracts" / "visits").mkdir(parents=True)
    return tmp_path


def test_visits_of_a_month_leave(analyst, tmp_path) -> None:
    home = _found(JUNE, ("housing_grade", "C"), ("net_income", "31692.00"))
    _found(date(2020, 7, 1), ("housing_grade", "A"))
    target = write_visits(_city(tmp_path), "2020-06", by=analyst)
    assert target.name == "2020-06.parquet"
    row = {"household_id": home, "as_of": JUNE, "recorded_on": JUNE, "source": "守望入户"}
    assert pq.read_table(target).to_pylist() == [
        {**row, "fact": "housing_grade", "value": "C"},
        {**row, "fact": "net_income", "value": "31692.00"},
    ]


def test_visits_twice_are_the_same_and_others_stay(analyst, tmp_path) -> None:
    _found(JUNE, ("housing_grade", "C"))
    city = _city(tmp_path)
    target = city / "extracts" / "visits" / "2020-06.parquet"
    pq.write_table(pa.Table.from_pylist([OTHERS], schema=SCHEMA), target)
    write_visits(city, "2020-06", by=analyst)
    first = pq.read_table(target).to_pylist()
    write_visits(city, "2020-06", by=analyst)
    assert pq.read_table(target).to_pylist() == first
    assert [row["source"] for row in first] == ["乡镇排查", "守望入户"]
    assert sorted(path.name for path in target.parent.iterdir()) == ["2020-06.parquet"]


@pytest.mark.parametrize(("month", "found"), [("2020-13", "月份看不懂"), ("六月", "月份看不懂")])
def test_visits_of_no_month_are_refused(analyst, tmp_path, month, found) -> None:
    with pytest.raises(UserError) as told:
        write_visits(_city(tmp_path), month, by=analyst)
    assert told.value.found == found


def test_visits_into_no_city_are_refused(analyst, tmp_path) -> None:
    with pytest.raises(UserError) as told:
        write_visits(tmp_path, "2020-06", by=analyst)
    assert told.value.found == "这个文件夹不是一座城的数据"
