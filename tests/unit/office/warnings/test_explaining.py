"""Why a household is warned: as `shouwang explain` says it, from the warning alone."""

from datetime import date
from decimal import Decimal

import pytest

from shouwang.office.warnings.actions.explaining import explain_all
from shouwang.office.warnings.actions.publishing import publish
from shouwang.office.warnings.models import Warning
from shouwang.office.warnings.queries.explaining import explanation, parts_of, why
from shouwang.office.warnings.queries.warnings import newest_of_household
from shouwang.policy import load
from shouwang.screening.explain import explain
from tests.unit.office.factories import actor
from tests.unit.office.small_city import altered, as_green

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 6)


@pytest.fixture
def publication(register, june):
    return publish(june, by=actor("analyst", "5301"), on=ON).publication


def newest():
    return newest_of_household(Warning.objects.filter(level__isnull=False).earliest("pk").household_id)


def test_explanation_is_the_one_of_the_screening(publication, june):
    for household in Warning.objects.filter(level__isnull=False).values_list("household_id", flat=True):
        warning = newest_of_household(household)
        assert explanation(warning) == explain(june, household, load("kunming-2020"))


def test_why_without_a_query_once_it_is_worked_out(publication, django_assert_num_queries):
    explain_all(publication.pk, step=lambda word, share: None)
    warning = newest()
    why(warning)
    with django_assert_num_queries(0):
        told = why(warning)
    assert "".join(part.text for part in told.parts) == warning.sentence
    assert "解除预警" in told.changes[-1]
    assert any(line.text for line in told.lines)


def test_what_would_change_is_worked_out_once_and_can_be_resumed(publication):
    waiting = Warning.objects.filter(changes__isnull=True).count()
    assert explain_all(publication.pk, step=lambda word, share: None) == waiting
    assert explain_all(publication.pk, step=lambda word, share: None) == 0
    assert newest().changes == [list(said) for said in explanation(newest()).changes]


def test_ruler_stands_between_the_lines_of_the_policy(publication):
    for warning in Warning.objects.filter(level__isnull=False).select_related("publication__policy"):
        ruler = why(warning).ruler
        if ruler:
            assert (ruler.poor, ruler.line) == (Decimal(4000), Decimal(6000))


def test_cleared_household_is_told_that_no_level_falls_by_itself(publication, june, tmp_path):
    home = newest().household_id
    later = altered(june, tmp_path / "run-b", lambda row: as_green(row) if row["household_id"] == home else row)
    publish(later, by=actor("analyst", "5301"), on=ON)
    told = why(newest_of_household(home))
    assert told.parts[0].text == "这次筛查没有规则成立；已认定的级别只能按程序消除。"
    assert (told.lines, told.changes, told.ruler) == ((), (), None)


def test_figures_stand_out():
    assert [(part.text, part.is_figure) for part in parts_of("净负担 9,340.00 元，达到 30%")] == [
        ("净负担 ", False),
        ("9,340.00 元", True),
        ("，达到 ", False),
        ("30%", True),
    ]
