"""Two people sent to many clues of one village: all or none, once, inside the area."""

from datetime import date

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import assigning, batches
from shouwang.office.casework.actions.batches import BatchRefusedError, NotAllowed
from shouwang.office.casework.actions.moving import AlreadyDoneError, Sending
from shouwang.office.casework.models import Assignee, Case, FormNumber, State
from shouwang.office.casework.queries import people
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import OPENED, case_in, fresh, home_with
from tests.unit.office.factories import (
    DONGCHUAN,
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    VILLAGE,
    account,
    actor,
    client_of,
)

pytestmark = pytest.mark.django_db
NAMES = {"village": "张一", "township": "李二"}
PAGE = f"/cases/assigning/?area={VILLAGE}"


@pytest.fixture
def township():
    return actor("township", TANGDAN)


def _states(made: list[Case]) -> list[str]:
    return [fresh(case).state for case in made]


def test_two_are_sent_to_all(township) -> None:
    made = [case_in(State.CLUE) for _case in range(3)]
    batches.assign([case.pk for case in made], **NAMES, by=township, on=OPENED)
    assert _states(made) == ["assigned"] * 3
    assert [fresh(case).next_due_on for case in made] == [date(2020, 6, 28)] * 3
    assert set(Assignee.objects.values_list("side", "name", "since")) == {
        ("village", "张一", OPENED),
        ("township", "李二", OPENED),
    }
    assert Assignee.objects.count() == 6
    assert Event.objects.filter(subject_kind="case", verb="changed").count() == 3


@pytest.mark.parametrize("role", ["village", "township"])
def test_who_may_send_to_one_may_send_to_many(role) -> None:
    case = case_in(State.CLUE)
    batches.assign([case.pk], **NAMES, by=actor(role, {"village": VILLAGE, "township": TANGDAN}[role]), on=OPENED)
    assert fresh(case).state == "assigned"


@pytest.mark.parametrize("role", ["county-decider", "analyst", "auditor"])
def test_who_may_not_is_refused(role) -> None:
    case = case_in(State.CLUE)
    with pytest.raises(UserError) as told:
        batches.assign([case.pk], **NAMES, by=actor(role, DONGCHUAN), on=OPENED)
    assert (told.value.found, fresh(case).state) == ("您的角色不能办“派人”", "clue")
    assert client_of(role, DONGCHUAN).get("/cases/assigning/").status_code == 403


def test_with_one_that_is_not_allowed_nobody_is_sent(township) -> None:
    good, sent = case_in(State.CLUE), case_in(State.CLUE)
    foreign, gone = case_in(State.CLUE, area_code=FOREIGN_VILLAGE), 10**9
    assigning.assign(sent.pk, village="王三", township="赵四", by=township, on=OPENED)
    with pytest.raises(BatchRefusedError) as told:
        batches.assign([good.pk, sent.pk, foreign.pk, gone], **NAMES, by=township, on=OPENED)
    assert told.value.cases == (
        NotAllowed(foreign.pk, "没有，或不在您的范围内"),
        NotAllowed(gone, "没有，或不在您的范围内"),
        NotAllowed(sent.pk, "已经是“已派人”"),
    )
    assert _states([good, sent, foreign]) == ["clue", "assigned", "clue"]
    assert set(Assignee.objects.values_list("name", flat=True)) == {"王三", "赵四"}


def test_clues_of_two_villages_are_refused(township) -> None:
    made = [case_in(State.CLUE), case_in(State.CLUE, area_code=OTHER_VILLAGE)]
    with pytest.raises(BatchRefusedError) as told:
        batches.assign([case.pk for case in made], **NAMES, by=township, on=OPENED)
    assert told.value.cases == (NotAllowed(made[1].pk, "不在同一个村"),)
    assert _states(made) == ["clue", "clue"]


@pytest.mark.parametrize(("village", "sent"), [("张一", "张 一"), ("张一", " "), ("", "")])
def test_less_than_two_people_are_refused_with_one_sentence(township, village, sent) -> None:
    made = [case_in(State.CLUE) for _case in range(2)]
    with pytest.raises(UserError) as told:
        batches.assign([case.pk for case in made], village=village, township=sent, by=township, on=OPENED)
    assert (told.value.found, _states(made)) == ("要两个不同的人一起去", ["clue", "clue"])


@pytest.mark.parametrize("chosen", [[], list(range(1, 202))])
def test_none_or_too_many_are_refused(township, chosen) -> None:
    with pytest.raises(UserError) as told:
        batches.assign(chosen, **NAMES, by=township, on=OPENED)
    assert told.value.found == "没有选，或选得太多"


def test_same_form_twice_sends_once(township) -> None:
    case = case_in(State.CLUE)
    batches.assign([case.pk], **NAMES, by=township, on=OPENED, sending=Sending("f-1"))
    with pytest.raises(AlreadyDoneError):
        batches.assign([case.pk], **NAMES, by=township, on=OPENED, sending=Sending("f-1"))
    assert (Assignee.objects.count(), FormNumber.objects.count()) == (2, 1)


def test_form_that_claims_another_state_sends_nobody_again(township) -> None:
    case = case_in(State.ASSIGNED)
    with pytest.raises(BatchRefusedError):
        batches.assign([case.pk], **NAMES, by=township, on=OPENED, sending=Sending("f-1", "assigned"))


def test_villages_with_clues_inside_the_scope() -> None:
    for area in (VILLAGE, VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE):
        case_in(State.CLUE, area_code=area)
    case_in(State.ASSIGNED)
    case_in(State.CLUE, area_code=OTHER_VILLAGE, clock_from=date(2020, 6, 18), opened_on=date(2020, 6, 18))
    assert people.villages(Scope(TANGDAN), on=date(2020, 6, 23)) == [
        people.Waiting(OTHER_VILLAGE, clues=2, late=1, due_on=date(2020, 6, 19)),
        people.Waiting(VILLAGE, clues=2, late=0, due_on=date(2020, 6, 23)),
    ]
    assert people.villages(Scope(VILLAGE), on=OPENED)[0].area_code == VILLAGE


@pytest.mark.parametrize("area", [FOREIGN_VILLAGE, TANGDAN, "", "x", OTHER_VILLAGE[:11]])
def test_clues_are_of_one_village_inside_the_scope(area) -> None:
    for code in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE):
        case_in(State.CLUE, area_code=code)
    assert list(people.clues_of(Scope(TANGDAN), area)) == []


def test_offered_are_those_sent_last_then_those_with_an_account(township) -> None:
    account("village", VILLAGE, name="有账号")
    account("village", OTHER_VILLAGE, name="别村")
    for names in (("一", "甲"), ("二", "乙"), ("一", "丙")):
        assigning.assign(case_in(State.CLUE).pk, village=names[0], township=names[1], by=township, on=OPENED)
    elsewhere = case_in(State.CLUE, area_code=OTHER_VILLAGE)
    assigning.assign(elsewhere.pk, village="外村人", township="丁", by=township, on=OPENED)
    found = people.offered(VILLAGE, on=OPENED)
    assert found.village == ("一", "二", "有账号")
    assert found.township == ("丙", "乙", "甲", township.name)
    assert found.first == {"village": "一", "township": "丙"}
    assert people.offered(FOREIGN_VILLAGE, on=OPENED).first == {}


def test_page_of_a_village_offers_names_and_pins_its_queries(township, django_assert_num_queries) -> None:
    assigning.assign(case_in(State.CLUE).pk, **NAMES, by=township, on=OPENED)
    for area in (VILLAGE, VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE):
        case_in(State.CLUE, home=home_with(area, name=f"户{area}"))
    client = client_of("township", TANGDAN)
    client.get("/today/")
    with django_assert_num_queries(8):
        page = client.get(PAGE).content.decode()
    assert [page.count(f'aria-label="户{area}"') for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)] == [2, 0, 0]
    assert [f'value="{name}"' in page for name in NAMES.values()] == [True, True]
    for _case in range(5):
        case_in(State.CLUE)
    with django_assert_num_queries(8):
        client.get(PAGE)


def test_page_without_a_village_lists_villages() -> None:
    for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE):
        case_in(State.CLUE, area_code=area)
    client = client_of("township", TANGDAN)
    for address in ("/cases/assigning/", f"/cases/assigning/?area={FOREIGN_VILLAGE}", "/cases/assigning/?area=xx"):
        page = client.get(address).content.decode()
        assert [f'href="?area={area}"' in page for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)] == [
            True,
            True,
            False,
        ]
        assert 'name="chosen"' not in page
    assert 'name="chosen"' in client_of("village", VILLAGE).get("/cases/assigning/").content.decode()


def test_page_sends_all_or_nobody() -> None:
    made = [case_in(State.CLUE) for _case in range(2)]
    sent = case_in(State.ASSIGNED)
    client = client_of("township", TANGDAN)
    form = {**NAMES, "chosen": [made[0].pk, sent.pk], "form_number": "f-1", "expected": "clue"}
    answer = client.post(PAGE, form)
    page = answer.content.decode()
    assert (answer.status_code, _states(made)) == (409, ["clue", "clue"])
    assert "有 1 户不能这样办，所选的一户都没有办" in page
    assert f"№{sent.pk}</a> 已经是“已派人”" in page
    assert [f'value="{name}"' in page for name in NAMES.values()] == [True, True]
    assert page.count(" checked>") == 1
    good = {**form, "chosen": [case.pk for case in made]}
    for _time in range(2):
        assert client.post(PAGE, good).status_code == 302
    assert (_states(made), Assignee.objects.count()) == (["assigned", "assigned"], 4)
    page = client.get(PAGE).content.decode()
    assert [word in page for word in ("已办 2 户。", "这个村没有等着派人的线索。", "选别的村")] == [True] * 3


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        ({"chosen": []}, 422),
        ({"chosen": ["x", "-1", "²", "9" * 30]}, 422),
        ({"village": ""}, 422),
        ({"township": "名" * 81}, 422),
        ({"township": "张一"}, 409),
    ],
)
def test_page_with_bad_input_keeps_what_was_typed(spoil, status) -> None:
    case = case_in(State.CLUE)
    answer = client_of("township", TANGDAN).post(PAGE, {**NAMES, "chosen": [case.pk], **spoil})
    assert (answer.status_code, fresh(case).state) == (status, "clue")
    assert 'value="张一"' in answer.content.decode() or "village" in spoil


def test_page_of_a_large_village_is_paged_and_small() -> None:
    for number in range(130):
        home = home_with(name=f"户主名字{number}")
        home.hamlet = "上半山第十二村民小组"
        home.save()
        case_in(State.CLUE, home=home, sentence="近12个月医疗自付扣除理赔后很多，达到限额。" * 20)
    client = client_of("township", TANGDAN)
    answer = client.get(PAGE)
    page = answer.content.decode()
    assert (page.count('name="chosen"'), len(answer.content) < 200_000) == (100, True)
    assert client.get("/cases/assigning/?" + answer.context["page"].next).content.decode().count('name="chosen"') == 30


def test_page_of_one_case_offers_who_was_sent_last(township) -> None:
    assigning.assign(case_in(State.CLUE).pk, **NAMES, by=township, on=OPENED)
    page = client_of("township", TANGDAN).get(f"/cases/{case_in(State.CLUE).pk}/assign/").content.decode()
    assert [f'name="{side}" value="{name}"' in page for side, name in NAMES.items()] == [True, True]


def test_day_and_list_lead_to_it() -> None:
    for _case in range(2):
        case_in(State.CLUE)
    client = client_of("township", TANGDAN)
    for address in ("/today/", "/cases/"):
        assert "/cases/assigning/" in client.get(address).content.decode()
    assert "/cases/assigning/" not in client_of("county-decider", DONGCHUAN).get("/cases/").content.decode()
