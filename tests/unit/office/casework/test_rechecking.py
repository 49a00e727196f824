"""A warning more severe than the confirmed level: the county is asked once, in time, and answers in writing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwang.office.access.scope import Scope
from shouwang.office.casework.actions import batches, closing, deciding
from shouwang.office.casework.actions.moving import AlreadyDoneError, Sending
from shouwang.office.casework.actions.scheduling import set_days
from shouwang.office.casework.clocks import DEFAULT
from shouwang.office.casework.models import Batch, Case, Decision, FollowUp, Objection, State, Step
from shouwang.office.casework.queries import cases, rechecks
from shouwang.office.casework.queries.cases import Filters
from shouwang.office.casework.queries.due import due
from shouwang.office.casework.queries.removal_criteria import eligibility
from shouwang.office.casework.transitions import HELPED, REMOVING
from shouwang.office.registry.models import Household
from shouwang.office.reports.queries.progress import progress
from shouwang.office.warnings.models import Warning
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import RAN, case_in, fresh, home_with, warned_again
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
DUE = date(2020, 7, 20)
"""Fifteen days after the fifth of July."""


@pytest.fixture
def county():
    return actor("county-decider", DONGCHUAN)


def _asked(case: Case) -> tuple[int | None, date | None]:
    return case.recheck_level, case.recheck_due_on


@pytest.mark.parametrize("state", [*HELPED, *REMOVING])
def test_more_severe_warning_asks_the_county(state) -> None:
    case = case_in(state)
    before = (case.state, case.holder_role, case.next_due_on, case.confirmed_level)
    case = warned_again(case, level=1)
    assert _asked(case) == (1, DUE)
    assert case.recheck_warning == Warning.objects.get()
    assert (case.state, case.holder_role, case.next_due_on, case.confirmed_level) == before
    assert (
        Step.objects.get(action="join").reason == "筛查：疑似由 Ⅲ 变为 Ⅰ；比认定的 Ⅲ 更重，县级最迟 2020-07-20 定级别"
    )


@pytest.mark.parametrize("state", [State.CLUE, State.VISITED, State.AUDITED])
def test_warning_before_the_county_decided_asks_nothing(state) -> None:
    assert _asked(warned_again(case_in(state), level=1)) == (None, None)


@pytest.mark.parametrize("level", [3, 4, None])
def test_warning_that_is_no_more_severe_asks_nothing(level) -> None:
    assert _asked(warned_again(case_in(State.IN_HELP), level=level)) == (None, None)


@pytest.mark.parametrize("state", ["answered", "suppressed"])
def test_warning_that_is_held_back_asks_nothing(state) -> None:
    from shouwang.office.warnings.models import Suppression

    case = case_in(State.IN_HELP)
    values: dict[str, object] = {"answered_on": RAN}
    if state == "suppressed":
        until = RAN + timedelta(days=30)
        values = {
            "suppression": Suppression.objects.create(
                household=case.household,
                area_code=VILLAGE,
                reason="已核实的旧账",
                since=RAN,
                until=until,
                signed_by="1",
                signed_by_name="测试",
            )
        }
    assert _asked(warned_again(case, level=1, state=state, **values)) == (None, None)


def test_same_warning_again_starts_no_second_clock() -> None:
    case = warned_again(case_in(State.IN_HELP), level=2, fingerprint="f")
    later = warned_again(case, level=2, fingerprint="f", change="same", state="note", on=RAN + timedelta(days=7))
    assert (_asked(later), later.recheck_warning) == ((2, DUE), case.recheck_warning)
    assert [step.reason.endswith("定级别") for step in Step.objects.order_by("id")] == [True, False]


def test_even_worse_warning_joins_the_clock_that_runs() -> None:
    case = warned_again(case_in(State.IN_HELP), level=2)
    assert _asked(warned_again(case, level=1, on=RAN + timedelta(days=7))) == (1, DUE)
    assert _asked(warned_again(case, level=2, change="better", on=RAN + timedelta(days=9))) == (1, DUE)


def test_warning_the_county_decided_with_asks_nothing_again(county) -> None:
    """It was included on Ⅲ with Ⅰ before its eyes; what asks is other values, though the level is the same."""
    case = warned_again(case_in(State.AUDITED), level=1, fingerprint="f")
    deciding.include(case.pk, level=3, by=county, on=RAN)
    again = {"change": "same", "state": "note", "on": RAN + timedelta(days=30)}
    assert _asked(warned_again(fresh(case), level=1, fingerprint="f", **again)) == (None, None)
    assert _asked(warned_again(fresh(case), level=1, fingerprint="g", **again))[0] == 1


def test_days_of_a_county_hold_for_its_rechecks() -> None:
    days = replace(DEFAULT, rechecked=5)
    set_days(DONGCHUAN, days, since=RAN, by=actor("administrator", DONGCHUAN), on=RAN)
    case, foreign = case_in(State.IN_HELP), case_in(State.IN_HELP, area_code=FOREIGN_VILLAGE)
    assert [warned_again(one, level=1).recheck_due_on for one in (case, foreign)] == [date(2020, 7, 10), DUE]


@pytest.mark.parametrize("level", [1, 2])
def test_raised_level_answers_it(county, level) -> None:
    case = warned_again(case_in(State.IN_HELP), level=1)
    deciding.raise_level(case.pk, level=level, reason="核实属实", by=county, on=RAN)
    case = fresh(case)
    assert (case.state, case.confirmed_level, *_asked(case)) == ("in-help", level, None, None)
    assert Household.objects.get(pk=case.household_id).confirmed_level == level
    assert Warning.objects.get().state == "answered"
    step = Step.objects.get(action="raise-level")
    assert (step.due_on, step.reason) == (DUE, "核实属实")


def test_kept_level_answers_it_and_is_not_asked_about_again(county) -> None:
    case = warned_again(case_in(State.IN_HELP), level=1, fingerprint="f")
    deciding.keep_level(case.pk, reason="理赔已到账，没有新的支出", by=county, on=RAN)
    case = fresh(case)
    assert (case.state, case.confirmed_level, *_asked(case)) == ("in-help", 3, None, None)
    decision = Decision.objects.get()
    assert (decision.kind, decision.level, decision.reason) == ("hold", None, "理赔已到账，没有新的支出")
    assert (Warning.objects.get().state, Step.objects.get(action="keep-level").due_on) == ("answered", DUE)
    again = {"change": "same", "state": "note", "on": RAN + timedelta(days=30)}
    assert _asked(warned_again(case, level=1, fingerprint="f", **again)) == (None, None)
    assert _asked(warned_again(case, level=2, fingerprint="g", **again))[0] == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_kept_level_without_a_reason_is_refused(county, reason) -> None:
    case = warned_again(case_in(State.IN_HELP), level=1)
    with pytest.raises(UserError) as told:
        deciding.keep_level(case.pk, reason=reason, by=county, on=RAN)
    assert (told.value.found, _asked(fresh(case))) == ("没有写理由", (1, DUE))


def test_kept_level_where_nobody_asked_is_refused(county) -> None:
    case = case_in(State.IN_HELP)
    with pytest.raises(UserError) as told:
        deciding.keep_level(case.pk, reason="好", by=county, on=RAN)
    assert told.value.found == "没有等县级答复的更重的预警"


def test_level_answered_by_two_is_answered_once(county) -> None:
    case = warned_again(case_in(State.IN_HELP), level=1)
    deciding.raise_level(case.pk, level=1, reason="属实", by=county, on=RAN)
    with pytest.raises(UserError):
        deciding.keep_level(
            case.pk, reason="不属实", by=actor("county-decider", DONGCHUAN), on=RAN, sending=Sending("f-2", "in-help")
        )
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("state", REMOVING)
def test_raised_level_ends_a_removal(county, state) -> None:
    case = warned_again(case_in(state), level=1)
    deciding.raise_level(case.pk, level=1, reason="属实", by=county, on=RAN)
    case = fresh(case)
    assert (case.state, case.procedure, case.confirmed_level) == ("in-help", "inclusion", 1)
    assert (case.next_due_on, case.holder_role, case.total_due_on) == (date(2020, 9, 22), "village", None)
    assert Decision.objects.get().procedure == "removal"


def test_raised_level_waits_for_an_objection_to_the_removal(county) -> None:
    case = warned_again(case_in(State.REMOVAL_NOTICED), level=1)
    notice = case.notices.get()
    Objection.objects.create(
        case=case, notice=notice, received_on=RAN, text="有车", received_by="1", received_by_name="测试"
    )
    with pytest.raises(UserError) as told:
        deciding.raise_level(case.pk, level=1, reason="属实", by=county, on=RAN)
    assert (told.value.found, fresh(case).state) == ("还有 1 条异议没有处理", "removal-noticed")


@pytest.mark.parametrize("state", REMOVING)
def test_kept_level_lets_a_removal_go_on(county, state) -> None:
    case = warned_again(case_in(state), level=1)
    deciding.keep_level(case.pk, reason="数据有误", by=county, on=RAN)
    assert (fresh(case).state, fresh(case).procedure) == (state.value, "removal")


def _criterion(case: Case) -> bool | None:
    found = {one.code: one for one in eligibility(fresh(case), RAN).criteria}
    return found["warnings"].answer


def test_removal_is_blocked_until_the_county_answered(county) -> None:
    case = case_in(State.REMOVAL_AUDITED)
    assert _criterion(case) is True
    warned_again(case, level=1, change="same", state="note")
    assert _criterion(case) is False
    with pytest.raises(UserError) as told:
        deciding.remove(case.pk, way="help", by=county, on=RAN)
    assert "没有新的未答复预警" in told.value.found
    deciding.keep_level(case.pk, reason="数据有误", by=county, on=RAN)
    assert _criterion(case) is True


def test_lighter_warning_blocks_a_removal_until_a_screening_clears_it() -> None:
    """Nobody is asked about it, so that a later screening has to be able to end it."""
    case = case_in(State.IN_HELP)
    warned_again(case, level=4, change="new")
    assert _criterion(case) is False
    warned_again(case, level=None)
    assert _criterion(case) is True
    warned_again(case, level=4, change="new")
    assert _criterion(case) is False


def test_case_that_ends_asks_no_more() -> None:
    case = warned_again(case_in(State.IN_HELP), level=1)
    Household.objects.filter(pk=case.household_id).update(closed_on=RAN, closed_as="moved")
    closing.close(case.pk, by=actor("village", VILLAGE), on=RAN)
    assert (fresh(case).state, *_asked(fresh(case))) == ("closed", None, None)


@pytest.mark.parametrize(
    "values",
    [
        {"recheck_level": 1},
        {"recheck_due_on": RAN},
        {"recheck_level": 3, "recheck_due_on": RAN},
        {"recheck_level": 1, "recheck_due_on": RAN, "confirmed_level": None, "included_on": None, "state": "audited"},
        {"recheck_level": 1, "recheck_due_on": RAN, "state": "closed", "closed_on": RAN, "closed_as": "moved"},
    ],
)
def test_recheck_is_whole_and_more_severe_by_constraint(values) -> None:
    case = case_in(State.IN_HELP)
    of_home = warned_again(case_in(State.IN_HELP), level=1).recheck_warning
    if len(values) > 1:
        values = {**values, "recheck_warning": of_home}
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**values)


def _in_every_area() -> list[Case]:
    return [
        warned_again(case_in(State.IN_HELP, home=home_with(area, name=f"户{area}")), level=1)
        for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)
    ]


def test_day_of_the_decider_shows_levels_and_cases_by_clock(django_assert_num_queries) -> None:
    made = _in_every_area()
    audited = case_in(State.AUDITED)
    with django_assert_num_queries(5):
        day = due(Scope(DONGCHUAN), "county-decider", on=date(2020, 7, 21))
        shown = [(row.case, str(row.word), row.due_on, row.is_late) for row in day.mine]
    assert shown == [
        (audited, "审定", date(2020, 7, 7), True),
        (made[0], "定级别", DUE, True),
        (made[1], "定级别", DUE, True),
    ]
    assert (day.late, day.has_rechecks) == (3, True)
    assert due(Scope(TANGDAN), "township", on=RAN).is_empty
    assert len(due(Scope("5301"), "county-decider", on=RAN, limit=2).mine) == 2
    assert due(Scope("5301"), "county-decider", on=RAN, limit=2).has_more


def test_late_levels_are_counted_under_the_county() -> None:
    _in_every_area()
    late = case_in(State.REMOVAL_AUDITED)
    warned_again(late, level=1)
    told = progress(Scope(DONGCHUAN), on=date(2020, 7, 21), digits=9)
    assert {role: cell.households for role, cell in told.late_holders.items()} == {"county-decider": 3}
    assert {place: cell.households for place, cell in told.late_places.items()} == {TANGDAN: 3}
    assert progress(Scope(DONGCHUAN), on=RAN, digits=9).late_holders == {}


@pytest.mark.parametrize(
    ("filters", "seen"),
    [
        (Filters(is_rechecked=True), (0, 1)),
        (Filters(is_rechecked=True, area_code=OTHER_VILLAGE), (1,)),
        (Filters(is_rechecked=True, is_late=True), ()),
    ],
)
def test_list_of_what_waits_for_the_county(filters, seen) -> None:
    made = _in_every_area()
    case_in(State.IN_HELP)
    found = cases.listed(Scope(DONGCHUAN), filters, on=RAN).order_by(*filters.keys)
    assert list(found) == [made[index] for index in seen]


def test_levels_waiting_inside_the_scope() -> None:
    made = _in_every_area()
    assert set(rechecks.waiting(Scope(DONGCHUAN))) == {made[0], made[1]}
    assert list(rechecks.waiting(Scope(DONGCHUAN), area_code=FOREIGN_VILLAGE)) == []


def test_panel_names_who_is_asked() -> None:
    account("county-decider", DONGCHUAN, name="陈审定")
    case = warned_again(case_in(State.IN_HELP), level=1)
    panel = cases.panel_of(case, actor=actor("county-decider", DONGCHUAN), on=RAN)
    assert panel.deciders[0] == "陈审定"
    assert [row.action for row in panel.others] == ["raise-level", "keep-level"]
    assert [row.action for row in cases.panel_of(case, actor=actor("village", VILLAGE), on=RAN).others] == [
        "propose-removal"
    ]


@pytest.mark.parametrize("do", ["raise", "keep"])
def test_batch_of_levels_answers_all_with_one_reason(county, do) -> None:
    chosen = [warned_again(case_in(State.IN_HELP), level=level).pk for level in (1, 2)]
    answer = batches.raise_levels if do == "raise" else batches.keep_levels
    batch = answer(chosen, reason="逐户核实", by=county, on=RAN)
    assert Decision.objects.filter(batch=batch, reason="逐户核实").count() == 2
    levels = [fresh(Case(pk=number)).confirmed_level for number in chosen]
    assert levels == ([1, 2] if do == "raise" else [3, 3])


def test_batch_of_levels_with_one_that_is_not_allowed_does_nothing(county) -> None:
    good, quiet = warned_again(case_in(State.IN_HELP), level=1), case_in(State.IN_HELP)
    foreign = warned_again(case_in(State.IN_HELP, area_code=FOREIGN_VILLAGE), level=1)
    with pytest.raises(batches.BatchRefusedError) as told:
        batches.keep_levels([good.pk, quiet.pk, foreign.pk], reason="好", by=county, on=RAN)
    assert told.value.cases == (
        batches.NotAllowed(foreign.pk, "没有，或不在您的范围内"),
        batches.NotAllowed(quiet.pk, "没有等县级答复的更重的预警"),
    )
    with pytest.raises(batches.BatchRefusedError):
        batches.raise_levels([good.pk, quiet.pk], reason="好", by=county, on=RAN)
    assert (_asked(fresh(good)), Batch.objects.count()) == ((1, DUE), 0)


def test_batch_of_levels_sent_twice_is_done_once(county) -> None:
    case = warned_again(case_in(State.IN_HELP), level=1)
    batches.keep_levels([case.pk], reason="好", by=county, on=RAN, sending=Sending("f-1"))
    with pytest.raises(AlreadyDoneError):
        batches.keep_levels([case.pk], reason="好", by=county, on=RAN, sending=Sending("f-1"))
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("role", ["village", "township", "analyst"])
def test_levels_are_the_countys_alone(role) -> None:
    case = warned_again(case_in(State.IN_HELP), level=1)
    by = actor(role, {"village": VILLAGE, "township": TANGDAN}.get(role, DONGCHUAN))
    for act in (batches.keep_levels, batches.raise_levels):
        with pytest.raises(UserError) as told:
            act([case.pk], reason="好", by=by, on=RAN)
        assert told.value.found.startswith("您的角色不能办")
    assert _asked(fresh(case)) == (1, DUE)


def _story() -> Case:
    """With what the pages read of a warning."""
    from shouwang.policy import load

    case = warned_again(case_in(State.IN_HELP), level=1)
    published = case.recheck_warning.publication.policy
    published.frozen = load("kunming-2020").frozen()
    published.save()
    return case


def test_pages_tell_in_a_plain_sentence_and_to_whom() -> None:
    case = _story()
    account("county-decider", DONGCHUAN, name="陈审定")
    for role, area in (("county-decider", DONGCHUAN), ("village", VILLAGE)):
        client = client_of(role, area)
        for address in (f"/cases/{case.pk}/", f"/households/{case.household_id}/"):
            page = client.get(address).content.decode()
            assert "县级最迟 2020-07-20 定：调高级别，或写明理由维持。" in page
            assert ("记走访" in page) is (role == "village")
    assert "定级别" in client_of("county-decider", DONGCHUAN).get("/today/").content.decode()


def test_page_of_the_level_shows_the_warning_later_ones_and_visits() -> None:
    case = _story()
    FollowUp.objects.create(
        case=case, area_code=VILLAGE, on=RAN, visitor="李驻村", found="已住院", recorded_by="1", recorded_by_name="李"
    )
    warned_again(case, level=2, change="better", state="note", sentence="还有大病。", on=RAN + timedelta(days=1))
    client = client_of("county-decider", DONGCHUAN)
    for action in ("raise", "keep-level"):
        page = client.get(f"/cases/{case.pk}/{action}/").content.decode()
        assert [word in page for word in ("又有大病", "还有大病", "李驻村：已住院")] == [True] * 3
    assert client.get(f"/cases/{case.pk}/raise/").context["form"].initial["level"] == "1"


def test_page_keeps_the_level_once() -> None:
    case = _story()
    client = client_of("county-decider", DONGCHUAN)
    form = {"reason": "理赔已到账", "form_number": "f-1", "expected": "in-help"}
    assert client.post(f"/cases/{case.pk}/keep-level/", {**form, "reason": ""}).status_code == 422
    for _time in range(2):
        assert client.post(f"/cases/{case.pk}/keep-level/", form).status_code == 302
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert (Decision.objects.count(), "理赔已到账" in page, "定：调高级别" in page) == (1, True, False)
    assert client.post(f"/cases/{case.pk}/keep-level/", {**form, "form_number": "f-2"}).status_code == 409


def test_levels_page_decides_all_or_nothing(django_assert_num_queries) -> None:
    made = _in_every_area()
    client = client_of("county-decider", DONGCHUAN)
    with django_assert_num_queries(9):
        page = client.get("/cases/levels/").content.decode()
    assert [f"户{area}" in page for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)] == [True, True, False]
    quiet = case_in(State.IN_HELP)
    form = {"do": "keep-level", "reason": "逐户核实", "chosen": [made[0].pk, quiet.pk], "form_number": "f-1"}
    answer = client.post("/cases/levels/", form)
    assert (answer.status_code, "所选的一户都没有办" in answer.content.decode()) == (409, True)
    assert client.post("/cases/levels/", {**form, "reason": ""}).status_code == 422
    assert client.post("/cases/levels/", {**form, "chosen": []}).status_code == 422
    assert client.post("/cases/levels/", {**form, "do": "remove"}).status_code == 422
    for _time in range(2):
        assert client.post("/cases/levels/", {**form, "chosen": [made[0].pk]}).status_code == 302
    assert client.post("/cases/levels/", {**form, "do": "raise-level", "chosen": [made[1].pk], "form_number": "f-2"})
    assert [fresh(case).confirmed_level for case in made] == [3, 1, 3]
    assert client.get(f"/cases/levels/?area={FOREIGN_VILLAGE}").context["counts"].households == 0
