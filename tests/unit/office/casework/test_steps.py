"""The steps from clue to audit by their actions: what each leaves, and what each refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import (
    assigning,
    auditing,
    closing,
    comparing,
    notices,
    objections,
    reviewing,
    visits,
)
from shouwang.office.casework.actions.moving import AlreadyDoneError, Sending
from shouwang.office.casework.models import (
    AssetQuestion,
    Assignee,
    Authorisation,
    Case,
    Notice,
    Objection,
    State,
    Step,
    VisitFinding,
)
from shouwang.office.casework.queries.asking import adults_to_sign
from shouwang.office.registry.models import Contradiction, FactSheet
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import (
    NOTICED,
    OPENED,
    RAN,
    case_in,
    fresh,
    home_with,
    led_to,
    publication,
    reviewed,
    warning,
)
from tests.unit.office.factories import FOREIGN_VILLAGE, OTHER_VILLAGE, TANGDAN, VILLAGE, actor, person

pytestmark = pytest.mark.django_db
DAY = OPENED + timedelta(days=1)
UNTIL = date(2021, 6, 30)


@pytest.fixture
def village():
    return actor("village", VILLAGE)


@pytest.fixture
def township():
    return actor("township", TANGDAN)


def _held(home, **values) -> visits.Held:
    signatures = [visits.Signature(row.person_id, until=UNTIL) for row in home.memberships.all()]
    return visits.Held(**{"on": DAY, "visitors": ("张一", "李二"), "signatures": signatures, **values})


def test_assign_names_two_and_moves_the_clock(township) -> None:
    case = case_in(State.CLUE)
    assigning.assign(case.pk, village="张一", township="李二", by=township, on=DAY)
    case = fresh(case)
    assert (case.state, case.holder_role, case.next_due_on) == ("assigned", "village", date(2020, 6, 28))
    assert list(Assignee.objects.order_by("side").values_list("side", "name")) == [
        ("township", "李二"),
        ("village", "张一"),
    ]
    step = Step.objects.get()
    assert (step.action, step.from_state, step.to_state, step.due_on) == ("assign", "clue", "assigned", DAY)
    event = Event.objects.get(subject_kind="case")
    assert (event.before, event.after) == ({"state": "clue"}, {"action": "assign", "state": "assigned"})


def test_assign_again_ends_the_first(township) -> None:
    case = case_in(State.CLUE)
    assigning.assign(case.pk, village="张一", township="李二", by=township, on=DAY)
    assigning.assign(case.pk, village="赵三", township="李二", by=township, on=DAY)
    assert sorted(Assignee.objects.filter(until=None).values_list("name", flat=True)) == ["李二", "赵三"]


@pytest.mark.parametrize(
    "names",
    [("张一", ""), ("张一", "张一"), ("张 一", "张一"), ("张一", "张\u200b一"), ("張一", "张一"), ("张一", "\u200b")],
)
def test_assign_one_person_is_refused(township, names) -> None:
    case = case_in(State.CLUE)
    with pytest.raises(UserError) as told:
        assigning.assign(case.pk, village=names[0], township=names[1], by=township, on=DAY)
    assert told.value.found == "要两个不同的人一起去"


def test_same_form_twice_is_done_once(township) -> None:
    case = case_in(State.CLUE)
    sending = Sending(number="f-1")
    assigning.assign(case.pk, village="张一", township="李二", by=township, on=DAY, sending=sending)
    with pytest.raises(AlreadyDoneError) as told:
        assigning.assign(case.pk, village="张一", township="李二", by=township, on=DAY, sending=sending)
    assert told.value.case_id == case.pk
    assert (Step.objects.count(), Assignee.objects.count()) == (1, 2)


def test_form_of_an_older_state_is_refused(village) -> None:
    case = case_in(State.VISITED)
    with pytest.raises(UserError) as told:
        visits.record(case.pk, _held(case.household), by=village, on=DAY, sending=Sending(expected="assigned"))
    assert told.value.found == "您打开这一页以后，别人已把这一户办到“已入户”，这次什么都没有改"


@pytest.mark.parametrize("area", [OTHER_VILLAGE, FOREIGN_VILLAGE])
def test_case_of_another_village_is_not_there(area) -> None:
    case = case_in(State.CLUE)
    with pytest.raises(UserError) as told:
        assigning.assign(case.pk, village="张一", township="李二", by=actor("village", area), on=DAY)
    assert told.value.found == "没有这个办理，或不在您的范围内"


def test_visit_records_facts_and_asks_about_assets(village) -> None:
    home = home_with(asset_flags="vehicles、companies")
    case = case_in(State.ASSIGNED, home=home)
    findings = [visits.Finding("housing_grade", "C"), visits.Finding("medical_spending", "1200.50")]
    visits.record(case.pk, _held(home, findings=findings), by=village, on=DAY)
    sheet = FactSheet.objects.get(pk=home.pk)
    assert (sheet.housing_grade, sheet.medical_spending) == ("C", 1200_50)
    rows = VisitFinding.objects.order_by("fact").values_list("household", "fact", "value", "as_of", "recorded_on")
    assert list(rows) == [
        (home.pk, "housing_grade", "C", DAY, DAY),
        (home.pk, "medical_spending", "1200.50", DAY, DAY),
    ]
    assert list(AssetQuestion.objects.order_by("flag").values_list("flag", "answer")) == [
        ("companies", ""),
        ("vehicles", ""),
    ]
    assert fresh(case).state == "visited"


def test_visit_again_asks_about_assets_once(village) -> None:
    home = home_with(asset_flags="vehicles")
    case = case_in(State.ASSIGNED, home=home)
    visits.record(case.pk, _held(home), by=village, on=DAY)
    visits.record(case.pk, _held(home, signatures=[]), by=village, on=DAY)
    assert AssetQuestion.objects.count() == 1


def test_visit_settles_what_two_sources_disagreed_on(village) -> None:
    home = home_with(labour=4)
    row = Contradiction.objects.create(
        household=home,
        area_code=home.area_code,
        rank=0,
        fact="labour_units",
        first_value="2",
        first_source="employment",
        second_value="1",
        second_source="visits",
    )
    case = case_in(State.ASSIGNED, home=home)
    visits.record(case.pk, _held(home, findings=[visits.Finding("labour_units", "1")]), by=village, on=DAY)
    row.refresh_from_db()
    assert (row.kept, FactSheet.objects.get(pk=home.pk).labour_units) == ("first", 2)


def test_visit_in_the_future_is_refused(village) -> None:
    case = case_in(State.ASSIGNED)
    with pytest.raises(UserError) as told:
        visits.record(case.pk, _held(case.household, on=DAY + timedelta(days=1)), by=village, on=DAY)
    assert told.value.found == "日期 2020-06-24 还没有到"


def test_visit_without_word_on_authorisation_is_refused(village) -> None:
    home = home_with()
    case = case_in(State.ASSIGNED, home=home)
    silent = [visits.Signature(row.person_id) for row in home.memberships.all()]
    with pytest.raises(UserError) as told:
        visits.record(case.pk, _held(home, signatures=silent), by=village, on=DAY)
    assert told.value.found == "还有 1 名成年人没有签授权，也没有写原因"


def test_authorisation_signed_or_why_not_by_constraint(village) -> None:
    home = home_with()
    adult = person(home, name="李英", relation="配偶")
    case = case_in(State.ASSIGNED, home=home)
    signatures = [
        visits.Signature(home.memberships.exclude(person=adult).get().person_id, until=UNTIL),
        visits.Signature(adult.pk, why_not="在外务工"),
    ]
    visit = visits.record(case.pk, _held(home, signatures=signatures), by=village, on=DAY)
    assert list(Authorisation.objects.order_by("id").values_list("signed_on", "until", "why_not")) == [
        (DAY, UNTIL, ""),
        (None, None, "在外务工"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorisation.objects.create(visit=visit, person=person(name="无名"))


def test_adults_to_sign_leaves_out_children_and_those_who_signed(village) -> None:
    home = home_with()
    person(home, name="王娃", relation="子", birth_date=date(2010, 1, 1))
    unknown = person(home, name="李英", relation="配偶")
    case = case_in(State.ASSIGNED, home=home)
    first = home.memberships.exclude(person=unknown).exclude(relation="子").get().person
    assert adults_to_sign(case, on=DAY) == [first, unknown]
    visits.record(case.pk, _held(home, signatures=[visits.Signature(first.pk, until=UNTIL)]), by=village, on=DAY)
    assert adults_to_sign(case, on=DAY) == [unknown]


def test_compare_waits_for_every_answer(village) -> None:
    home = home_with(asset_flags="vehicles")
    case = case_in(State.ASSIGNED, home=home)
    visits.record(case.pk, _held(home), by=village, on=DAY)
    question = AssetQuestion.objects.get()
    with pytest.raises(UserError) as told:
        comparing.complete(case.pk, by=village, on=DAY)
    assert told.value.found == "还有 1 条资产线索没有答复"
    comparing.answer(
        case.pk,
        question_id=question.pk,
        answer="explained",
        evidence="行驶证",
        explanation="三轮车",
        by=village,
        on=DAY,
    )
    comparing.complete(case.pk, by=village, on=DAY)
    question.refresh_from_db()
    assert (question.answer, question.evidence, question.answered_by_name) == ("explained", "行驶证", village.name)
    assert fresh(case).state == "compared"


def test_answer_without_evidence_is_refused(village) -> None:
    case = case_in(State.VISITED)
    question = AssetQuestion.objects.create(case=case, flag="vehicles", asked_on=DAY)
    with pytest.raises(UserError) as told:
        comparing.answer(case.pk, question_id=question.pk, answer="true", evidence=" ", by=village, on=DAY)
    assert told.value.found == "答复没有写凭据"


@pytest.mark.parametrize(
    ("votes", "found"),
    [
        (reviewing.Votes(10, 9, 1, 1), "票数加起来比到会人数多"),
        (reviewing.Votes(0, 0, 0, 0), "人数要大于零，票数不能是负数"),
        (reviewing.Votes(10, -1, 1, 1), "人数要大于零，票数不能是负数"),
    ],
)
def test_review_with_impossible_votes_is_refused(village, votes, found) -> None:
    case = case_in(State.COMPARED)
    meeting = reviewing.Held(on=DAY, chair="主持", minutes="记录", votes=votes, proposed_level=3)
    with pytest.raises(UserError) as told:
        reviewing.record(case.pk, meeting, by=village, on=DAY)
    assert told.value.found == found


def test_review_in_the_future_or_without_a_level_is_refused(village) -> None:
    case = case_in(State.COMPARED)
    votes = reviewing.Votes(10, 9, 1, 0)
    later = reviewing.Held(on=DAY + timedelta(days=1), chair="主持", minutes="记录", votes=votes, proposed_level=3)
    with pytest.raises(UserError) as told:
        reviewing.record(case.pk, later, by=village, on=DAY)
    assert told.value.found == "日期 2020-06-24 还没有到"
    for level in (None, 5):
        held = reviewing.Held(on=DAY, chair="主持", minutes="记录", votes=votes, proposed_level=level)
        with pytest.raises(UserError) as told:
            reviewing.record(case.pk, held, by=village, on=DAY)
        assert told.value.found == "没有选拟定的级别"


def test_removal_review_proposes_no_level(village) -> None:
    case = case_in(State.REMOVAL_VISITED)
    held = reviewing.Held(on=DAY, chair="主持", minutes="记录", votes=reviewing.Votes(10, 9, 1, 0), proposed_level=1)
    row = reviewing.record(case.pk, held, by=village, on=DAY)
    assert (row.proposed_level, fresh(case).state, fresh(case).proposed_level) == (None, "removal-reviewed", 3)


def test_review_without_a_majority_leads_to_no_notice(village, township) -> None:
    case = case_in(State.COMPARED)
    votes = reviewing.Votes(10, 5, 5, 0)
    meeting = reviewing.Held(on=DAY, chair="主持", minutes="记录", votes=votes, proposed_level=3)
    reviewing.record(case.pk, meeting, by=village, on=DAY)
    with pytest.raises(UserError) as told:
        notices.post(case.pk, place="村委会", objections_to="村委会", by=village, on=DAY)
    assert told.value.found == "民主评议没有过半数同意"
    auditing.propose_refusal(case.pk, reason="评议没有通过", by=township, on=DAY)
    assert (fresh(case).state, fresh(case).holder_role) == ("refusal-proposed", "county-decider")


def test_votes_by_constraint() -> None:
    case = case_in(State.COMPARED)
    reviewed(case, votes_for=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        reviewed(case, votes_for=11)


def test_notice_hangs_what_it_says_and_nothing_else(village) -> None:
    case = led_to(State.REVIEWED, home=home_with(name="王小明", medical_spending=9_340_00), village=village)
    notice = notices.post(case.pk, place="公示栏", objections_to="村委会", by=village, on=NOTICED)
    assert (notice.posted_on, notice.last_day) == (NOTICED, date(2020, 7, 4))
    assert notice.sheet == {
        "procedure": "inclusion",
        "head": "王○明",
        "village": notice.sheet["village"],
        "people": 1,
        "level": "Ⅲ 突发风险",
        "posted_on": "2020-06-29",
        "last_day": "2020-07-04",
        "objections_to": "村委会",
    }


@pytest.mark.parametrize(("on", "passes"), [(date(2020, 7, 4), False), (RAN, True)])
def test_audit_waits_for_five_full_days(township, on, passes) -> None:
    case = case_in(State.NOTICED)
    if passes:
        auditing.passed(case.pk, opinion="同意", by=township, on=on)
        assert (fresh(case).state, fresh(case).holder_role) == ("audited", "county-decider")
        return
    with pytest.raises(UserError) as told:
        auditing.passed(case.pk, opinion="同意", by=township, on=on)
    assert told.value.found == "公示到 2020-07-04 才满"


def test_objection_stops_the_clock_and_settling_shifts_it(village, township) -> None:
    case = case_in(State.NOTICED)
    before = fresh(case)
    first = objections.receive(case.pk, text="有车", raised_by="", by=village, on=date(2020, 7, 1))
    second = objections.receive(case.pk, text="有房", raised_by="赵三", by=village, on=date(2020, 7, 2))
    assert fresh(case).paused_since == date(2020, 7, 1)
    with pytest.raises(UserError) as told:
        auditing.passed(case.pk, opinion="同意", by=township, on=RAN)
    assert told.value.found == "还有 2 条异议没有处理"
    settled = {"outcome": "not-upheld", "answer": "车已报废", "by": village}
    objections.settle(case.pk, objection_id=first.pk, on=date(2020, 7, 3), **settled)
    assert fresh(case).paused_since == date(2020, 7, 1)
    objections.settle(case.pk, objection_id=second.pk, on=date(2020, 7, 4), **settled)
    after = fresh(case)
    assert (after.paused_since, after.paused_days) == (None, 3)
    assert (before.next_due_on, before.total_due_on) == (date(2020, 7, 6), date(2020, 7, 7))
    assert (after.next_due_on, after.total_due_on) == (date(2020, 7, 8), date(2020, 7, 10))
    auditing.passed(case.pk, opinion="同意", by=township, on=RAN)
    assert fresh(case).next_due_on == date(2020, 7, 10)


def test_upheld_objection_leads_back(village, township) -> None:
    case = case_in(State.NOTICED)
    row = objections.receive(case.pk, text="有车", raised_by="", by=village, on=NOTICED)
    objections.settle(case.pk, objection_id=row.pk, outcome="upheld", answer="属实", by=village, on=NOTICED)
    with pytest.raises(UserError) as told:
        auditing.passed(case.pk, opinion="同意", by=township, on=RAN)
    assert told.value.found == "公示中有异议成立"
    auditing.send_back(case.pk, to="visited", reason="重新核实", by=township, on=RAN)
    assert fresh(case).state == "visited"


def test_objection_settled_twice_is_refused(village) -> None:
    case = case_in(State.NOTICED)
    row = objections.receive(case.pk, text="有车", raised_by="", by=village, on=NOTICED)
    settled = {"outcome": "not-upheld", "answer": "没有", "by": village, "on": NOTICED}
    objections.settle(case.pk, objection_id=row.pk, **settled)
    with pytest.raises(UserError) as told:
        objections.settle(case.pk, objection_id=row.pk, **settled)
    assert told.value.found == "这条异议已经处理，或不在这一户"


def test_objection_settled_by_somebody_by_constraint() -> None:
    case = case_in(State.NOTICED)
    notice = Notice.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(case=case, notice=notice, received_on=RAN, text="有车", outcome="upheld")


def test_return_goes_back_with_the_clock_going_on(township) -> None:
    case = case_in(State.NOTICED)
    auditing.send_back(case.pk, to="assigned", reason="缺签字", by=township, on=date(2020, 7, 2))
    back = fresh(case)
    assert (back.state, back.clock_from, back.total_due_on) == ("assigned", OPENED, date(2020, 7, 7))
    assert (back.next_due_on, back.returned_on) == (date(2020, 7, 6), date(2020, 7, 2))
    assert Step.objects.get(action="return").reason == "缺签字"


@pytest.mark.parametrize("to", ["noticed", "audited", "clue", ""])
def test_return_only_to_an_earlier_step(township, to) -> None:
    case = case_in(State.NOTICED)
    with pytest.raises(UserError) as told:
        auditing.send_back(case.pk, to=to, reason="缺签字", by=township, on=RAN)
    assert told.value.found == "不能退回到这一步"
    assert fresh(case).state == "noticed"


def test_notice_before_a_return_does_not_count(village, township) -> None:
    case = case_in(State.NOTICED)
    auditing.send_back(case.pk, to="reviewed", reason="贴错地方", by=township, on=RAN)
    notices.post(case.pk, place="公示栏", objections_to="村委会", by=village, on=RAN)
    with pytest.raises(UserError) as told:
        auditing.passed(case.pk, opinion="同意", by=township, on=RAN + timedelta(days=1))
    assert told.value.found == "公示到 2020-07-10 才满"


def test_withdraw_closes_and_answers_the_warning(village) -> None:
    home = home_with()
    mine = warning(home, of=publication(), state="joined")
    others = warning(home_with(), of=mine.publication, state="joined")
    case = case_in(State.VISITED, home=home)
    closing.withdraw(case.pk, reason="儿子找到工作", by=village, on=RAN)
    done = fresh(case)
    assert (done.state, done.closed_as, done.closed_on, done.next_due_on) == ("closed", "withdrawn", RAN, None)
    mine.refresh_from_db()
    others.refresh_from_db()
    assert (mine.state, mine.answered_on, others.state) == ("answered", RAN, "joined")


def test_withdraw_without_a_reason_is_refused(village) -> None:
    case = case_in(State.VISITED)
    with pytest.raises(UserError) as told:
        closing.withdraw(case.pk, reason=" ", by=village, on=RAN)
    assert told.value.found == "没有写理由"


@pytest.mark.parametrize(
    ("household_as", "case_as"), [("died", "died"), ("moved", "moved"), ("merged", "merged"), ("split", "left")]
)
def test_household_that_is_no_more_closes_its_case(village, household_as, case_as) -> None:
    home = home_with()
    case = case_in(State.NOTICED, home=home)
    stays = case_in(State.NOTICED)
    home.closed_on, home.closed_as = RAN, household_as
    home.save()
    assert closing.close_with_households(on=RAN) == 1
    assert (fresh(case).closed_as, fresh(stays).closed_as) == (case_as, "")
    assert closing.after_life_event(home.pk, by=village, on=RAN) is None


def test_close_of_a_household_that_lives_is_refused(village) -> None:
    case = case_in(State.VISITED)
    with pytest.raises(UserError) as told:
        closing.close(case.pk, by=village, on=RAN)
    assert told.value.found == "这一户在登记册上还在"


def test_one_open_case_per_household_by_constraint() -> None:
    home = home_with()
    case_in(State.CLOSED, home=home)
    case_in(State.CLUE, home=home)
    with pytest.raises(IntegrityError), transaction.atomic():
        case_in(State.CLUE, home=home)


def test_closed_day_and_reason_by_constraint() -> None:
    case = case_in(State.CLUE)
    for values in ({"closed_on": RAN}, {"closed_as": "died"}, {"state": "closed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**values)
