"""Life events: who lives where afterwards, what stays known, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shouwang.office.audit.models import Event
from shouwang.office.registry.actions import life_events as acts
from shouwang.office.registry.actions.living import Told
from shouwang.office.registry.actions.newcomers import Newcomer
from shouwang.office.registry.evidence import evidence
from shouwang.office.registry.indexes import id_index
from shouwang.office.registry.models import FactSheet, Household, HouseholdLink, LifeEvent, Membership, Person
from shouwang.terms.errors import UserError
from tests.unit.office.factories import FOREIGN_VILLAGE, TODAY, VILLAGE, actor, household, person
from tests.unit.office.registry.factories import ID_NUMBER, sheet

pytestmark = pytest.mark.django_db
DAY = date(2020, 7, 1)


@pytest.fixture
def told():
    return Told(DAY, TODAY, actor("village", VILLAGE))


@pytest.fixture
def home():
    made = household(confirmed_level=3, confirmed_on=date(2020, 6, 1))
    head = person(made, name="王一")
    made.head_id, made.head_name, made.member_count = head.pk, "王一", 3
    made.save()
    person(made, name="王二", relation="配偶")
    person(made, name="王三", relation="之子")
    sheet(made, members=3, net_income=1_00, housing_grade="C", has_head=True)
    return made


def who(home):
    return list(
        Membership.objects.filter(household=home, until=None).order_by("id").values_list("person__name", flat=True)
    )


def member_of(home, name):
    return Person.objects.get(memberships__household=home, name=name)


def test_birth_adds_a_person_and_recounts(home, told):
    event = acts.birth(home, Newcomer("王小", "之女", "女"), told=told)

    born = Person.objects.get(name="王小")
    assert (born.birth_date, born.pinyin, born.id_number) == (DAY, "wangxiao", None)
    assert who(home) == ["王一", "王二", "王三", "王小"]
    home.refresh_from_db()
    now = FactSheet.objects.select_related("batch").get(pk=home.pk)
    assert (home.member_count, now.members, evidence(now, "members")) == (4, 4, ("2020-07-01", "户籍变动"))
    assert now.net_income == 1_00
    assert Event.objects.get(subject_kind="life-event").subject_id == str(event.pk)


def test_birth_of_somebody_the_register_has_is_refused(home, told):
    person(id_number=ID_NUMBER, id_index=id_index(ID_NUMBER))

    with pytest.raises(UserError, match="已经有人用这个证件号"):
        acts.birth(home, Newcomer("王小", "之女", id_number=ID_NUMBER), told=told)


def test_death_ends_the_stay(home, told):
    gone = member_of(home, "王三")
    acts.death(home, gone.pk, told=told)

    assert who(home) == ["王一", "王二"]
    assert Person.objects.get(pk=gone.pk).died_on == DAY


def test_death_of_head_needs_a_new_one(home, told):
    with pytest.raises(UserError, match="要有新户主"):
        acts.death(home, home.head_id, told=told)


def test_death_of_head_with_a_new_one(home, told):
    second = member_of(home, "王二")
    acts.death(home, home.head_id, told=told, new_head=second.pk)

    home.refresh_from_db()
    assert (home.head_id, home.head_name) == (second.pk, "王二")
    assert Membership.objects.get(person=second).relation == "户主"


def test_death_of_the_last_closes_the_household(told):
    alone = household()
    last = person(alone)
    Household.objects.filter(pk=alone.pk).update(head_id=last.pk)
    acts.death(alone, last.pk, told=told)

    alone.refresh_from_db()
    assert (alone.closed_on, alone.closed_as, alone.member_count) == (DAY, "died", 0)


def test_closed_household_is_refused(told):
    closed = household(closed_on=DAY, closed_as="moved")

    with pytest.raises(UserError, match="已经关闭"):
        acts.birth(closed, Newcomer("王小", "之女"), told=told)


def test_future_day_is_refused(home, told):
    with pytest.raises(UserError, match="日期在今天之后"):
        acts.birth(home, Newcomer("王小", "之女"), told=Told(date(2020, 7, 7), TODAY, told.by))


def test_household_outside_the_area_is_refused(told):
    with pytest.raises(UserError, match="不在您的范围内"):
        acts.urban_hukou(household(FOREIGN_VILLAGE), told=told)


def test_same_form_twice_happens_once(home, told):
    sent = Told(DAY, TODAY, told.by, form_number="f-1")
    acts.birth(home, Newcomer("王小", "之女"), told=sent)

    with pytest.raises(UserError, match="已经记过"):
        acts.birth(home, Newcomer("王小", "之女"), told=sent)
    assert LifeEvent.objects.count() == 1


def test_married_in_by_an_id_number_the_register_knows(home, told):
    known = person(name="李梅", id_number=ID_NUMBER, id_index=id_index(ID_NUMBER))
    acts.married_in(home, Newcomer("李梅", "之儿媳", id_number=ID_NUMBER), told=told)

    assert Membership.objects.get(person=known).household == home
    known.refresh_from_db()
    assert known.village == home.area_code


def test_member_of_another_household_cannot_join(home, told):
    person(household(FOREIGN_VILLAGE), name="李梅", id_number=ID_NUMBER, id_index=id_index(ID_NUMBER))

    with pytest.raises(UserError, match="还是另一户的成员"):
        acts.moved_in(home, Newcomer("李梅", "其他", id_number=ID_NUMBER), told=told)


def test_id_number_of_another_name_is_refused(home, told):
    person(name="李梅", id_number=ID_NUMBER, id_index=id_index(ID_NUMBER))

    with pytest.raises(UserError, match="是另一个姓名"):
        acts.married_in(home, Newcomer("张三", "其他", id_number=ID_NUMBER), told=told)


def test_married_out_before_the_stay_began_is_refused(home, told):
    with pytest.raises(UserError, match="早于"):
        acts.married_out(home, member_of(home, "王三").pk, told=Told(date(2018, 1, 1), TODAY, told.by))


def test_whole_household_moves_out(home, told):
    acts.moved_out(home, told=told)

    home.refresh_from_db()
    assert (who(home), home.closed_as, home.member_count) == ([], "moved", 0)


def test_split_gives_a_new_number_and_forgets_what_was_measured(home, told):
    son = member_of(home, "王三")
    event = acts.split(home, [son.pk], told=told, head_of_new=son.pk)

    new = event.other_household
    assert (who(home), who(new)) == (["王一", "王二"], ["王三"])
    assert HouseholdLink.objects.get().after == new
    assert (new.area_code, new.head_name, new.confirmed_level, new.suspected_level) == (VILLAGE, "王三", 3, None)
    old_facts, new_facts = (FactSheet.objects.select_related("batch").get(pk=row.pk) for row in (home, new))
    assert (old_facts.net_income, evidence(old_facts, "net_income")) == (None, (None, "分户"))
    assert (old_facts.housing_grade, old_facts.members) == ("C", 2)
    assert (new_facts.net_income, new_facts.housing_grade, new_facts.members) == (None, None, 1)
    assert evidence(new_facts, "housing_grade") == (None, "分户")


def test_split_of_everybody_is_refused(home, told):
    everybody = [row.person_id for row in Membership.objects.filter(household=home)]

    with pytest.raises(UserError, match="也要有人留下"):
        acts.split(home, everybody, told=told, head_of_new=everybody[0])


def test_split_of_the_head_needs_one_who_stays(home, told):
    with pytest.raises(UserError, match="要有新户主"):
        acts.split(home, [home.head_id], told=told, head_of_new=home.head_id)


def test_merge_closes_one_and_keeps_the_graver_level(home, told):
    other = household(confirmed_level=4, confirmed_on=date(2020, 5, 1))
    head = person(other, name="赵一")
    Household.objects.filter(pk=other.pk).update(head_id=head.pk)
    sheet(other, net_income=5_00)
    acts.merge(home, other, told=told)

    home.refresh_from_db()
    other.refresh_from_db()
    assert (home.closed_as, home.member_count, other.member_count, other.confirmed_level) == ("merged", 0, 4, 3)
    assert who(other) == ["赵一", "王一", "王二", "王三"]
    assert FactSheet.objects.get(pk=other.pk).net_income is None


def test_new_head_must_live_there(home, told):
    with pytest.raises(UserError, match="不在这一户"):
        acts.new_head(home, person(household()).pk, told=told)


def test_new_head_who_is_head_is_refused(home, told):
    with pytest.raises(UserError, match="已经是户主"):
        acts.new_head(home, home.head_id, told=told)


def test_new_head(home, told):
    acts.new_head(home, member_of(home, "王二").pk, told=told)

    relations = Membership.objects.filter(household=home).order_by("id").values_list("relation", flat=True)
    assert list(relations) == ["", "户主", "之子"]


def test_urban_hukou_once(home, told):
    acts.urban_hukou(home, told=told)

    home.refresh_from_db()
    assert home.hukou == "非农业"
    with pytest.raises(UserError, match="已经是非农业户口"):
        acts.urban_hukou(home, told=told)


@pytest.mark.parametrize("day", [date(2010, 7, 6), TODAY])
def test_first_and_last_day_of_an_event_are_taken(home, told, day):
    acts.birth(home, Newcomer("王小", "之女", "女"), told=replace(told, on=day))
    assert LifeEvent.objects.get().on == day


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2010, 7, 5), "日期 2010-07-05 太早，最早可以是 2010-07-06"),
        (date(1, 1, 1), "日期 0001-01-01 太早，最早可以是 2010-07-06"),
        (date(2020, 7, 7), "日期在今天之后"),
    ],
)
def test_event_many_years_back_or_ahead_is_refused(home, told, day, found):
    for act in (
        lambda on: acts.birth(home, Newcomer("王小", "之女", "女"), told=on),
        lambda on: acts.moved_out(home, told=on),
        lambda on: acts.urban_hukou(home, told=on),
    ):
        with pytest.raises(UserError) as refused:
            act(replace(told, on=day))
        assert refused.value.found == found
    assert (who(home), LifeEvent.objects.count()) == (["王一", "王二", "王三"], 0)


def test_nobody_comes_before_birth(home, told):
    unborn = Newcomer("刘五", "配偶", "女", birth_date=DAY + timedelta(days=1))
    for act in (acts.married_in, acts.moved_in):
        with pytest.raises(UserError) as refused:
            act(home, unborn, told=told)
        assert refused.value.found == "日期 2020-07-01 早于这个人出生（2020-07-02）"
    assert (who(home), Person.objects.count()) == (["王一", "王二", "王三"], 3)
    acts.moved_in(home, replace(unborn, birth_date=DAY), told=told)
    assert who(home)[-1] == "刘五"


def test_nobody_dies_before_birth(home, told):
    member = member_of(home, "王三")
    Membership.objects.filter(person=member).update(since=None)
    Person.objects.filter(pk=member.pk).update(birth_date=DAY + timedelta(days=1))
    with pytest.raises(UserError) as refused:
        acts.death(home, member.pk, told=told)
    assert refused.value.found == "日期 2020-07-01 早于这个人出生（2020-07-02）"
    assert Person.objects.get(pk=member.pk).died_on is None
