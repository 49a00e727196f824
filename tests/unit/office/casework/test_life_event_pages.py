"""Pages of life events: what they do to the household and its case, and who may open them."""

import pytest
from django.urls import reverse

from shouwang.office.audit.models import Event
from shouwang.office.casework.forms.life_events import FORMS
from shouwang.office.casework.models import Case, State
from shouwang.office.registry.indexes import id_index
from shouwang.office.registry.models import Household, LifeEvent, Membership, Person
from tests.unit.office.casework.factories import case_in
from tests.unit.office.factories import DONGCHUAN, FOREIGN_VILLAGE, TANGDAN, VILLAGE, client_of, household, person
from tests.unit.office.registry.factories import ID_NUMBER, sheet

pytestmark = pytest.mark.django_db
OTHER_NUMBER = "530128199003073026"


@pytest.fixture
def home():
    made = household()
    head = person(made, name="王一", id_number=ID_NUMBER)
    person(made, name="王二", relation="之子")
    Household.objects.filter(pk=made.pk).update(head_id=head.pk, head_name="王一")
    sheet(made, members=2, net_income=1_00)
    made.refresh_from_db()
    return made


@pytest.fixture
def village():
    return client_of("village", VILLAGE)


def pages(home):
    return [
        reverse("cases:events", args=[home.pk]),
        reverse("cases:event", args=[home.pk, "birth"]),
        reverse("cases:event-moving", args=[home.pk]),
        reverse("cases:event-undo-death", args=[home.pk]),
    ]


@pytest.mark.parametrize(
    ("role", "area", "found"),
    [
        ("township", TANGDAN, [200] * 4),
        ("village", VILLAGE, [200, 200, 200, 403]),
        ("auditor", DONGCHUAN, [403] * 4),
        ("township", FOREIGN_VILLAGE[:9], [404] * 4),
    ],
)
def test_pages_are_for_who_looks_after_the_area(home, role, area, found):
    client = client_of(role, area)
    assert [client.get(url).status_code for url in pages(home)] == found


def test_every_kind_has_a_form_that_shows(home, village):
    kinds = list(FORMS)
    found = [village.get(reverse("cases:event", args=[home.pk, kind])).status_code for kind in kinds]
    assert found == [200] * len(kinds)
    assert village.get(reverse("cases:event", args=[home.pk, "wedding"])).status_code == 404


def test_birth_is_recorded_once_per_form(home, village):
    url = reverse("cases:event", args=[home.pk, "birth"])
    sent = {"form_number": "1", "on": "2020-07-01", "name": "王小", "sex": "女", "relation": "之女", "note": ""}

    assert village.post(url, sent).status_code == 302
    again = village.post(url, sent)
    assert (again.status_code, LifeEvent.objects.count(), Person.objects.filter(name="王小").count()) == (422, 1, 1)
    assert "已经记过" in again.content.decode()


def test_faults_of_a_form_are_told_together_and_typed_text_stays(home, village):
    url = reverse("cases:event", args=[home.pk, "birth"])
    answer = village.post(
        url, {"form_number": "1", "on": "2020-07-09", "name": "王小", "id_number": "530113199001011234"}
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert [word in text for word in ("日期在今天之后", "证件号码校验不符", 'value="王小"')] == [True] * 3


def test_split_and_merge_through_their_forms(home, village):
    son = Person.objects.get(name="王二")
    split = {
        "form_number": "1",
        "on": "2020-07-01",
        "note": "",
        "leaving": [son.pk],
        "head_of_new": son.pk,
        "new_head": "",
    }
    village.post(reverse("cases:event", args=[home.pk, "split"]), split)
    new = Household.objects.exclude(pk=home.pk).get()
    merge = {"form_number": "2", "on": "2020-07-02", "note": "", "into": home.pk}
    village.post(reverse("cases:event", args=[new.pk, "merge"]), merge)

    new.refresh_from_db()
    assert (new.closed_as, Membership.objects.filter(household=home, until=None).count()) == ("merged", 2)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("death", {"person": "son", "new_head": ""}), ("married-out", {"person": "son", "new_head": ""}),
        ("moved-out", {"person": "whole", "new_head": ""}), ("new-head", {"person": "son"}), ("urban-hukou", {}),
        ("married-in", {"name": "李梅", "sex": "女", "relation": "之儿媳"}),
        ("moved-in", {"name": "李梅", "sex": "女", "relation": "其他", "id_number": ID_NUMBER}),
    ],
)  # fmt: skip
def test_other_kinds_through_their_forms(home, village, kind, more):
    Person.objects.filter(name="王一").update(id_index="")
    son = Person.objects.get(name="王二")
    given = {name: son.pk if value == "son" else value for name, value in more.items()}
    sent = {"form_number": "1", "on": "2020-07-01", "note": "", **given}

    assert village.post(reverse("cases:event", args=[home.pk, kind]), sent).status_code == 302
    assert LifeEvent.objects.get().kind == kind


def test_move_to_another_county_by_its_form(home, village):
    case = case_in(State.IN_HELP, home=home)
    page = reverse("cases:event-moving", args=[home.pk])
    assert FOREIGN_VILLAGE[:9] in village.get(page).content.decode()
    town = f"{page}?town={FOREIGN_VILLAGE[:9]}"
    assert FOREIGN_VILLAGE in village.get(town).content.decode()
    sent = {"form_number": "1", "on": "2020-07-01", "note": "", "to": FOREIGN_VILLAGE}

    answer = village.post(town, sent)

    assert (answer.status_code, answer.url) == (302, reverse("households"))
    there = client_of("village", FOREIGN_VILLAGE)
    seen = [reverse("household", args=[home.pk]), reverse("cases:one", args=[case.pk])]
    assert [village.get(url).status_code for url in seen] == [404, 404]
    assert [there.get(url).status_code for url in seen] == [200, 200]
    assert [(row.household_id, row.state) for row in Case.objects.filter(closed_on=None)] == [(home.pk, "in-help")]


@pytest.mark.parametrize("to", ["", "530128102", VILLAGE, "530128102999"])
def test_move_to_no_village_of_the_town_is_told_at_the_field(home, village, to):
    page = reverse("cases:event-moving", args=[home.pk]) + f"?town={FOREIGN_VILLAGE[:9]}"
    answer = village.post(page, {"form_number": "1", "on": "2020-07-01", "note": "", "to": to})
    assert (answer.status_code, LifeEvent.objects.count()) == (422, 0)


def test_death_is_taken_back_by_its_form(home):
    son = Person.objects.get(name="王二")
    township = client_of("township", TANGDAN)
    sent = {"form_number": "1", "on": "2020-07-01", "note": "", "person": son.pk, "new_head": ""}
    township.post(reverse("cases:event", args=[home.pk, "death"]), sent)
    page = reverse("cases:event-undo-death", args=[home.pk])
    assert "王二" in township.get(page).content.decode()
    again = {"form_number": "2", "on": "2020-07-02", "note": "", "person": son.pk}
    assert township.post(page, again).status_code == 422

    assert township.post(page, {**again, "note": "本人到场"}).status_code == 302

    assert Person.objects.get(pk=son.pk).died_on is None
    assert Membership.objects.filter(household=home, until=None).count() == 2
    assert "登记册没有记谁在这一户死亡" in township.get(page).content.decode()


def test_refusal_about_an_id_number_leaves_that_somebody_asked(home, village):
    """It may be of somebody who lives elsewhere."""
    elsewhere = person(household(FOREIGN_VILLAGE), name="赵六", id_number=OTHER_NUMBER, id_index=id_index(OTHER_NUMBER))
    sent = {"form_number": "f", "on": "2020-07-01", "name": "钱七", "sex": "女", "relation": "之儿媳", "note": ""}
    answer = village.post(reverse("cases:event", args=[home.pk, "married-in"]), sent | {"id_number": OTHER_NUMBER})
    page = answer.content.decode()
    assert (answer.status_code, "另一个姓名" in page, "赵六" in page, elsewhere.pk in page) == (422, True, False, False)
    event = Event.objects.get(verb="searched")
    assert (event.subject_kind, event.household_id, OTHER_NUMBER in str(event.after)) == ("person", home.pk, False)
