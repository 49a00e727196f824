"""What a visit asks: what was declared decides it, and anything else can be written down by choice."""

from datetime import date

import pytest

from shouwang.office.casework.actions import assigning, clues
from shouwang.office.casework.models import Case, VisitFinding
from shouwang.office.casework.needs import NEEDS
from shouwang.office.casework.queries import asking
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import fresh, home_with
from tests.unit.office.factories import VILLAGE, actor, client_of

pytestmark = pytest.mark.django_db
DAY = date(2020, 7, 6)


def _declared(*needs: str, home=None) -> Case:
    by = actor("village", VILLAGE)
    home = home or home_with(housing_grade="A", fed_and_clothed=True)
    declared = clues.Declared("declaration", "房子漏雨，修房两万多，借了钱", needs=needs)
    case = clues.open_declared(home.pk, declared, by=by, on=DAY)
    if case.state == "clue":
        assigning.assign(case.pk, village="张一", township="李二", by=by, on=DAY)
    return fresh(case)


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.code)
def test_facts_of_a_need_can_be_asked_at_the_door(need) -> None:
    assert [fact for fact in need.facts if asking._askable(fact) is None] == []
    assert need.facts


def test_declared_need_is_asked_though_the_office_knows_it() -> None:
    case = _declared("housing", "spending")
    asked = [row for row in asking.questions(case, on=DAY) if row.why == "declared"]
    grade = VOCABULARY["housing_grade"].options["A"][0]
    assert [(row.fact, row.said, row.known) for row in asked] == [
        ("housing_grade", f"记录为 {grade}", ""),
        ("expected_spending", "", ""),
    ]
    assert [value for value, _word in asked[0].choices] == ["A", "B", "C", "D"]


def test_nothing_declared_asks_what_is_unclear_alone() -> None:
    assert [row for row in asking.questions(_declared(), on=DAY) if row.why == "declared"] == []


def test_rest_can_be_written_down_by_choice_each_fact_once() -> None:
    case = _declared("housing")
    asked = asking.questions(case, on=DAY)
    rows = [row.fact for _word, questions in asking.by_choice(case, asked) for row in questions]
    assert sorted([*rows, *(row.fact for row in asked)]) == sorted({*rows, *(row.fact for row in asked)})
    assert {fact for need in NEEDS for fact in need.facts} <= {*rows, *(row.fact for row in asked)}


def test_need_joins_the_open_case_and_an_unknown_one_is_refused() -> None:
    case = _declared("housing")
    assert _declared("illness", "housing", home=case.household).declared_needs == ["housing", "illness"]
    with pytest.raises(UserError):
        _declared("gold")


def test_visit_page_asks_and_keeps_what_was_brought_up() -> None:
    case = _declared("housing")
    client = client_of("village", VILLAGE)
    page = client.get(f"/cases/{case.pk}/visit/").content.decode()
    assert "农户说到" in page
    assert "农户还说到的" in page
    person = case.household.memberships.get().person_id
    sent = {
        "on": "2020-07-06",
        "visitor_1": "张一",
        "visitor_2": "李二",
        "until": "2021-07-06",
        f"sign_{person}": "signed",
        "q_housing_grade": "D",
        "other_expected_spending": "20000",
        "other_school_spending": "3000",
    }
    answer = client.post(f"/cases/{case.pk}/visit/", sent)
    assert answer.status_code == 302
    assert dict(VisitFinding.objects.values_list("fact", "value")) == {
        "housing_grade": "D",
        "expected_spending": "20000.00",
        "school_spending": "3000.00",
    }


def test_clue_form_takes_kinds_of_need() -> None:
    home = home_with()
    sent = {"origin": "declaration", "how": "spoken", "text": "漏雨", "needs": ["housing", "spending"]}
    assert client_of("village", VILLAGE).post(f"/cases/declare/{home.pk}/", sent).status_code == 302
    assert Case.objects.get(household=home).declared_needs == ["housing", "spending"]
