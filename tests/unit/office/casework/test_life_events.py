"""Each life event of a household without a case, with a clue, a notice, help, or a removal behind it: what is left."""

from datetime import date

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import help_clocks, rescues
from shouwang.office.casework.actions import life_events as events
from shouwang.office.casework.actions.carrying import take_to_where_households_are
from shouwang.office.casework.actions.rescues import Emergency
from shouwang.office.casework.models import Case, Measure, Plan, SideClock, State, Step
from shouwang.office.registry.actions import life_events as acts
from shouwang.office.registry.actions.living import Told
from shouwang.office.registry.actions.relocating import move
from shouwang.office.registry.actions.undoing import undo_death
from shouwang.office.registry.models import FactSheet, Household, LifeEvent, Membership, Person
from shouwang.office.registry.queries.descent import kin_of, told_of
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import case_in, fresh, led_to, publication, warning
from tests.unit.office.casework.help_factories import in_help, measure
from tests.unit.office.casework.help_factories import sheet as safe_sheet
from tests.unit.office.factories import (
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    TODAY,
    VILLAGE,
    actor,
    household,
    person,
)

pytestmark = pytest.mark.django_db
DAY = date(2020, 7, 3)
SITUATIONS = ("none", "clue", "noticed", "in-help", "removed")
MEASURE_DUE = date(2020, 7, 16)


@pytest.fixture
def by():
    return actor("township", TANGDAN)


@pytest.fixture
def told(by):
    return Told(DAY, TODAY, by)


def family(situation="none", *, area=VILLAGE, level=2, code="industry"):
    """A couple and a son; in help, a measure runs for all and one for the son. Confirmed: Ⅱ."""
    made = household(area, head_name="王一", national_type="脱贫不稳定户")
    people = [person(made, name=name) for name in ("王一", "王二", "王三")]
    Household.objects.filter(pk=made.pk).update(head_id=people[0].pk, member_count=3)
    made.refresh_from_db()
    safe_sheet(made, members=3)
    if situation in ("clue", "noticed"):
        led_to(situation, home=made, village=actor("village", area))
    elif situation == "in-help":
        Household.objects.filter(pk=made.pk).update(confirmed_level=level, confirmed_on=date(2020, 6, 22))
        case = in_help(area, home=made, confirmed_level=level, national_type="脱贫不稳定户")
        measure(case, code)
        measure(case, "jobs", person=people[2], status="planned")
        help_clocks.keep(case.pk, on=TODAY)
    elif situation == "removed":
        case_in(State.REMOVED, home=made)
    made.refresh_from_db()
    return made


def open_cases(home):
    return list(Case.objects.filter(household=home, closed_on=None))


def the_case(home):
    return Case.objects.get(household=home, closed_on=None)


def son_of(home):
    return Person.objects.get(memberships__household=home, name="王三").pk


def split(home, told):
    son = son_of(home)
    event = events.happen([home], lambda: acts.split(home, [son], told=told, head_of_new=son), by=told.by)
    return event.other_household


def merge(home, into, told):
    events.happen([home, into], lambda: acts.merge(home, into, told=told), by=told.by)
    return Household.objects.get(pk=into.pk)


def moved(home, to, told):
    return events.happen([home], lambda: move(home, to, told=told), by=told.by)


def moved_out(home, told):
    return events.happen([home], lambda: acts.moved_out(home, told=told), by=told.by)


def statuses(case):
    return sorted(Measure.objects.filter(case=case).values_list("code", "status"))


@pytest.mark.parametrize(
    ("situation", "state", "due_on", "holder"),
    [
        ("none", None, None, None),
        ("clue", "clue", date(2020, 7, 7), "township"),
        ("noticed", "assigned", date(2020, 7, 7), "village"),
        ("in-help", "included", MEASURE_DUE, "village"),
        ("removed", None, None, None),
    ],
)
def test_split_gives_the_new_household_a_case_somebody_holds(told, situation, state, due_on, holder):
    home = family(situation)
    before = [(case.pk, case.state, case.clock_from) for case in open_cases(home)]

    new = split(home, told)

    assert new.pk == f"{home.pk}-1"
    assert [(case.pk, case.state, case.clock_from) for case in open_cases(home)] == before
    found = [(case.state, case.holder_role) for case in open_cases(new)]
    assert found == ([(state, holder)] if state else [])
    if state:
        assert the_case(new).next_due_on == due_on
        assert (new.confirmed_level, the_case(new).confirmed_level) == (
            home.confirmed_level,
            the_case(home).confirmed_level,
        )
        assert the_case(new).area_code == VILLAGE
        assert Event.objects.filter(subject_kind="case", subject_id=str(the_case(new).pk), verb="created").count() == 1


def test_split_in_help_keeps_level_and_type_and_asks_for_a_plan(told):
    home = family("in-help")
    new = split(home, told)

    case = the_case(new)
    assert (case.confirmed_level, case.included_on, case.next_due_on) == (2, TODAY, MEASURE_DUE)
    assert (new.national_type, case.national_type, new.confirmed_on) == (
        "脱贫不稳定户",
        "脱贫不稳定户",
        date(2020, 6, 22),
    )
    assert Plan.objects.filter(case=case).count() == 0
    assert statuses(the_case(home)) == [("industry", "running"), ("jobs", "stopped")]


def test_split_twice_numbers_twice_and_of_the_new_one_again(told):
    home = family()
    first = split(home, told)
    Person.objects.filter(name="王二").update(name="王三")
    Person.objects.filter(pk=first.head_id).update(name="长子")
    second = split(home, told)
    assert [first.pk, second.pk] == [f"{home.pk}-1", f"{home.pk}-2"]
    person(second, name="王三")
    Person.objects.filter(pk=second.head_id).update(name="次子")
    assert split(second, told).pk == f"{home.pk}-2-1"


@pytest.mark.parametrize("theirs", SITUATIONS)
@pytest.mark.parametrize("own", SITUATIONS)
def test_merge_leaves_one_open_case_on_the_receiving_household(told, own, theirs):
    home, into = family(own), family(theirs)
    open_before = [case for one in (home, into) for case in open_cases(one)]

    into = merge(home, into, told)

    home.refresh_from_db()
    assert (home.closed_as, open_cases(home)) == ("merged", [])
    assert len(open_cases(into)) == (1 if open_before else 0)
    assert (into.confirmed_level is None) is ("in-help" not in (own, theirs))
    for case in open_cases(into):
        assert case.confirmed_level == into.confirmed_level
        assert case.state == (
            "in-help" if "in-help" in (own, theirs) else own if theirs in ("none", "removed") else theirs
        )
    ended = [fresh(case) for case in open_before if fresh(case).closed_on]
    assert [(case.closed_as, case.closed_on) for case in ended] == [("merged", TODAY)] * (len(open_before) > 1)
    assert not Measure.objects.filter(case__closed_on__isnull=False, status__in=("planned", "running")).exists()


def test_merge_of_two_in_help_takes_the_graver_level_and_the_measures_along(told):
    home, into = family("in-help", level=2, code="finance"), family("in-help", level=4)

    into = merge(home, into, told)

    case = the_case(into)
    assert (case.confirmed_level, into.confirmed_level) == (2, 2)
    assert statuses(case) == [("finance", "running"), ("industry", "running"), ("jobs", "planned"), ("jobs", "planned")]
    assert set(Measure.objects.filter(case=case).values_list("plan", flat=True)) == {case.plan.pk}
    assert Case.objects.get(household=home).closed_as == "merged"
    told_of = Event.objects.filter(subject_kind="measure", household_id=into.pk, verb="changed")
    assert [event.after["case"] for event in told_of] == [case.pk, case.pk]


def test_merge_ends_the_same_measure_once(told):
    home, into = family("in-help"), family("in-help")
    merge(home, into, told)
    ended = Case.objects.get(household=home)
    assert [(row.code, row.status) for row in ended.measures.all()] == [("industry", "stopped")]


def test_merge_into_another_village_takes_the_area_along(told):
    home, into = family("in-help"), family(area=OTHER_VILLAGE)
    into = merge(home, into, told)
    case = the_case(into)
    assert {case.area_code, case.plan.area_code, *case.measures.values_list("area_code", flat=True)} == {OTHER_VILLAGE}


def test_merge_of_a_worse_warning_asks_the_county(told):
    home, into = family("clue"), family("in-help", level=4)
    asking = warning(home, of=publication(), level=1, state="joined")
    Case.objects.filter(household=home).update(suspected_level=1, sentence="房屋倒塌。", run_digest="r", policy="p")

    into = merge(home, into, told)

    case = the_case(into)
    assert (case.recheck_warning, case.recheck_level, case.confirmed_level) == (asking, 1, 4)
    assert (case.sentence, case.run_digest, case.policy) == ("房屋倒塌。", "r", "p")


def test_merge_answers_a_question_the_graver_level_answers(told):
    home, into = family("in-help", level=1), family("in-help", level=4)
    asking = warning(into, of=publication(), level=2, state="joined")
    Case.objects.filter(household=into).update(
        recheck_warning=asking, recheck_level=2, recheck_due_on=date(2020, 7, 20)
    )
    case = the_case(merge(home, into, told))
    assert (case.confirmed_level, case.recheck_due_on) == (1, None)


def test_rescue_waits_for_the_household_its_people_are_in(told):
    home, into = family(), family()
    given = Emergency(DAY, "social-security", "失火", "张三", "镇长")
    rescue = rescues.give(home.pk, given, None, by=actor("village", VILLAGE), on=TODAY)
    merge(home, into, told)
    rescue.refresh_from_db()
    assert rescue.household == into


@pytest.mark.parametrize("situation", SITUATIONS)
def test_move_takes_the_case_with_its_clock_to_the_other_side(told, situation):
    home = family(situation)
    before = [(case.pk, case.state, case.next_due_on, case.clock_from, case.total_due_on) for case in open_cases(home)]

    moved(home, FOREIGN_VILLAGE, told)

    home.refresh_from_db()
    assert (home.area_code, home.closed_on) == (FOREIGN_VILLAGE, None)
    after = [(case.pk, case.state, case.next_due_on, case.clock_from, case.total_due_on) for case in open_cases(home)]
    assert after == before
    assert set(Case.objects.values_list("area_code", flat=True)) <= {FOREIGN_VILLAGE}
    assert set(Measure.objects.values_list("area_code", flat=True)) <= {FOREIGN_VILLAGE}
    told_to = Event.objects.filter(subject_kind="household", household_id=home.pk, verb="changed")
    assert sorted(told_to.values_list("area_code", flat=True)) == [VILLAGE, FOREIGN_VILLAGE]
    known = FactSheet.objects.get(pk=home.pk)
    assert (known.housing_grade, known.water_safe, known.members) == (None, None, 3)


def test_case_goes_after_a_household_that_a_load_moved(told):
    home, stays = family("in-help"), family("in-help")
    Household.objects.filter(pk=home.pk).update(area_code=FOREIGN_VILLAGE)
    assert (take_to_where_households_are(on=TODAY), take_to_where_households_are(on=TODAY)) == (1, 0)
    assert (the_case(home).area_code, the_case(home).plan.area_code) == (FOREIGN_VILLAGE, FOREIGN_VILLAGE)
    assert the_case(stays).area_code == VILLAGE
    told_to = Event.objects.filter(subject_kind="case", household_id=home.pk, role="system")
    assert sorted(told_to.values_list("area_code", flat=True)) == [VILLAGE, FOREIGN_VILLAGE]


def test_move_takes_what_is_to_be_looked_at_along(told):
    home = family("clue")
    old, new = warning(home, of=publication(as_of=date(2020, 4, 30))), warning(home, of=publication())
    moved(home, FOREIGN_VILLAGE, told)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.area_code, new.area_code) == (VILLAGE, FOREIGN_VILLAGE)


def test_move_keeps_what_was_paid_and_done_where_it_was(told):
    home = family("in-help")
    done = measure(the_case(home), "health", status="done")
    moved(home, FOREIGN_VILLAGE, told)
    done.refresh_from_db()
    assert done.area_code == VILLAGE


@pytest.mark.parametrize("to", [VILLAGE, "530128102", "530128102999", "x", ""])
def test_move_to_where_it_is_or_to_no_village_is_refused(told, to):
    home = family("in-help")
    with pytest.raises(UserError, match=r"就在这个村|没有选迁到哪个村"):
        moved(home, to, told)
    assert LifeEvent.objects.count() == 0


@pytest.mark.parametrize(("situation", "states"), [("none", []), ("clue", ["closed"]), ("noticed", ["closed"]),
                                                   ("in-help", ["closed"]), ("removed", ["removed"])])  # fmt: skip
def test_leaving_the_city_ends_case_and_measures_at_once(told, situation, states):
    home = family(situation)
    moved_out(home, told)
    assert [case.state for case in Case.objects.filter(household=home)] == states
    assert not Measure.objects.exclude(status="stopped").exists()
    assert "迁出" in Measure.objects.first().reason if situation == "in-help" else Measure.objects.count() == 0


def test_household_that_left_is_not_looked_back_at(told):
    home = family("removed")
    clock = SideClock.objects.create(
        case=Case.objects.get(household=home), area_code=VILLAGE, procedure="removal", step="looked-back",
        holder_role="village", started_on=DAY, due_on=date(2020, 10, 3),
    )  # fmt: skip
    moved_out(home, told)
    clock.refresh_from_db()
    assert clock.ended_on == TODAY


def test_measure_of_somebody_who_left_ends(told):
    home = family("in-help")
    events.happen([home], lambda: acts.married_out(home, son_of(home), told=told), by=told.by)
    assert statuses(the_case(home)) == [("industry", "running"), ("jobs", "stopped")]
    assert the_case(home).measures.get(code="jobs").reason == "这个人已不在本户：婚出"


def all_die(home, told):
    *others, last = [stay.person_id for stay in Membership.objects.filter(household=home).order_by("id")]
    for one in others:
        acts.death(home, one, told=told, new_head=last)
    events.happen([home], lambda: acts.death(home, last, told=told), by=told.by)
    return last


@pytest.mark.parametrize(
    ("situation", "state"),
    [("none", None), ("clue", "clue"), ("noticed", "assigned"), ("in-help", "included"), ("removed", None)],
)
def test_death_taken_back_opens_household_and_case_again(told, situation, state):
    home = family(situation)
    last = all_die(home, told)
    assert open_cases(home) == []

    undo = Told(TODAY, TODAY, told.by, note="本人到场")
    events.happen([home], lambda: undo_death(home, last, told=undo), by=told.by)

    home.refresh_from_db()
    assert (home.closed_on, home.closed_as, home.member_count, home.head_id) == (None, "", 1, last)
    assert Person.objects.get(pk=last).died_on is None
    assert [case.state for case in open_cases(home)] == ([state] if state else [])
    assert LifeEvent.objects.filter(kind__in=("death", "death-undone"), person=last).count() == 2


def test_death_taken_back_where_others_live_leaves_their_head(told):
    home = family()
    acts.death(home, home.head_id, told=told, new_head=son_of(home))
    gone = home.head_id
    undo_death(home, gone, told=Told(TODAY, TODAY, told.by, note="重名"))
    home.refresh_from_db()
    assert (home.head_name, Membership.objects.get(person=gone).relation) == ("王三", "")


def test_death_taken_back_after_a_merge_leaves_the_person_free_to_move_in(told):
    home, into = family(), family()
    gone = son_of(home)
    acts.death(home, gone, told=told)
    merge(home, into, told)
    undo_death(home, gone, told=Told(TODAY, TODAY, told.by, note="重名"))
    home.refresh_from_db()
    assert (home.closed_as, Person.objects.get(pk=gone).died_on) == ("merged", None)
    assert not Membership.objects.filter(person=gone, until=None).exists()


@pytest.mark.parametrize(("note", "wrong"), [("", "没有写更正的原因"), ("记错", "登记册没有记这个人在这一户死亡")])
def test_death_that_was_not_recorded_is_not_taken_back(told, note, wrong):
    home = family()
    with pytest.raises(UserError) as found:
        undo_death(home, son_of(home), told=Told(TODAY, TODAY, told.by, note=note))
    assert found.value.found == wrong


def test_history_is_told_of_both(told):
    home = family("in-help")
    step = Step.objects.create(
        case=the_case(home), procedure="inclusion", action="include", to_state="included", on=DAY, by_id="1",
        by_name="审定人", by_role="county-decider",
    )  # fmt: skip
    new = split(home, told)
    scope = Scope(TANGDAN)
    kin = kin_of(scope, new)
    assert [(row.word, row.household.pk) for row in kin] == [("由这一户分户而来", home.pk)]
    assert told_of(scope, kin) == {home.pk: TODAY}
    assert [(row.word, row.household.pk) for row in kin_of(scope, home)] == [("分出这一户", new.pk)]
    assert step.case.household == home


def test_kin_outside_the_area_is_not_told(told):
    home = family("in-help")
    new = split(home, told)
    moved(home, FOREIGN_VILLAGE, told)
    kin = kin_of(Scope(TANGDAN), new)
    assert ([row.household for row in kin], told_of(Scope(TANGDAN), kin)) == ([None], {})


def test_event_that_is_refused_changes_no_case(told):
    home = family("in-help")
    with pytest.raises(UserError):
        events.happen([home], lambda: acts.moved_out(home, told=Told(date(2020, 7, 9), TODAY, told.by)), by=told.by)
    assert the_case(home).state == "in-help"
