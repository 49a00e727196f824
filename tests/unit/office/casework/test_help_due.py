"""What is due in help: on the day of who has to do it, by the clock of the case, and upwards when it is late."""

from datetime import date, timedelta

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.casework.actions import daily, deciding, follow_ups, help_clocks, help_effects, help_measures
from shouwang.office.casework.actions.escalating import escalate
from shouwang.office.casework.actions.follow_ups import Seen
from shouwang.office.casework.actions.help_measures import Draft, Told
from shouwang.office.casework.models import Case, Escalation, Measure, Rescue, State
from shouwang.office.casework.queries import cases
from shouwang.office.casework.queries.cases import Filters
from shouwang.office.casework.queries.due import due
from shouwang.office.casework.queries.help_panel import panel
from tests.unit.office.casework.factories import RAN, case_in, home_with
from tests.unit.office.casework.help_factories import in_help, included, measure, sheet
from tests.unit.office.factories import DONGCHUAN, FOREIGN_VILLAGE, OTHER_VILLAGE, TANGDAN, VILLAGE, actor, client_of

pytestmark = pytest.mark.django_db
TODAY = date(2020, 7, 6)
STARTS = date(2020, 7, 20)
VISIT = date(2020, 9, 22)
LOOK = date(2020, 9, 29)
SECOND = date(2020, 12, 29)
"""Included on 22 June: three months and a week later, six months and a week later; all working days."""


def _helped(area_code: str = VILLAGE, **values: object) -> Case:
    """With one measure to start on 20 July, and its clock set as the daily job does."""
    case = in_help(area_code, **values)
    sheet(case.household)
    measure(case, status="planned", starts_on=STARTS)
    help_clocks.keep_all(on=TODAY)
    return Case.objects.get(pk=case.pk)


def _words(rows: object) -> list[str]:
    return [str(row.word) for row in rows]


def _clock(case: Case) -> tuple[date | None, str]:
    fresh = Case.objects.get(pk=case.pk)
    return fresh.next_due_on, fresh.holder_role


def test_clock_of_help_is_the_earliest_thing_and_moves_with_what_is_done() -> None:
    case, by = _helped(), actor("village", VILLAGE)
    assert _clock(case) == (STARTS, "village")
    row = Measure.objects.get()
    help_measures.step(row.pk, "start", Told("planned", TODAY), by=by, on=TODAY)
    assert _clock(case) == (VISIT, "village")
    follow_ups.note(case.pk, Seen(date(2020, 9, 1), "张一", "好"), by=by, on=date(2020, 9, 1))
    assert _clock(case) == (LOOK, "village")
    help_effects.look(case.pk, 3, by=by, on=date(2020, 9, 22))
    assert _clock(case) == (date(2020, 12, 1), "village")
    help_measures.add(case.pk, Draft("jobs", "below-line", "", date(2020, 11, 2)), by=by, on=date(2020, 10, 30))
    assert _clock(case) == (date(2020, 11, 2), "village")


def test_held_measure_is_asked_about_again_after_a_month() -> None:
    case, by = _helped(), actor("village", VILLAGE)
    row = Measure.objects.get()
    help_measures.step(row.pk, "hold", Told("planned", STARTS, reason="等苗"), by=by, on=STARTS)
    assert _clock(case) == (date(2020, 8, 20), "village")


def test_household_without_a_rule_is_visited_but_nothing_is_looked_at() -> None:
    case = in_help(rules=[])
    help_clocks.keep_all(on=TODAY)
    case = Case.objects.get(pk=case.pk)
    assert [(one.due_on, str(one.word)) for one in panel(case, TODAY).next] == [(VISIT, "走访")]


def test_page_of_help_tells_everything_that_comes_next() -> None:
    case = _helped()
    assert [(one.due_on, str(one.word)) for one in panel(case, TODAY).next] == [
        (STARTS, "开始实施：产业帮扶"),
        (VISIT, "走访"),
        (LOOK, "看 3 个月效果"),
        (SECOND, "看 6 个月效果"),
    ]
    for address in (f"/households/{case.household_id}/", f"/cases/help/{case.pk}/"):
        page = client_of("village", VILLAGE).get(address).content.decode()
        assert "看 3 个月效果" in page
        assert "2020-09-29" in page


def test_page_says_by_when_the_plan_must_be_made() -> None:
    assert [str(one.word) for one in panel(included(), TODAY).next] == ["制定帮扶计划"]


@pytest.mark.parametrize(("on", "seen"), [(date(2020, 7, 5), []), (date(2020, 7, 6), ["开始实施：产业帮扶"])])
def test_help_stands_on_the_day_two_weeks_before(on, seen) -> None:
    _helped()
    assert _words(due(Scope(VILLAGE), "village", on=on).mine) == seen


def test_help_stands_beside_other_steps_by_clock_and_only_in_the_area() -> None:
    first = case_in(State.ASSIGNED)
    helped = _helped()
    _helped(OTHER_VILLAGE)
    _helped(FOREIGN_VILLAGE)
    day = due(Scope(VILLAGE), "village", on=TODAY)
    assert [(row.case, str(row.word), row.page) for row in day.mine] == [
        (first, "记录入户", "cases:one"),
        (helped, "开始实施：产业帮扶", "cases:help"),
    ]
    assert due(Scope(TANGDAN), "township", on=TODAY).mine == []


def test_late_help_tells_all_that_is_late_at_once() -> None:
    _helped()
    day = due(Scope(VILLAGE), "village", on=date(2021, 1, 20))
    assert day.late == 1
    assert _words(day.mine) == ["开始实施：产业帮扶"]
    assert [str(one.word) for one in day.mine[0].also] == ["走访", "看 3 个月效果", "看 6 个月效果"]


def test_day_of_helped_households_costs_the_same_for_more(django_assert_num_queries) -> None:
    for _ in range(3):
        _helped()
        with django_assert_num_queries(8):
            due(Scope(VILLAGE), "village", on=date(2021, 1, 20))


def test_late_help_is_in_the_list_of_what_is_late() -> None:
    case = _helped()
    assert list(cases.listed(Scope(VILLAGE), Filters(is_late=True), on=STARTS)) == []
    assert list(cases.listed(Scope(VILLAGE), Filters(is_late=True), on=STARTS + timedelta(days=1))) == [case]
    assert "无时限" not in client_of("village", VILLAGE).get("/cases/").content.decode()


def test_late_help_goes_up_and_ends_when_it_is_done() -> None:
    case = _helped()
    daily.run(on=STARTS + timedelta(days=1))
    assert list(Escalation.objects.values_list("to_role", "due_on")) == [("township", STARTS)]
    daily.run(on=STARTS + timedelta(days=3))
    assert list(Escalation.objects.values_list("to_role", flat=True).order_by("id")) == ["township", "county-decider"]
    assert _words(due(Scope(TANGDAN), "township", on=STARTS + timedelta(days=3)).escalated) == ["开始实施：产业帮扶"]
    assert due(Scope(FOREIGN_VILLAGE[:9]), "township", on=STARTS + timedelta(days=3)).escalated == []
    told = Told("planned", date(2020, 7, 23))
    help_measures.step(Measure.objects.get().pk, "start", told, by=actor("village", VILLAGE), on=date(2020, 7, 23))
    assert set(Escalation.objects.values_list("ended_on", flat=True)) == {date(2020, 7, 23)}
    assert _clock(case) == (VISIT, "village")


def test_clock_of_help_is_put_right_once_a_day() -> None:
    case = _helped()
    Case.objects.update(next_due_on=None, holder_role="")
    assert (help_clocks.keep_all(on=TODAY), help_clocks.keep_all(on=TODAY)) == (1, 0)
    assert _clock(case) == (STARTS, "village")


def test_help_that_goes_on_after_a_removal_was_not_approved_has_its_clock_again() -> None:
    case = case_in(State.REMOVAL_AUDITED)
    deciding.keep(case.pk, reason="风险还在", by=actor("county-decider", DONGCHUAN), on=RAN)
    assert _clock(case) == (VISIT, "village")


def _rescue(case: Case, due_on: date = date(2020, 7, 7)) -> Rescue:
    return Rescue.objects.create(
        household=case.household,
        area_code=case.area_code,
        on=date(2020, 6, 22),
        code="social-security",
        reason="房子倒了",
        authorised_by="李镇长",
        authorised_post="镇长",
        due_on=due_on,
        recorded_by="1",
        recorded_by_name="测试",
    )


def test_paper_of_a_rescue_stands_on_the_day_of_who_has_the_procedure() -> None:
    mine, town, elsewhere = (
        case_in(State.ASSIGNED),
        case_in(State.NOTICED),
        case_in(State.ASSIGNED, area_code=OTHER_VILLAGE),
    )
    for case in (mine, town, elsewhere):
        _rescue(case)
    day = due(Scope(VILLAGE), "village", on=TODAY)
    assert [(row.case, row.is_rescue, row.due_on) for row in day.mine] == [
        (mine, False, mine.next_due_on),
        (mine, True, date(2020, 7, 7)),
    ]
    assert (day.households, day.has_clues) == (1, False)
    papers = [row.case for row in due(Scope(TANGDAN), "township", on=TODAY).mine if row.is_rescue]
    assert papers == [town]


def test_paper_of_a_withdrawn_procedure_falls_to_the_village() -> None:
    case = case_in(State.CLOSED)
    _rescue(case)
    day = due(Scope(VILLAGE), "village", on=date(2020, 7, 8))
    assert [(row.case, row.is_late, str(row.word)) for row in day.mine] == [(case, True, "补办先行救助的手续")]
    assert "补办先行救助的手续" in client_of("village", VILLAGE).get("/today/").content.decode()


def test_late_paper_goes_up_whatever_the_step_and_ends_with_the_decision() -> None:
    case = case_in(State.AUDITED, next_due_on=None)
    village = case_in(State.CLUE, home=home_with(), holder_role="village")
    Case.objects.filter(pk=village.pk).update(holder_role="village", next_due_on=date(2020, 8, 1))
    _rescue(case)
    _rescue(village)
    assert escalate(on=date(2020, 7, 8)) == 1
    assert escalate(on=date(2020, 7, 10)) == 1
    assert set(Escalation.objects.values_list("case", "state", "to_role")) == {
        (village.pk, "rescue", "township"),
        (village.pk, "rescue", "county-decider"),
    }
    raised = due(Scope(DONGCHUAN), "county-decider", on=date(2020, 7, 10)).escalated
    assert [(row.case, row.is_rescue, str(row.word)) for row in raised] == [(village, True, "补办先行救助的手续")]


def test_settled_rescue_is_asked_about_no_more() -> None:
    case = case_in(State.AUDITED)
    _rescue(case)
    _rescue(case, due_on=date(2020, 7, 8))
    Escalation.objects.create(
        case=case,
        area_code=case.area_code,
        procedure=case.procedure,
        state=Escalation.RESCUE,
        to_role="township",
        due_on=date(2020, 7, 7),
        on=TODAY,
    )
    daily.run(on=TODAY)
    assert Rescue.objects.filter(settled_on=None).count() == 2
    deciding.include(case.pk, level=3, by=actor("county-decider", DONGCHUAN), on=TODAY)
    assert Escalation.objects.filter(state=Escalation.RESCUE).get().ended_on == TODAY
    assert [row.is_rescue for row in due(Scope(DONGCHUAN), "county-decider", on=TODAY).mine] == []
    daily.run(on=TODAY)
    assert set(Rescue.objects.values_list("settled_on", flat=True)) == {TODAY}


def test_open_paper_is_not_done_by_another_step() -> None:
    case = case_in(State.NOTICED)
    _rescue(case)
    daily.run(on=date(2020, 7, 8))
    assert Escalation.objects.filter(state=Escalation.RESCUE, ended_on=None).count() == 1
