"""Suppressions: dated, signed, with a reason, ended once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwang.office.access.scope import Scope
from shouwang.office.audit.models import Event
from shouwang.office.warnings.actions.suppressing import end, suppress
from shouwang.office.warnings.models import Suppression
from shouwang.office.warnings.queries import suppressions
from shouwang.terms.errors import UserError
from tests.unit.office.factories import FOREIGN_VILLAGE, actor, household

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 6)
REASON = "已搬到县城，收入另有来源"


def held(home, **more):
    given = {"reason": REASON, "until": ON + timedelta(30), "by": actor("analyst", "5301"), "on": ON}
    return suppress(home, **(given | more))


def test_suppression_is_signed_and_leaves_an_event():
    made = held(household())
    assert (made.since, made.until, made.signed_by_name != "") == (ON, ON + timedelta(30), True)
    assert Event.objects.get(subject_kind="suppression").household_id == made.household_id


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"until": ON}, "截止日不在今天之后"),
        ({"until": ON + timedelta(367)}, "暂不提醒最长一年"),
        ({"reason": "    搬走了    "}, "理由太短"),
    ],
)
def test_suppression_that_says_too_little_or_too_much_is_refused(more, found):
    with pytest.raises(UserError) as error:
        held(household(), **more)
    assert error.value.found == found
    assert Suppression.objects.count() == 0


def test_suppression_of_exactly_a_year_holds():
    assert held(household(), until=ON + timedelta(366)).until == date(2021, 7, 7)


def test_same_form_twice_makes_one():
    home, by = household(), actor("analyst", "5301")
    assert held(home, by=by) == held(home, by=by)
    assert Suppression.objects.count() == 1


def test_second_one_beside_one_in_force_is_refused_and_after_it_allowed():
    home = household()
    first = held(home)
    with pytest.raises(UserError) as error:
        held(home, reason="另一条完全不同的理由")
    assert error.value.found == "这一户已经暂不提醒"
    second = held(home, reason="另一条完全不同的理由", on=first.until, until=first.until + timedelta(9))
    first.refresh_from_db()
    assert (first.ended_on, first.ended_by, second.ended_on) == (first.until, "system", None)


def test_ended_once_by_whoever_is_first():
    made = held(household())
    assert end(made, by=actor("analyst", "5301"), on=ON + timedelta(3)).ended_on == ON + timedelta(3)
    with pytest.raises(UserError) as error:
        end(made, by=actor("analyst", "5301"), on=ON + timedelta(4))
    assert error.value.found == "这一条已经结束"


def test_list_shows_what_holds_inside_the_scope():
    mine, foreign, over = household(), household(FOREIGN_VILLAGE), household()
    kept = held(mine)
    held(foreign)
    end(held(over), by=actor("analyst", "5301"), on=ON)
    assert list(suppressions.listed(Scope("530113"), on=ON, only_in_force=True)) == [kept]
    assert suppressions.listed(Scope("530113"), on=ON).count() == 2
    assert suppressions.one(Scope("530113"), Suppression.objects.get(household=foreign).pk) is None


@pytest.mark.parametrize(
    "values",
    [{"until": ON}, {"reason": ""}, {"signed_by": ""}, {"ended_on": ON}, {"ended_by": "1"}],
)
def test_database_holds_the_rules_of_a_suppression(values):
    home = household()
    good = {"since": ON, "until": ON + timedelta(1), "reason": REASON, "signed_by": "1", "signed_by_name": "测试"}
    Suppression.objects.create(household=home, area_code=home.area_code, rule="a", **good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.create(household=home, area_code=home.area_code, rule="b", **(good | values))
