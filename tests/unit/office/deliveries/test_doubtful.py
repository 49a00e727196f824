"""Doubtful matches: masked, of the scope alone, settled once, kept where the next screening finds them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shouwang.office.access.scope import Scope
from shouwang.office.audit.models import Event
from shouwang.office.deliveries.actions.settling import settle
from shouwang.office.deliveries.forms.settling import SettleForm
from shouwang.office.deliveries.queries import doubtful
from shouwang.screening.linkage.decisions import Decision, Verdict, read_decisions
from shouwang.terms.errors import UserError
from tests.unit.office.factories import actor, client_of

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 6)
CITY = Scope("5301")
AS_OF = "2020-06-30"


def first(city):
    return doubtful.listed(CITY, city)[0]


def address(doubt):
    return reverse("deliveries:doubt", args=[doubt.as_of, doubt.number])


def answers(doubt, *words, seen=0):
    told = {f"person-{one.person_id}": word for one, word in zip(doubt.candidates, words, strict=False)}
    return {"fingerprint": doubt.fingerprint, "seen": seen, **told}


def test_list_holds_every_doubt_of_the_workbook_in_its_order(city):
    with CalamineWorkbook.from_path(city / "matching" / AS_OF / "doubtful.xlsx") as book:
        numbers = [int(row[0]) for row in book.get_sheet_by_name("存疑").to_python()[1:]]
    assert [one.number for one in doubtful.listed(CITY, city)] == list(dict.fromkeys(numbers)) != []


def test_names_and_numbers_are_masked_everywhere(city):
    client = client_of("analyst", "5301")
    with CalamineWorkbook.from_path(city / "matching" / AS_OF / "doubtful.xlsx") as book:
        rows = book.get_sheet_by_name("存疑").to_python()[1:]
    pages = client.get(reverse("deliveries:doubtful")).content + client.get(address(first(city))).content
    text = pages.decode()
    assert re.search(r"\d{17}", text.replace(first(city).fingerprint, "")) is None
    assert [row[9] for row in rows if row[9] and row[9] in text] == []


def test_county_sees_only_doubts_whose_candidates_all_live_there(city):
    counties = {one.area_code[:6] for doubt in doubtful.listed(CITY, city) for one in doubt.candidates}
    told = {county: doubtful.listed(Scope(county), city) for county in counties}
    assert {one.area_code[:6] for doubt in told[min(counties)] for one in doubt.candidates} == {min(counties)}
    foreign = next(doubt for county, found in told.items() if county != min(counties) for doubt in found)
    assert client_of("analyst", min(counties)).get(address(foreign)).status_code == 404


def test_settling_keeps_a_dated_file_and_an_event(city):
    doubt, by = first(city), actor("analyst", "5301")
    person = doubt.candidates[0].person_id
    settle(doubt, {person: Verdict.SAME}, city=city, seen=0, by=by, on=ON)
    assert read_decisions(city) == [Decision(doubt.datasets, doubt.fingerprint, person, Verdict.SAME, by.name, ON)]
    assert (city / "decisions" / "2020-07-06-1.csv").is_file()
    event = Event.objects.get(verb="decided")
    assert (event.household_id, event.after["decision"]) == (doubt.candidates[0].household_id, "同一人")
    assert doubt.number not in [one.number for one in doubtful.listed(CITY, city)]
    assert [one.number for one in doubtful.listed(CITY, city, is_settled=True)] == [doubt.number]


def test_second_person_to_settle_is_told_that_somebody_was_first(city):
    doubt = first(city)
    person = doubt.candidates[0].person_id
    settle(doubt, {person: Verdict.SAME}, city=city, seen=0, by=actor("analyst", "5301"), on=ON)
    with pytest.raises(UserError) as error:
        settle(doubt, {person: Verdict.OTHER}, city=city, seen=0, by=actor("analyst", "5301"), on=ON)
    assert error.value.found == "别人刚刚定过这一条"
    assert len(read_decisions(city)) == 1


def test_same_form_twice_keeps_one_decision(city):
    doubt = first(city)
    for _ in range(2):
        client_of("analyst", "5301").post(address(doubt), answers(doubt, "不是"))
    assert [one.decision for one in read_decisions(city)] == [Verdict.OTHER]


def test_two_people_cannot_be_the_same_one(city):
    doubt = first(city)
    two = replace(doubt, candidates=(doubt.candidates[0], replace(doubt.candidates[0], person_id="P-other")))
    both = dict.fromkeys((one.person_id for one in two.candidates), Verdict.SAME)
    form = SettleForm(answers(two, "同一人", "同一人"), doubt=two, seen=0)
    assert form.errors == {"__all__": ["同一条所交记录只能是一个人：只留一个“同一人”"]}
    with pytest.raises(UserError) as error:
        settle(two, both, city=city, seen=0, by=actor("analyst", "5301"), on=ON)
    assert error.value.found == "同一条所交记录定为两个人"
    assert read_decisions(city) == []


def test_nothing_chosen_is_told_at_the_form(city):
    response = client_of("analyst", "5301").post(address(first(city)), answers(first(city)))
    assert (response.status_code, read_decisions(city)) == (422, [])


def test_form_of_another_screening_is_refused(city):
    doubt = first(city)
    response = client_of("analyst", "5301").post(address(doubt), answers(doubt, "不是") | {"fingerprint": "0" * 64})
    assert response.status_code == 422
    assert reverse("deliveries:doubt", args=["2020-05-31", 1]) != address(doubt)
    assert client_of("analyst", "5301").get(reverse("deliveries:doubt", args=["2020-05-31", 1])).status_code == 404


def test_sight_of_a_doubt_is_recorded(city):
    doubt = first(city)
    client_of("analyst", "5301").get(address(doubt))
    homes = {one.household_id for one in doubt.candidates}
    assert set(Event.objects.filter(verb="seen").values_list("household_id", flat=True)) == homes


def test_city_without_doubts_says_so(city, settings, tmp_path):
    settings.CITY = str(tmp_path / "nowhere" / "city")
    assert "没有待定的存疑匹配" in client_of("analyst", "5301").get(reverse("deliveries:doubtful")).content.decode()


def test_pages_cost_a_known_number_of_queries(city, django_assert_num_queries):
    client = client_of("analyst", "5301")
    client.get(reverse("deliveries:doubtful"))
    with django_assert_num_queries(3):
        client.get(reverse("deliveries:doubtful"))
