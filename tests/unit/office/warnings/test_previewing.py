"""A preview says what publishing then does, inside the scope and nowhere else."""

from collections import Counter
from datetime import date

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.registry.models import Household
from shouwang.office.warnings.actions.publishing import publish
from shouwang.office.warnings.actions.suppressing import suppress
from shouwang.office.warnings.models import Warning
from shouwang.office.warnings.queries import runs
from shouwang.office.warnings.queries.preview import preview
from tests.unit.office.factories import actor
from tests.unit.office.small_city import altered, as_level, rows_of

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 6)
CITY = Scope("5301")


def warned(run):
    return [row for row in rows_of(run) if row["level"] and row["level"] <= 4]


def test_preview_counts_households_and_people_as_publishing_will(register, june):
    shown = preview(CITY, runs.read(june), on=ON)
    rows = warned(june)
    assert shown.total["new"] == (len(rows), sum(row["members"] for row in rows))
    assert shown.total["visits"] == shown.total["new"]
    told = publish(june, by=actor("analyst", "5301"), on=ON)
    assert len(told.clues) == shown.total["visits"][0]
    assert told.publication.counts["clue_people"] == shown.total["visits"][1]
    assert told.publication.counts["to_verify"] == shown.total["to_verify"][0]


def test_rows_of_a_preview_add_up_by_county_town_and_village(register, june):
    run = runs.read(june)
    counties = Counter(row["area_code"][:6] for row in warned(june))
    shown = preview(CITY, run, on=ON)
    assert {row.area_code: row.counts["new"][0] for row in shown.rows if "new" in row.counts} == counties
    county = next(iter(counties))
    towns = Counter(row["area_code"][:9] for row in warned(june) if row["area_code"].startswith(county))
    inside = preview(CITY, run, on=ON, area=county)
    assert {row.area_code: row.counts["new"][0] for row in inside.rows if "new" in row.counts} == towns
    assert inside.total["new"][0] == counties[county]


def test_county_sees_its_own_preview_only(register, june):
    counties = sorted({row["area_code"][:6] for row in warned(june)})
    own, foreign = counties[0], counties[1]
    for asked in ("", foreign):
        shown = preview(Scope(own), runs.read(june), on=ON, area=asked)
        assert shown.area == Scope(own)
        assert {row.area_code[:6] for row in shown.rows} == {own}


def test_preview_follows_suppressions_and_publications(register, june, tmp_path):
    run = runs.read(june)
    all_visits = preview(CITY, run, on=ON).total["visits"][0]
    home = Household.objects.get(pk=warned(june)[0]["household_id"])
    suppress(home, reason="已搬到县城，收入另有来源", until=date(2020, 12, 1), by=actor("analyst", "5301"), on=ON)
    held = preview(CITY, run, on=ON)
    assert (held.total["visits"][0], held.total["suppressed"][0]) == (all_visits - 1, 1)
    publish(june, by=actor("analyst", "5301"), on=ON)
    after = preview(CITY, run, on=ON)
    assert after.published is not None
    assert "new" not in after.total


def test_another_policy_is_stated(register, june, tmp_path):
    publish(june, by=actor("analyst", "5301"), on=ON)
    other = altered(june, tmp_path / "run-b", lambda row: as_level(row, 1) if row["level"] == 4 else row)
    text = (other / "manifest.json").read_text()
    (other / "manifest.json").write_text(text.replace("kunming-2020", "kunming-2021"))
    notes = preview(CITY, runs.read(other), on=ON).notes
    assert [note[:9] for note in notes] == ["上次发布用的政策是", "这次筛查所用政策的"]


def test_preview_is_kept_and_asks_little_the_second_time(register, june, django_assert_num_queries):
    run = runs.read(june)
    preview(CITY, run, on=ON)
    with django_assert_num_queries(6):
        preview(CITY, run, on=ON)
    assert Warning.objects.count() == 0
