"""The county's decisions: one and many, both sides of every condition."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import batches, deciding, objections, removing
from shouwang.office.casework.actions.moving import AlreadyDoneError, Sending
from shouwang.office.casework.models import AssetQuestion, Batch, Case, Decision, Notice, State
from shouwang.office.registry.models import FactSheet, Household
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import (
    NOTICED,
    OPENED,
    RAN,
    case_in,
    fresh,
    home_with,
    led_to,
    noticed,
    publication,
    warning,
)
from tests.unit.office.casework.help_factories import in_help, measure
from tests.unit.office.casework.help_factories import sheet as safe_sheet
from tests.unit.office.factories import DONGCHUAN, FOREIGN_VILLAGE, OTHER_VILLAGE, VILLAGE, actor, household

pytestmark = pytest.mark.django_db
GROUND = deciding.Ground("above-line", "核实后人均 7,200 元，高于监测线 6,000 元")


@pytest.fixture
def county():
    return actor("county-decider", DONGCHUAN)


def test_include_confirms_the_level(county) -> None:
    case = led_to(State.AUDITED, home=home_with())
    deciding.include(case.pk, level=2, by=county, on=RAN)
    case = fresh(case)
    assert (case.state, case.confirmed_level, case.suspected_level, case.included_on) == ("included", 2, 3, RAN)
    assert (case.holder_role, case.next_due_on, case.total_due_on) == ("village", date(2020, 7, 15), None)
    home = Household.objects.get(pk=case.household_id)
    assert (home.confirmed_level, home.confirmed_on) == (2, RAN)
    decision = Decision.objects.get()
    assert (decision.kind, decision.level, decision.by_name) == ("include", 2, county.name)
    assert Event.objects.filter(verb="decided", subject_kind="case").count() == 1


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda case: Notice.objects.all().delete(), "还没有公示"),
        (lambda case: Notice.objects.update(last_day=RAN), "公示到 2020-07-05 才满"),
        (
            lambda case: objections.receive(
                case.pk, text="有车", raised_by="", by=actor("village", VILLAGE), on=NOTICED
            ),
            "还有 1 条异议没有处理",
        ),
        (
            lambda case: AssetQuestion.objects.create(case=case, flag="vehicles", asked_on=NOTICED),
            "还有 1 条资产线索没有答复",
        ),
    ],
)
def test_include_that_is_not_allowed_changes_nothing(county, spoil, found) -> None:
    case = case_in(State.AUDITED)
    spoil(case)
    with pytest.raises(UserError) as told:
        deciding.include(case.pk, level=3, by=county, on=RAN)
    assert told.value.found == found
    assert (fresh(case).state, Decision.objects.count()) == ("audited", 0)


@pytest.mark.parametrize("level", [0, 5, 6])
def test_include_on_no_level_is_refused(county, level) -> None:
    case = case_in(State.AUDITED)
    with pytest.raises(UserError) as told:
        deciding.include(case.pk, level=level, by=county, on=RAN)
    assert told.value.found == "没有选认定的级别"


def test_include_twice_is_refused(county) -> None:
    case = case_in(State.AUDITED)
    deciding.include(case.pk, level=3, by=county, on=RAN)
    with pytest.raises(UserError) as told:
        deciding.include(case.pk, level=3, by=actor("county-decider", DONGCHUAN), on=RAN)
    assert told.value.found == "“已纳入”的户现在不能这样办"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("state", [State.AUDITED, State.REFUSAL_PROPOSED])
def test_refuse_closes_and_waits_for_telling(county, state) -> None:
    home = home_with()
    row = warning(home, of=publication(), state="joined")
    case = case_in(state, home=home)
    deciding.refuse(case.pk, GROUND, by=county, on=RAN)
    case = fresh(case)
    assert (case.state, case.closed_as, case.closed_on) == ("refused", "refused", RAN)
    assert (case.holder_role, case.next_due_on) == ("village", date(2020, 7, 8))
    row.refresh_from_db()
    assert (row.state, row.answered_on) == ("answered", RAN)
    village = actor("village", VILLAGE)
    deciding.tell(case.pk, told_on=RAN, how="door", by=village, on=RAN + timedelta(days=1))
    decision = Decision.objects.get()
    assert (decision.told_on, decision.told_by_name, decision.told_how) == (RAN, village.name, "door")
    assert (fresh(case).state, fresh(case).next_due_on) == ("closed", None)


@pytest.mark.parametrize("ground", [deciding.Ground("", "话"), deciding.Ground("assets", " ")])
def test_refuse_without_a_reason_is_refused(county, ground) -> None:
    case = case_in(State.AUDITED)
    with pytest.raises(UserError):
        deciding.refuse(case.pk, ground, by=county, on=RAN)
    assert fresh(case).state == "audited"


@pytest.mark.parametrize("day", [RAN - timedelta(days=1), RAN + timedelta(days=2)])
def test_tell_before_the_decision_or_in_the_future_is_refused(county, day) -> None:
    case = case_in(State.AUDITED)
    deciding.refuse(case.pk, GROUND, by=county, on=RAN)
    with pytest.raises(UserError):
        deciding.tell(case.pk, told_on=day, how="door", by=actor("village", VILLAGE), on=RAN + timedelta(days=1))
    assert fresh(case).state == "refused"


def test_refusal_has_a_reason_by_constraint() -> None:
    case = case_in(State.AUDITED)
    given = {"case": case, "procedure": "inclusion", "kind": "refuse", "on": RAN, "by_id": "1", "by_name": "测试"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**given)
    Decision.objects.create(**given, reason="不属实")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**given, reason="不属实")


@pytest.mark.parametrize(("level", "is_allowed"), [(1, True), (2, True), (3, False), (4, False)])
def test_level_rises_and_never_falls(county, level, is_allowed) -> None:
    case = case_in(State.INCLUDED)
    if is_allowed:
        deciding.raise_level(case.pk, level=level, reason="又有大病", by=county, on=RAN)
    else:
        with pytest.raises(UserError) as told:
            deciding.raise_level(case.pk, level=level, reason="好转", by=county, on=RAN)
        assert told.value.found == "级别只能调得更重；降级只走消除程序"
    assert fresh(case).confirmed_level == (level if is_allowed else 3)


def _ready_to_remove(**facts):
    home = household(VILLAGE, head_name="王小明", member_count=4)
    safe_sheet(home, **facts)
    case = in_help(home=home, included_on=date(2019, 12, 1))
    measure(case, status="done")
    return case


def test_removal_by_the_same_steps(county) -> None:
    case = _ready_to_remove()
    removing.propose(case.pk, by=actor("village", VILLAGE), on=OPENED)
    case = fresh(case)
    assert (case.state, case.procedure, case.clock_from) == ("removal-proposed", "removal", OPENED)
    Case.objects.filter(pk=case.pk).update(state="removal-audited")
    Notice.objects.create(
        case=case,
        procedure="removal",
        posted_on=NOTICED,
        last_day=date(2020, 7, 4),
        place="村委会",
        sheet={},
        posted_by="1",
        posted_by_name="测试",
    )
    deciding.remove(case.pk, way="help", by=county, on=RAN)
    case = fresh(case)
    assert (case.state, case.closed_as, case.removed_on, case.closed_on) == ("removed", "removed", RAN, RAN)
    assert Household.objects.get(pk=case.household_id).confirmed_level is None
    assert case.confirmed_level == 4


def test_household_without_labour_is_not_removed(county) -> None:
    case = _ready_to_remove(labour_units=0)
    with pytest.raises(UserError) as told:
        removing.propose(case.pk, by=actor("village", VILLAGE), on=OPENED)
    assert told.value.found.startswith("整户无劳动力的户暂不消除；消除条件不够：")
    removal = case_in(State.REMOVAL_AUDITED, home=home_with(labour=0))
    with pytest.raises(UserError) as told:
        deciding.remove(removal.pk, way="help", by=county, on=RAN)
    assert told.value.found.startswith("整户无劳动力的户暂不消除")
    FactSheet.objects.filter(pk=removal.household_id).update(labour_units=None)
    with pytest.raises(UserError) as told:
        deciding.remove(removal.pk, way="help", by=county, on=RAN)
    assert told.value.found.startswith("劳动力未知，不能消除")


def test_notice_of_the_inclusion_does_not_serve_the_removal(county) -> None:
    case = _ready_to_remove()
    Notice.objects.create(
        case=case,
        procedure="inclusion",
        posted_on=OPENED,
        last_day=date(2020, 6, 27),
        place="村委会",
        sheet={},
        posted_by="1",
        posted_by_name="测试",
    )
    Case.objects.filter(pk=case.pk).update(state="removal-audited", procedure="removal")
    with pytest.raises(UserError) as told:
        deciding.remove(case.pk, way="help", by=county, on=RAN)
    assert told.value.found == "还没有公示"


def test_keep_goes_back_to_help(county) -> None:
    case = case_in(State.REMOVAL_AUDITED)
    deciding.keep(case.pk, reason="收入还不稳", by=county, on=RAN)
    assert (fresh(case).state, fresh(case).procedure, fresh(case).confirmed_level) == ("in-help", "inclusion", 3)


def test_batch_decides_all_with_one_number(county) -> None:
    cases = [case_in(State.AUDITED, proposed_level=level) for level in (2, 3)]
    batch = batches.include([case.pk for case in cases], by=county, on=RAN)
    assert batch.number == "530113-20200705-01"
    assert [fresh(case).confirmed_level for case in cases] == [2, 3]
    assert Decision.objects.filter(batch=batch).count() == 2
    again = batches.include([case_in(State.AUDITED).pk], by=county, on=RAN)
    assert again.number == "530113-20200705-02"


def test_batch_with_one_that_is_not_allowed_decides_nothing(county) -> None:
    good, early, foreign = (
        case_in(State.AUDITED),
        case_in(State.AUDITED),
        case_in(State.AUDITED, area_code=FOREIGN_VILLAGE),
    )
    Notice.objects.filter(case=early).update(last_day=RAN)
    with pytest.raises(batches.BatchRefusedError) as told:
        batches.include([good.pk, early.pk, foreign.pk], by=county, on=RAN)
    assert told.value.cases == (
        batches.NotAllowed(foreign.pk, "没有，或不在您的范围内"),
        batches.NotAllowed(early.pk, "公示到 2020-07-05 才满"),
    )
    assert [fresh(case).state for case in (good, early, foreign)] == ["audited"] * 3
    assert (Decision.objects.count(), Batch.objects.count()) == (0, 0)


def test_batch_with_one_decided_meanwhile_decides_nothing(county) -> None:
    first, second = case_in(State.AUDITED), case_in(State.AUDITED)
    deciding.include(second.pk, level=3, by=actor("county-decider", DONGCHUAN), on=RAN)
    with pytest.raises(batches.BatchRefusedError) as told:
        batches.include([first.pk, second.pk], by=county, on=RAN)
    assert told.value.cases == (batches.NotAllowed(second.pk, "已经是“已纳入”"),)
    assert (fresh(first).state, Decision.objects.count()) == ("audited", 1)


def test_batch_sent_twice_is_done_once(county) -> None:
    case = case_in(State.AUDITED)
    batches.include([case.pk], by=county, on=RAN, sending=Sending("f-1"))
    with pytest.raises(AlreadyDoneError):
        batches.include([case.pk], by=county, on=RAN, sending=Sending("f-1"))
    assert Batch.objects.count() == 1


def test_batch_removes_all_or_says_whose_criteria_are_missing(county) -> None:
    met, unmet = _ready_to_remove(), _ready_to_remove(fed_and_clothed=None)
    for case in (met, unmet):
        Case.objects.filter(pk=case.pk).update(state="removal-audited", procedure="removal")
        noticed(case, procedure="removal")
    with pytest.raises(batches.BatchRefusedError) as told:
        batches.remove([met.pk, unmet.pk], way="help", by=county, on=RAN)
    assert [one.case_id for one in told.value.cases] == [unmet.pk]
    assert told.value.cases[0].reason.startswith("消除条件不够：")
    batches.remove([met.pk], way="help", by=county, on=RAN)
    assert (fresh(met).state, fresh(unmet).state) == ("removed", "removal-audited")


@pytest.mark.parametrize("chosen", [[], list(range(1, 202))])
def test_batch_of_none_or_too_many_is_refused(county, chosen) -> None:
    with pytest.raises(UserError) as told:
        batches.include(chosen, by=county, on=RAN)
    assert told.value.found == "没有选，或选得太多"


def test_batch_refuses_or_sends_back_all(county) -> None:
    refused = [case_in(State.AUDITED), case_in(State.REFUSAL_PROPOSED)]
    batches.refuse([case.pk for case in refused], GROUND, by=county, on=RAN)
    assert [fresh(case).state for case in refused] == ["refused", "refused"]
    back = [case_in(State.AUDITED), case_in(State.AUDITED, area_code=OTHER_VILLAGE)]
    batches.send_back([case.pk for case in back], to="visited", reason="缺照片", by=county, on=RAN)
    assert [fresh(case).state for case in back] == ["visited", "visited"]


@pytest.mark.django_db(transaction=True)
def test_two_people_decide_the_same_case_at_once(county) -> None:
    """One of them wins, the other is told; there is one decision."""
    case = case_in(State.AUDITED)
    other = actor("county-decider", DONGCHUAN)
    start, told = threading.Barrier(2), []

    def decide(by, level) -> None:
        start.wait()
        try:
            deciding.include(case.pk, level=level, by=by, on=RAN)
            told.append("")
        except UserError as error:
            told.append(error.found)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=pair) for pair in ((county, 2), (other, 3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["", "“已纳入”的户现在不能这样办"]
    assert Decision.objects.count() == 1
