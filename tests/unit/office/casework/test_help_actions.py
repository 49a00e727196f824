"""Plans, measures, payments, effect, follow-ups and rescue: what is done, what is refused, what is recorded."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shouwang.office.audit.models import Event
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import follow_ups, help_effects, help_measures, help_payments, help_plans, rescues
from shouwang.office.casework.actions.follow_ups import Seen
from shouwang.office.casework.actions.help_measures import Draft, Told
from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.actions.help_plans import Answering
from shouwang.office.casework.actions.moving import AlreadyDoneError, Sending
from shouwang.office.casework.actions.rescues import Emergency
from shouwang.office.casework.models import Baseline, Cadre, Case, Effect, Measure, Payment, Plan, Rescue
from shouwang.office.casework.queries.help_effects import changes
from shouwang.office.casework.queries.help_facts import facts_on
from shouwang.office.registry.models import FactSheet
from shouwang.policy import load
from shouwang.policy.measure_kinds import MEASURES
from shouwang.terms.errors import UserError
from tests.unit.office.casework.help_factories import in_help, included, measure, sheet
from tests.unit.office.factories import FOREIGN_VILLAGE, TODAY, VILLAGE, actor, household, person

pytestmark = pytest.mark.django_db
WHO = Answering("赵干部", "农业农村局")
PIGS = Draft("industry", "below-line", "汤丹镇", TODAY)


def _plan(case: Case, who: Answering = WHO, *drafts: Draft, **kwargs: Any) -> Plan:
    by = actor("village", VILLAGE)
    return help_plans.make(case.pk, who, list(drafts) or [PIGS], by=by, on=TODAY, **kwargs)


def test_plan_starts_help_and_keeps_the_facts_of_the_rules() -> None:
    case = included()
    sheet(case.household, net_income=20_000_00, labour_units=None)
    plan = _plan(case)
    case.refresh_from_db()
    assert (case.state, case.next_due_on, case.holder_role) == ("in-help", TODAY, "village")
    assert (plan.due_on, plan.cadre.name, plan.organisation) == (date(2020, 7, 2), "赵干部", "农业农村局")
    assert [(row.code, row.rule, row.status) for row in plan.measures.all()] == [("industry", "below-line", "planned")]
    kept = Baseline.objects.get(case=case).facts
    assert (kept["net_income"], kept["labour_units"]) == ("20000.00", None)
    assert [(event.verb, event.subject_kind) for event in Event.objects.order_by("id")] == [
        (Verb.CREATED, "measure"),
        (Verb.CHANGED, "case"),
    ]


def test_plan_sent_twice_is_made_once() -> None:
    case = included()
    _plan(case, sending=Sending(number="n1"))
    with pytest.raises(AlreadyDoneError):
        _plan(case, sending=Sending(number="n1"))
    assert (Plan.objects.count(), Measure.objects.count()) == (1, 1)


def test_plan_of_a_case_that_is_helped_already_is_refused() -> None:
    with pytest.raises(UserError, match="“帮扶中”的户现在不能这样办"):
        _plan(in_help())


def test_plan_without_a_measure_is_refused_and_nothing_is_kept() -> None:
    case = included()
    with pytest.raises(UserError, match="还没有选措施"):
        help_plans.make(case.pk, WHO, [], by=actor("village", VILLAGE), on=TODAY)
    assert (Plan.objects.count(), Cadre.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft("housing", "guarantee-gap", "", TODAY), "没有对应这一户触发的规则"),
        (Draft("housing", "other", "", TODAY, need=" "), "没有写其他需要"),
        (Draft("villa", "below-line", "", TODAY), "没有选措施"),
    ],
)
def test_plan_with_a_measure_that_answers_nothing_is_refused_and_nothing_is_kept(draft: Draft, said: str) -> None:
    case = included()
    with pytest.raises(UserError, match=said):
        _plan(case, WHO, PIGS, draft)
    case.refresh_from_db()
    assert (case.state, Plan.objects.count(), Measure.objects.count()) == ("included", 0, 0)


def test_plan_of_a_foreign_household_is_as_if_it_were_not_there() -> None:
    with pytest.raises(UserError, match="没有这个办理，或不在您的范围内"):
        _plan(included(FOREIGN_VILLAGE))


def test_plan_of_a_declared_household_takes_the_rules_that_fire_now() -> None:
    case = included(rules=[])
    sheet(case.household, net_income=20_000_00, net_income_before=20_000_00)
    _plan(case)
    case.refresh_from_db()
    assert case.rules == ["below-line"]


def test_plan_of_a_declared_household_on_which_no_rule_fires_may_be_anything() -> None:
    case = included(rules=[])
    sheet(case.household)
    plan = _plan(case, WHO, Draft("housing", "other", "", TODAY))
    assert [row.rule for row in plan.measures.all()] == ["other"]


def test_leader_takes_two_households_and_no_third() -> None:
    leader = Answering("李局长", "财政局", is_leader=True)
    _plan(included(), leader)
    _plan(included(), leader)
    third = included()
    with pytest.raises(UserError, match="已经联系 2 户，最多 2 户 → 换一位责任干部"):
        _plan(third, leader)
    assert Plan.objects.filter(case=third).exists() is False


def test_leader_has_room_again_where_a_case_is_closed() -> None:
    leader = Answering("李局长", "财政局", is_leader=True)
    first = _plan(included(), leader).case
    _plan(included(), leader)
    Case.objects.filter(pk=first.pk).update(state="closed", closed_on=TODAY, closed_as="moved")
    assert _plan(included(), leader).cadre.name == "李局长"


def test_cadre_who_is_no_leader_takes_a_third_household() -> None:
    for _ in range(3):
        _plan(included())
    assert Cadre.objects.get().plans.count() == 3


def test_leader_stays_a_leader_when_somebody_forgets_to_say_so() -> None:
    _plan(included(), Answering("李局长", "财政局", is_leader=True))
    _plan(included(), Answering("李局长", "财政局"))
    with pytest.raises(UserError, match="最多 2 户"):
        _plan(included(), Answering("李局长", "财政局"))


@pytest.mark.parametrize("kind", MEASURES, ids=lambda kind: kind.code)
def test_any_kind_of_the_national_form_can_be_recorded_of_a_household_of_level_three(kind: Any) -> None:
    case, by = in_help(rules=["sudden-hardship"], confirmed_level=3), actor("village", VILLAGE)
    drafts = [
        Draft(kind.code, "sudden-hardship", "", TODAY, need=""),
        Draft(kind.code, "other", "", TODAY, need="孩子上高中"),
    ]
    rows = [help_measures.add(case.pk, draft, by=by, on=TODAY) for draft in drafts]
    assert [(row.rule, row.need) for row in rows] == [("sudden-hardship", ""), ("other", "孩子上高中")]


def test_handing_a_household_over_counts_it_once() -> None:
    leader = Answering("李局长", "财政局", is_leader=True)
    plans = [_plan(included(), leader), _plan(included(), leader)]
    by = actor("township", VILLAGE[:9])
    assert help_plans.name_cadre(plans[0].case_id, leader, by=by, on=TODAY).cadre.name == "李局长"
    assert help_plans.name_cadre(plans[0].case_id, WHO, by=by, on=TODAY).cadre.name == "赵干部"


def test_measure_for_somebody_of_another_household_is_refused() -> None:
    case = in_help()
    stranger = person(household())
    with pytest.raises(UserError, match="所选的人不在这一户"):
        help_measures.add(
            case.pk,
            Draft("jobs", "below-line", "", TODAY, person_id=stranger.pk),
            by=actor("village", VILLAGE),
            on=TODAY,
        )


def test_measure_for_one_person_and_for_all_stand_beside_each_other_but_not_twice() -> None:
    case, by = in_help(), actor("village", VILLAGE)
    member = person(case.household)
    for_one = Draft("jobs", "below-line", "", TODAY, person_id=member.pk)
    help_measures.add(case.pk, for_one, by=by, on=TODAY)
    help_measures.add(case.pk, Draft("jobs", "below-line", "", TODAY), by=by, on=TODAY)
    with pytest.raises(UserError, match="已经在计划里"):
        help_measures.add(case.pk, for_one, by=by, on=TODAY)
    assert Measure.objects.count() == 2


def _told(row: Measure, **values: Any) -> Told:
    return Told(**{"expected": row.status, "day": TODAY, **values})


def test_measure_through_all_its_steps() -> None:
    row, by = measure(in_help(), status="planned"), actor("village", VILLAGE)
    row = help_measures.step(row.pk, "hold", _told(row, reason="等种苗"), by=by, on=TODAY)
    assert (row.status, row.reason) == ("not-started", "等种苗")
    row = help_measures.step(row.pk, "start", _told(row), by=by, on=TODAY)
    assert (row.status, row.starts_on, row.reason) == ("running", TODAY, "")
    row = help_measures.step(row.pk, "complete", _told(row, evidence="发放表 7"), by=by, on=TODAY)
    assert (row.status, row.ends_on, row.evidence) == ("done", TODAY, "发放表 7")
    assert Event.objects.filter(subject_kind="measure").count() == 3


@pytest.mark.parametrize(
    ("status", "action"),
    [
        ("done", "start"),
        ("done", "stop"),
        ("stopped", "start"),
        ("running", "start"),
        ("running", "hold"),
        ("planned", "complete"),
        ("not-started", "complete"),
        ("not-started", "hold"),
    ],
)
def test_measure_step_that_is_not_in_the_table_is_refused(status: str, action: str) -> None:
    row = measure(in_help(), status=status)
    with pytest.raises(UserError, match="现在不能这样办"):
        help_measures.step(row.pk, action, _told(row, evidence="x", reason="y"), by=actor("village", VILLAGE), on=TODAY)


def test_measure_completed_without_evidence_or_stopped_without_reason_is_refused() -> None:
    row, by = measure(in_help()), actor("village", VILLAGE)
    with pytest.raises(UserError, match="要有凭据"):
        help_measures.step(row.pk, "complete", _told(row), by=by, on=TODAY)
    with pytest.raises(UserError, match="没有写原因"):
        help_measures.step(row.pk, "stop", _told(row), by=by, on=TODAY)


def test_measure_step_after_somebody_was_first_is_refused() -> None:
    row, by = measure(in_help()), actor("village", VILLAGE)
    stale = _told(row, evidence="发放表")
    help_measures.step(row.pk, "stop", _told(row, reason="搬走"), by=by, on=TODAY)
    with pytest.raises(UserError, match="别人刚刚更新过"):
        help_measures.step(row.pk, "complete", stale, by=by, on=TODAY)


def test_measure_step_of_tomorrow_is_refused() -> None:
    row = measure(in_help())
    with pytest.raises(UserError, match="2020-07-07 还没有到"):
        help_measures.step(
            row.pk,
            "complete",
            _told(row, day=date(2020, 7, 7), evidence="x"),
            by=actor("village", VILLAGE),
            on=TODAY,
        )


def test_measure_of_a_foreign_household_is_as_if_it_were_not_there() -> None:
    row = measure(in_help(FOREIGN_VILLAGE))
    with pytest.raises(UserError, match="没有这项措施"):
        help_measures.step(row.pk, "stop", _told(row, reason="x"), by=actor("village", VILLAGE), on=TODAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "done", "evidence": ""},
        {"status": "done", "ends_on": None},
        {"status": "stopped", "reason": ""},
        {"starts_on": date(2020, 7, 2), "ends_on": date(2020, 7, 1)},
    ],
)
def test_measure_that_cannot_be_is_refused_by_the_database(wrong: dict[str, Any]) -> None:
    case = in_help()
    with pytest.raises(IntegrityError), transaction.atomic():
        measure(case, **wrong)


MONEY = Paid("county", 1_234_56, date(2020, 7, 5), "发放表 9")


def test_payment_is_recorded_to_the_fen_with_its_event() -> None:
    row = measure(in_help())
    payment = help_payments.pay(row.pk, MONEY, by=actor("village", VILLAGE), on=TODAY)
    assert (payment.amount_fen, payment.code, payment.area_code) == (123_456, "industry", VILLAGE)
    event = Event.objects.get(verb=Verb.PAID)
    assert (event.household_id, event.after["amount_fen"], event.after["source"]) == (
        row.case.household_id,
        123_456,
        "county",
    )


def test_payment_sent_twice_is_paid_once() -> None:
    row, by = measure(in_help()), actor("village", VILLAGE)
    help_payments.pay(row.pk, MONEY, by=by, on=TODAY, sending=Sending(number="p1"))
    with pytest.raises(AlreadyDoneError):
        help_payments.pay(row.pk, MONEY, by=by, on=TODAY, sending=Sending(number="p1"))
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"amount_fen": 0}, "金额要大于零"),
        ({"amount_fen": -1}, "金额要大于零"),
        ({"source": "lottery"}, "没有选资金来源"),
        ({"evidence": " "}, "付款没有凭据"),
        ({"day": date(2020, 7, 7)}, "还没有到"),
    ],
)
def test_payment_that_cannot_be(wrong: dict[str, Any], fault: str) -> None:
    row = measure(in_help())
    with pytest.raises(UserError, match=fault):
        help_payments.pay(row.pk, Paid(**{**vars(MONEY), **wrong}), by=actor("village", VILLAGE), on=TODAY)
    assert (Payment.objects.count(), Event.objects.count()) == (0, 0)


def test_payment_for_a_stopped_measure_is_refused() -> None:
    row = measure(in_help(), status="stopped")
    with pytest.raises(UserError, match="已经中止"):
        help_payments.pay(row.pk, MONEY, by=actor("village", VILLAGE), on=TODAY)


def test_payment_taken_back_once_and_with_a_reason() -> None:
    row, by = measure(in_help()), actor("village", VILLAGE)
    payment = help_payments.pay(row.pk, MONEY, by=by, on=TODAY)
    with pytest.raises(UserError, match="没有写冲销的原因"):
        help_payments.take_back(payment.pk, " ", by=by, on=TODAY)
    help_payments.take_back(payment.pk, "打错户", by=by, on=TODAY)
    with pytest.raises(UserError, match="已经冲销过"):
        help_payments.take_back(payment.pk, "打错户", by=by, on=TODAY)
    assert [event.after["amount_fen"] for event in Event.objects.filter(verb=Verb.PAID).order_by("id")] == [
        123_456,
        -123_456,
    ]


def test_payment_of_a_foreign_household_cannot_be_taken_back() -> None:
    row = measure(in_help(FOREIGN_VILLAGE))
    payment = help_payments.pay(row.pk, MONEY, by=actor("village", FOREIGN_VILLAGE), on=TODAY)
    with pytest.raises(UserError, match="没有这笔付款"):
        help_payments.take_back(payment.pk, "x", by=actor("village", VILLAGE), on=TODAY)


def test_payment_of_nothing_or_for_nothing_is_refused_by_the_database() -> None:
    payment = help_payments.pay(measure(in_help()).pk, MONEY, by=actor("village", VILLAGE), on=TODAY)
    for wrong in ({"amount_fen": 0}, {"measure": None}, {"evidence": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(**wrong)


@pytest.mark.parametrize(("income", "outcome"), [(40_000_00, "works"), (20_000_00, "does-not"), (None, "unknown")])
def test_effect_says_whether_the_rule_still_fires(income: int | None, outcome: str) -> None:
    case, on = in_help(), date(2020, 9, 22)
    sheet(case.household, net_income=20_000_00)
    help_effects.keep_baseline(case, on=TODAY)
    FactSheet.objects.filter(household=case.household).update(net_income=income)
    effects = help_effects.look(case.pk, 3, by=actor("village", VILLAGE), on=on)
    assert [(row.rule, row.after_months, row.outcome, row.policy) for row in effects] == [
        ("below-line", 3, outcome, "kunming-2020")
    ]
    assert Baseline.objects.get(case=case).facts["net_income"] == "20000.00"


def test_effect_is_looked_at_once_and_not_before_its_day() -> None:
    case, by = in_help(), actor("village", VILLAGE)
    sheet(case.household)
    with pytest.raises(UserError, match="还没有到看效果的时候"):
        help_effects.look(case.pk, 3, by=by, on=date(2020, 9, 21))
    help_effects.look(case.pk, 3, by=by, on=date(2020, 9, 22))
    with pytest.raises(UserError, match="已经记过"):
        help_effects.look(case.pk, 3, by=by, on=date(2020, 9, 23))
    with pytest.raises(UserError, match="还没有到"):
        help_effects.look(case.pk, 4, by=by, on=date(2021, 9, 23))
    assert Effect.objects.count() == 1


def test_baseline_is_kept_once() -> None:
    case = in_help()
    sheet(case.household)
    first = help_effects.keep_baseline(case, on=TODAY)
    FactSheet.objects.filter(household=case.household).update(net_income=1)
    assert help_effects.keep_baseline(case, on=date(2020, 8, 1)).pk == first.pk


def test_follow_up_is_kept_once_however_often_it_is_sent() -> None:
    case, by = in_help(), actor("village", VILLAGE)
    seen = Seen(date(2020, 7, 5), "赵干部", "猪已出栏两头")
    follow_ups.note(case.pk, seen, by=by, on=TODAY, sending=Sending(number="f1"))
    with pytest.raises(AlreadyDoneError):
        follow_ups.note(case.pk, seen, by=by, on=TODAY, sending=Sending(number="f1"))
    assert case.follow_ups.count() == 1


@pytest.mark.parametrize(
    ("seen", "fault"),
    [
        (Seen(date(2020, 7, 7), "赵", "好"), "还没有到"),
        (Seen(date(2020, 6, 21), "赵", "好"), "在纳入以前"),
        (Seen(date(2020, 7, 5), " ", "好"), "没有写谁去的"),
        (Seen(date(2020, 7, 5), "赵", " "), "没有写谁去的"),
    ],
)
def test_follow_up_that_cannot_be(seen: Seen, fault: str) -> None:
    case = in_help()
    with pytest.raises(UserError, match=fault):
        follow_ups.note(case.pk, seen, by=actor("village", VILLAGE), on=TODAY)


FLOOD = Emergency(date(2020, 7, 5), "social-security", "洪水冲毁房屋", "杨镇长", "镇长")


def test_rescue_pays_first_opens_a_clue_and_identifies_nobody() -> None:
    home = household()
    rescue = rescues.give(home.pk, FLOOD, MONEY, by=actor("village", VILLAGE), on=TODAY)
    case = Case.objects.get(household=home)
    home.refresh_from_db()
    assert (rescue.due_on, rescue.payments.get().amount_fen) == (date(2020, 7, 20), 123_456)
    assert (case.state, case.included_on, home.confirmed_level) == ("clue", None, None)


def test_rescue_deadline_on_a_day_off_moves_to_the_next_working_day() -> None:
    """26 June is a holiday, and 4 July a Saturday."""
    rescue = rescues.give(
        household().pk,
        Emergency(date(2020, 6, 19), "water", "断水", "杨镇长", "镇长"),
        None,
        by=actor("village", VILLAGE),
        on=TODAY,
    )
    assert rescue.due_on == date(2020, 7, 6)


def test_rescue_without_a_word_from_above_is_refused_and_nothing_is_kept() -> None:
    home = household()
    with pytest.raises(UserError, match="没有写谁批准的"):
        rescues.give(
            home.pk,
            Emergency(date(2020, 7, 5), "water", "断水", "", "镇长"),
            MONEY,
            by=actor("village", VILLAGE),
            on=TODAY,
        )
    assert (Rescue.objects.count(), Case.objects.count(), Payment.objects.count()) == (0, 0, 0)


def test_rescue_of_a_foreign_household_is_as_if_it_were_not_there() -> None:
    with pytest.raises(UserError, match="没有这一户，或不在您的范围内"):
        rescues.give(household(FOREIGN_VILLAGE).pk, FLOOD, None, by=actor("village", VILLAGE), on=TODAY)


def test_rescue_sent_twice_is_given_once() -> None:
    home, by = household(), actor("village", VILLAGE)
    rescues.give(home.pk, FLOOD, MONEY, by=by, on=TODAY, sending=Sending(number="r1"))
    with pytest.raises(AlreadyDoneError):
        rescues.give(home.pk, FLOOD, MONEY, by=by, on=TODAY, sending=Sending(number="r1"))
    assert (Rescue.objects.count(), Payment.objects.count()) == (1, 1)


def test_changes_since_inclusion_are_told_in_words_and_unknown_stays_unknown() -> None:
    case = in_help()
    sheet(case.household, net_income=20_000_00, labour_units=None)
    baseline = help_effects.keep_baseline(case, on=TODAY)
    now = {**facts_on(case.household.sheet, TODAY), "net_income": 30_000_00, "labour_units": 3}
    told = {row.name: (row.before, row.now) for row in changes(load("kunming-2020"), case, baseline, now)}
    assert (told["家庭纯收入"], told["劳动力"]) == (("20,000 元", "30,000 元"), (None, "1.5 人"))
    assert told["人均参考收入"] == ("5,000 元/人", "7,500 元/人")
