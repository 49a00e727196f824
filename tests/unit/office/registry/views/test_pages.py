"""Pages of the registry: what they do, who may, and that nobody sees a household of another area."""

import pytest
from django.urls import reverse

from shouwang.office.audit.models import Event
from shouwang.office.registry.models import Contradiction, FactSheet, Household, Membership, Person
from tests.unit.office.factories import FOREIGN_VILLAGE, TANGDAN, VILLAGE, client_of, household, person
from tests.unit.office.registry.factories import ID_NUMBER, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    made = household(phone="13812345678", phone_index="x")
    head = person(made, name="王一", id_number=ID_NUMBER)
    person(made, name="王二", relation="之子")
    Household.objects.filter(pk=made.pk).update(head_id=head.pk, head_name="王一")
    sheet(made, members=2, net_income=1_00)
    made.refresh_from_db()
    return made


@pytest.fixture
def village():
    return client_of("village", VILLAGE)


def disagreement(home):
    return Contradiction.objects.create(
        household=home, area_code=home.area_code, fact="members", rank=0, first_value="2",
        first_source="visits 2020-06", second_value="3", second_source="registry 2020-06",
    )  # fmt: skip


def pages(home):
    return [
        reverse("registry:fact", args=[home.pk, "members"]),
        reverse("registry:correct", args=[home.pk, "members"]),
    ]


def posts(home):
    someone = Membership.objects.filter(household=home).first()
    return [
        reverse("registry:settle", args=[disagreement(home).pk]),
        reverse("registry:reveal-id", args=[home.pk, someone.person_id]),
        reverse("registry:reveal", args=[home.pk, "phone"]),
    ]


def test_household_of_another_area_is_not_there(village):
    foreign = household(FOREIGN_VILLAGE)
    person(foreign)
    assert [village.get(url).status_code for url in pages(foreign)] == [404] * 2
    assert [village.post(url, {"side": "first"}).status_code for url in posts(foreign)] == [404] * 3
    assert Event.objects.filter(verb="revealed").count() == 0


def test_auditor_sees_history_but_changes_nothing(home):
    auditor = client_of("auditor", TANGDAN[:6])
    assert [auditor.get(url).status_code for url in pages(home)] == [200, 403]
    assert [auditor.post(url).status_code for url in posts(home)] == [403] * 3


def test_correction_is_kept_with_its_source(home, village):
    url = reverse("registry:correct", args=[home.pk, "net_income"])
    assert village.post(url, {"value": "31692.50", "as_of": "2020-07-01", "source": "工资单"}).status_code == 302

    assert FactSheet.objects.get(pk=home.pk).net_income == 31_692_50
    history = village.get(reverse("registry:fact", args=[home.pk, "net_income"])).content.decode()
    assert ("31,692.50 元" in history, "工资单" in history) == (True, True)


def test_value_that_cannot_be_read_is_told_at_the_field(home, village):
    url = reverse("registry:correct", args=[home.pk, "net_income"])
    answer = village.post(url, {"value": "很多", "as_of": "2020-07-09", "source": ""})
    text = answer.content.decode()
    assert (answer.status_code, "家庭纯收入不能这样写" in text, "日期在今天之后" in text) == (422, True, True)


def test_set_has_no_correction(home, village):
    assert village.get(reverse("registry:correct", args=[home.pk, "support"])).status_code == 404
    assert village.get(reverse("registry:fact", args=[home.pk, "no-fact"])).status_code == 404


def test_one_tap_settles(home, village):
    row = disagreement(home)
    url = reverse("registry:settle", args=[row.pk])

    assert village.post(url, {"side": "second", "back": "inbox"}).url == reverse("registry:contradictions")
    assert FactSheet.objects.get(pk=home.pk).members == 3
    assert village.post(url, {"side": "first"}).status_code in (400, 409, 422)


def test_inbox_lists_the_area_only(home, village):
    disagreement(home)
    disagreement(household(FOREIGN_VILLAGE, head_name="外人"))
    text = village.get(reverse("registry:contradictions")).content.decode()
    assert ("王一" in text, "外人" in text, "以登记册 2020-06为准：3 人" in text) == (True, False, True)


def test_revealing_leaves_an_event_and_never_the_value(home, village):
    someone = Person.objects.get(name="王一")
    answer = village.post(reverse("registry:reveal-id", args=[home.pk, someone.pk]), headers={"HX-Request": "true"})
    phone = village.post(reverse("registry:reveal", args=[home.pk, "phone"]))

    assert answer.content.decode().strip() == f'<span class="num" tabindex="-1" autofocus>{ID_NUMBER}</span>'
    page = village.get(reverse("household", args=[home.pk])).content.decode()
    assert ("138****5678" in page, "13812345678" in page) == (True, False)
    assert ("13812345678" in phone.content.decode(), phone["Cache-Control"]) == (
        True, "max-age=0, no-cache, no-store, must-revalidate, private",
    )  # fmt: skip
    events = Event.objects.filter(verb="revealed").order_by("id").values_list("after", flat=True)
    assert list(events) == [{"field": "id_number", "reason": ""}, {"field": "phone", "reason": ""}]


def test_revealing_takes_a_post_and_a_known_field(home, village):
    assert village.get(reverse("registry:reveal", args=[home.pk, "phone"])).status_code == 405
    assert village.post(reverse("registry:reveal", args=[home.pk, "head_name"])).status_code == 404


def test_sight_of_a_page_leaves_an_event(home, village):
    village.get(reverse("registry:fact", args=[home.pk, "members"]))
    assert Event.objects.get(verb="seen").household_id == home.pk
