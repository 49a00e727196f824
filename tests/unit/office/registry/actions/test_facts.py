"""Recording facts and settling contradictions."""

from datetime import date

import pytest

from shouwang.office.audit.models import Event
from shouwang.office.registry.actions import facts
from shouwang.office.registry.actions.contradictions import settle
from shouwang.office.registry.evidence import evidence
from shouwang.office.registry.models import Contradiction, FactChange, FactSheet
from shouwang.terms.errors import UserError
from tests.unit.office.factories import TODAY, VILLAGE, actor, household
from tests.unit.office.registry.factories import sheet

pytestmark = pytest.mark.django_db
DAY = date(2020, 7, 1)


@pytest.fixture
def by():
    return actor("village", VILLAGE)


@pytest.fixture
def home():
    made = household()
    sheet(made, net_income=24_000_00, income_age_months=9, water_safe=True)
    return made


def now(home):
    return FactSheet.objects.select_related("batch").get(pk=home.pk)


def test_value_replaces_and_says_what_it_replaced(home, by):
    facts.record(home, "housing_grade", "D", as_of=DAY, source="visit", by=by, on=TODAY)

    change = FactChange.objects.get()
    assert (change.value, change.source, change.replaced_value, change.replaced_source) == (
        "D", "visits 2020-07", None, "housing 2020-06",
    )  # fmt: skip
    assert (now(home).housing_grade, evidence(now(home), "housing_grade")) == ("D", ("2020-07-01", "visits 2020-07"))
    assert Event.objects.get(verb="changed").after["value"] == "D"
    assert Contradiction.objects.count() == 0


def test_same_value_again_changes_nothing(home, by):
    facts.record(home, "housing_grade", "D", as_of=DAY, source="visit", by=by)

    assert facts.record(home, "housing_grade", "D", as_of=DAY, source="visit", by=by) is None
    assert FactChange.objects.count() == 1


def test_what_was_seen_on_one_day_takes_as_many_queries_as_one_value(home, by, django_assert_num_queries):
    """The sheet, what was verified before, the sheet again, changes, events; two for the savepoint."""
    told = {"housing_grade": "D", "fed_and_clothed": "no", "water_safe": "yes", "idle_months": "3"}
    with django_assert_num_queries(7):
        facts.record_all(home, {"labour_units": "1"}, as_of=DAY, source="visit", by=by, on=TODAY)
    with django_assert_num_queries(7):
        changes = facts.record_all(home, told, as_of=DAY, source="visit", by=by, on=TODAY)
    assert [change.fact for change in changes] == list(told)
    assert list(Event.objects.order_by("id").values_list("subject_id", flat=True)) == ["labour_units", *told]
    assert FactChange.objects.count() == 5


@pytest.mark.parametrize(("value", "opened"), [("19200", 0), ("19199.99", 1)])
def test_contradiction_opens_beyond_a_fifth_of_the_larger(home, by, value, opened):
    facts.record(home, "net_income", value, as_of=DAY, source="visit", by=by)

    assert Contradiction.objects.filter(kept="", rank=0, area_code=VILLAGE).count() == opened
    assert now(home).income_age_months == 0


def test_newer_visit_follows_an_older_one_without_contradiction(home, by):
    facts.record(home, "water_safe", "no", as_of=DAY, source="visit", by=by)
    Contradiction.objects.all().delete()
    facts.record(home, "water_safe", "yes", as_of=date(2020, 7, 2), source="visit", by=by)

    assert (now(home).water_safe, Contradiction.objects.count()) == (True, 0)


def test_older_visit_does_not_replace_a_newer_one(home, by):
    facts.record(home, "fed_and_clothed", "yes", as_of=DAY, source="visit", by=by)

    assert facts.record(home, "fed_and_clothed", "no", as_of=date(2020, 6, 1), source="visit", by=by) is None
    assert now(home).fed_and_clothed is True
    assert Contradiction.objects.get().second_value == "no"


def test_value_that_cannot_be_read_is_refused(home, by):
    with pytest.raises(UserError, match="家庭纯收入不能这样写"):
        facts.record(home, "net_income", "很多", as_of=DAY, source="visit", by=by)


def test_set_cannot_be_verified(home, by):
    with pytest.raises(UserError, match="不由入户核实"):
        facts.record(home, "support", "低保", as_of=DAY, source="visit", by=by)


def test_future_day_is_refused(home, by):
    with pytest.raises(UserError, match="日期在今天之后"):
        facts.record(home, "members", "3", as_of=date(2020, 7, 7), source="visit", by=by, on=TODAY)


def test_household_without_a_sheet_gets_one(by):
    facts.record(bare := household(), "members", "3", as_of=DAY, source="visit", by=by)

    assert (FactSheet.objects.get(pk=bare.pk).members, FactSheet.objects.get(pk=bare.pk).net_income) == (3, None)


@pytest.fixture
def contradiction(home, by):
    facts.record(home, "water_safe", "no", as_of=DAY, source="visit", by=by)
    return Contradiction.objects.get()


def test_settling_for_the_second_side_writes_its_value(home, by, contradiction):
    settle(contradiction, "second", by=by, on=TODAY)

    assert (now(home).water_safe, evidence(now(home), "water_safe")) == (True, ("2020-06-30", "核实"))
    assert FactChange.objects.order_by("id").last().is_verified
    contradiction.refresh_from_db()
    assert (contradiction.kept, contradiction.settled_by) == ("second", by.user_id)


def test_settling_for_the_first_side_leaves_the_value(home, by, contradiction):
    settle(contradiction, "first", by=by, on=TODAY)

    assert (now(home).water_safe, FactChange.objects.count()) == (False, 1)


def test_settled_contradiction_cannot_be_settled_again(by, contradiction):
    settle(contradiction, "first", by=by, on=TODAY)

    with pytest.raises(UserError, match="已经有人定了"):
        settle(contradiction, "second", by=by, on=TODAY)


def test_side_that_is_none_is_refused(by, contradiction):
    with pytest.raises(UserError, match="没有选"):
        settle(contradiction, "third", by=by, on=TODAY)


def test_value_seen_years_ago_is_refused(home, by):
    facts.record(home, "housing_grade", "C", as_of=date(2017, 7, 6), source="鉴定书", by=by, on=TODAY)
    with pytest.raises(UserError) as told:
        facts.record(home, "housing_grade", "D", as_of=date(2017, 7, 5), source="鉴定书", by=by, on=TODAY)
    assert told.value.found == "日期 2017-07-05 太早，最早可以是 2017-07-06"
    assert FactChange.objects.count() == 1
