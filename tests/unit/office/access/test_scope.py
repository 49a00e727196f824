"""Scopes: what lies inside an area, and rows just outside it that could leak."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.office.access.models import Assignment
from shouwang.office.access.queries import account, accounts, assignments, holders
from shouwang.office.access.scope import WHOLE_COUNTRY, Scope
from shouwang.office.registry.models import Household
from tests.unit.office import factories

INSIDE = {
    "5301": ["530100000000", "530113102001", "530199999999"],
    "530113": ["530113000000", "530113102001", "530113999999"],
    "530113102": ["530113102000", "530113102999"],
    "530113102001": ["530113102001"],
}
OUTSIDE = {
    "5301": ["530099999999", "530200000000", "130113102001"],
    "530113": ["530112999999", "530114000000", "530128102201"],
    "530113102": ["530113101999", "530113103000"],
    "530113102001": ["530113102000", "530113102002"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", INSIDE)
def test_scope_holds_its_area_and_no_neighbour(prefix):
    for code in INSIDE[prefix] + OUTSIDE[prefix]:
        factories.household(code)
    found = Scope(prefix).filter(Household.objects).order_by("area_code").values_list("area_code", flat=True)
    assert list(found) == sorted(INSIDE[prefix])


@given(st.integers(0, 10**12 - 1), st.sampled_from([4, 6, 9, 12]), st.integers(0, 10**12 - 1))
def test_range_of_a_scope_is_its_prefix(area, digits, other):
    scope, code = Scope(f"{area:012d}"[:digits]), f"{other:012d}"
    bounds = dict(scope.q().children)
    first = bounds.get("area_code__gte", bounds.get("area_code"))
    last = bounds.get("area_code__lte", bounds.get("area_code"))
    assert (first <= code <= last) == scope.contains(code)


def test_narrowed_scope_never_widens():
    county = Scope("530113")
    assert county.narrowed("530113102") == Scope("530113102")
    assert county.narrowed("") == county
    assert [county.narrowed(code) for code in ("5301", "530128", "53011", "x")] == [None] * 4


def test_whole_country_holds_everything():
    assert WHOLE_COUNTRY.contains("110101001001")


@pytest.mark.django_db
def test_role_that_ended_yesterday_is_over_and_one_that_ends_tomorrow_is_not():
    user, _ = factories.account("village", factories.VILLAGE)
    today = date(2020, 7, 6)
    begun = {"user": user, "role": "township", "given_by": "system"}
    Assignment.objects.create(area_code="530113101", since=date(2020, 1, 1), until=date(2020, 7, 6), **begun)
    Assignment.objects.create(area_code="530113102", since=date(2020, 1, 1), until=date(2020, 7, 7), **begun)
    Assignment.objects.create(area_code="530113103", since=date(2020, 7, 7), **begun)
    held = [row.area_code for row in assignments(user, on=today)]
    assert held == [factories.VILLAGE, "530113102"]


@pytest.mark.django_db
def test_holders_are_those_of_exactly_this_area_whose_account_is_open():
    on = date(2020, 7, 6)
    factories.account("village", factories.VILLAGE, name="在任")
    gone, _ = factories.account("village", factories.VILLAGE, name="停用")
    gone.is_active = False
    gone.save()
    factories.account("village", factories.OTHER_VILLAGE, name="邻村")
    factories.account("township", factories.TANGDAN, name="乡镇")
    assert holders(factories.VILLAGE, "village", on=on) == ["在任"]


@pytest.mark.django_db
def test_accounts_of_a_county_are_those_with_a_role_inside():
    inside, _ = factories.account("village", factories.VILLAGE)
    of_county, _ = factories.account("county-decider", factories.DONGCHUAN)
    foreign, _ = factories.account("village", factories.FOREIGN_VILLAGE)
    of_city, _ = factories.account("administrator", "5301")
    scope = Scope(factories.DONGCHUAN)
    assert [row.user_id for row in accounts(scope)] == [of_county.pk, inside.pk]
    found = [account(scope, user.pk) for user in (inside, of_county, foreign, of_city)]
    assert found == [inside, of_county, None, None]
