"""The composed pages: what they tell, to whom, and with how many queries."""

import pytest
from django.utils.translation import override

from shouwang.office.audit.models import Event
from shouwang.office.desk.queries import policies
from shouwang.office.web.places import short_place
from tests.unit.office.casework.factories import case_in, home_with
from tests.unit.office.factories import FOREIGN_VILLAGE, OTHER_VILLAGE, TANGDAN, VILLAGE, client_of

pytestmark = pytest.mark.django_db


def test_first_page_of_a_cadre_is_the_day():
    case_in("assigned", home=home_with(name="王小明"))
    page = client_of("village", VILLAGE).get("/").content.decode()
    assert "王小明户" in page
    assert "记录入户" in page


@pytest.mark.parametrize(
    ("role", "area", "target"),
    [
        ("leader", "5301", "/reports/"),
        ("liaison", "5301", "/deliveries/"),
        ("auditor", "5301", "/audit/"),
        ("policy-officer", "5301", "/policies/"),
        ("administrator", "5301", "/accounts/"),
    ],
)
def test_first_page_of_others_is_what_their_role_is_for(role, area, target):
    assert client_of(role, area).get("/").headers["Location"] == target


def test_day_tells_of_the_own_area_alone():
    case_in("assigned", home=home_with(name="王小明"))
    case_in("assigned", home=home_with(OTHER_VILLAGE, name="赵大山"))
    page = client_of("village", VILLAGE).get("/today/").content.decode()
    assert "王小明户" in page
    assert "赵大山" not in page


def test_day_costs_the_same_queries_for_one_case_and_for_many(django_assert_num_queries):
    client = client_of("township", TANGDAN)
    case_in("noticed")
    client.get("/today/")
    with django_assert_num_queries(11):
        client.get("/today/")
    for _ in range(5):
        case_in("noticed")
    with django_assert_num_queries(11):
        client.get("/today/")


def test_household_page_leaves_an_event_and_costs_a_known_number_of_queries(django_assert_num_queries):
    case = case_in("visited")
    client = client_of("village", VILLAGE)
    client.get("/today/")
    with django_assert_num_queries(25):
        answer = client.get(f"/households/{case.household_id}/")
    assert answer.status_code == 200
    assert Event.objects.filter(verb="seen", household_id=case.household_id).count() == 1


def test_household_outside_is_as_if_it_were_not_there():
    foreign = home_with(FOREIGN_VILLAGE)
    client = client_of("village", VILLAGE)
    assert client.get(f"/households/{foreign.pk}/").status_code == 404
    assert client.get("/households/H99999999999/").status_code == 404
    assert not Event.objects.filter(verb="seen").exists()


def test_list_of_households_keeps_to_the_area_whatever_is_asked_for():
    home_with(VILLAGE, name="王小明")
    home_with(FOREIGN_VILLAGE, name="赵大山")
    client = client_of("village", VILLAGE)
    page = client.get("/households/", {"state": "all"}).content.decode()
    assert "王小明" in page
    assert "赵大山" not in page
    assert "赵大山" not in client.get("/households/", {"state": "all", "area": FOREIGN_VILLAGE}).content.decode()


def test_list_of_households_costs_the_same_queries_for_one_row_and_for_many(django_assert_num_queries):
    client = client_of("village", VILLAGE)
    home_with()
    client.get("/households/", {"state": "all"})
    for rows in (1, 6):
        with django_assert_num_queries(4):
            client.get("/households/", {"state": "all"})
        for _ in range(rows):
            home_with()


def test_search_finds_by_name_in_the_area_and_records_no_text():
    home_with(VILLAGE, name="王小明")
    home_with(FOREIGN_VILLAGE, name="王小明")
    page = client_of("village", VILLAGE).post("/households/find/", {"text": "王小明"}).content.decode()
    assert page.count("找到 1 户") == 1
    event = Event.objects.get(verb="searched")
    assert event.after == {"found": 1}
    assert "王小明" not in str(event.__dict__)


def test_fragment_of_the_list_is_given_to_htmx_alone():
    client = client_of("village", VILLAGE)
    assert "<html" in client.get("/households/").content.decode()
    fragment = client.get("/households/", headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert "HX-Request" in fragment.headers["Vary"]


def test_policy_is_shown_as_it_is_generated():
    page = client_of("policy-officer", "5301").get("/policies/kunming-2020/").content.decode()
    assert "<h2>规则 Rules</h2>" in page
    assert client_of("policy-officer", "5301").get("/policies/nowhere-1999/").status_code == 404


def test_search_for_a_village_leads_to_its_list_which_has_pages():
    answer = client_of("township", TANGDAN).post("/households/find/", {"text": short_place(VILLAGE)})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/households/?state=all&area={VILLAGE}")
    assert Event.objects.get(verb="searched").after == {"found": 1}
    found = client_of("township", FOREIGN_VILLAGE[:9]).post("/households/find/", {"text": short_place(VILLAGE)})
    assert "您的范围内没有" in found.content.decode()


@pytest.mark.parametrize(
    ("areas", "shown", "selects"),
    [
        (["530113"], ["王小明", "赵大山"], 2),
        (["530113", TANGDAN, VILLAGE], ["王小明"], 3),
        (["530128", TANGDAN, VILLAGE], [], 2),
        (["", TANGDAN, VILLAGE], ["王小明", "赵大山"], 1),
    ],
)
def test_list_of_households_narrows_step_by_step_to_a_village(areas, shown, selects):
    home_with(name="王小明")
    home_with(OTHER_VILLAGE, name="赵大山")
    page = client_of("auditor", "5301").get("/households/", {"state": "all", "area": areas}).content.decode()
    assert [name for name in ("王小明", "赵大山") if name in page] == shown
    assert page.count('<select name="area"') == selects


def test_day_of_who_holds_no_case_has_no_empty_list():
    assert "今天没有到期的事" not in client_of("analyst", "530113").get("/today/").content.decode()
    assert "今天没有到期的事" in client_of("village", VILLAGE).get("/today/").content.decode()


def test_policy_page_is_in_one_language_and_folds_what_is_looked_up():
    page = client_of("policy-officer", "5301").get("/policies/kunming-2020/").content.decode()
    assert [word in page for word in ("条件: 人均纯收入", "Condition: net income", "<th>English</th>")] == [
        True,
        False,
        False,
    ]
    assert page.count("<details><summary><h2>") == 2
    with override("en"):
        english = policies.page("kunming-2020")
    assert [word in english for word in ("条件: 人均纯收入", "Condition: net income", "<th>中文</th>")] == [
        False,
        True,
        False,
    ]
