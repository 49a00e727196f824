"""Rules of data quality about help: what each finds, what it leaves alone, and that a foreign area never leaks in."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shouwang.office.access.scope import Scope
from shouwang.office.casework.actions.rescues import give
from shouwang.office.casework.models import Cadre, Case, Decision, Effect, FollowUp, Plan
from shouwang.office.casework.queries import help_faults, help_panel, rescues
from shouwang.office.registry.models import FactSheet
from tests.unit.office.casework.help_factories import in_help, included, measure, sheet
from tests.unit.office.casework.test_help_actions import FLOOD, MONEY
from tests.unit.office.factories import FOREIGN_VILLAGE, TANGDAN, TODAY, VILLAGE, actor, household

pytestmark = pytest.mark.django_db
TOWN = Scope(TANGDAN)


def _found(code: str, on: date = TODAY) -> list[int]:
    return sorted(help_faults.found(TOWN, code, on=on).values_list("pk", flat=True))


def test_every_rule_is_counted_in_households_and_people_of_the_area() -> None:
    included(included_on=date(2020, 6, 6))
    included(FOREIGN_VILLAGE, included_on=date(2020, 6, 6))
    counted = {fault.code: (homes, people) for fault, homes, people in help_faults.counted(TOWN, on=TODAY)}
    assert counted == {
        "no-measure": (1, 4),
        "rule-unanswered": (0, 0),
        "only-security": (0, 0),
        "no-developing": (0, 0),
        "not-started": (0, 0),
        "no-cadre": (0, 0),
        "no-follow-up": (0, 0),
        "not-looked": (0, 0),
        "does-not-work": (0, 0),
        "removed-blind": (0, 0),
        "removed-without-work": (0, 0),
        "no-risk": (0, 0),
        "no-income": (1, 4),
        "guarantees-blank": (1, 4),
    }


def test_no_measure_after_a_month_to_the_day() -> None:
    late = included(included_on=date(2020, 6, 6))
    included(included_on=date(2020, 6, 7))
    measure(in_help(included_on=date(2020, 6, 6)), status="planned")
    stopped = in_help(included_on=date(2020, 6, 6))
    measure(stopped, status="stopped")
    assert _found("no-measure") == [late.pk, stopped.pk]


def test_every_fired_rule_wants_a_measure() -> None:
    gap = in_help(rules=["below-line", "sudden-hardship"])
    measure(gap)
    whole = in_help(rules=["below-line"])
    measure(whole)
    included(rules=["below-line"])
    assert _found("rule-unanswered") == [gap.pk]
    assert help_panel.panel(gap, TODAY).gaps == [("sudden-hardship", "突发风险")]
    assert help_panel.panel(whole, TODAY).gaps == []


@pytest.mark.parametrize(
    ("units", "codes", "is_wrong"),
    [
        (2, ["social-security"], True),
        (0, ["social-security"], False),
        (None, ["social-security"], False),
        (2, ["social-security", "jobs"], False),
        (2, [], False),
    ],
)
def test_labour_at_hand_but_only_social_security(units: int | None, codes: list[str], is_wrong: bool) -> None:
    case = in_help()
    sheet(case.household, labour_units=units)
    for code in codes:
        measure(case, code)
    assert _found("only-security") == ([case.pk] if is_wrong else [])


@pytest.mark.parametrize(
    ("included_on", "units", "code", "is_wrong"),
    [
        (date(2020, 1, 6), 2, "health", True),
        (date(2020, 1, 7), 2, "health", False),
        (date(2020, 1, 6), 2, "public-post", False),
        (date(2020, 1, 6), None, "health", False),
    ],
)
def test_six_months_without_a_developing_measure(
    included_on: date, units: int | None, code: str, is_wrong: bool
) -> None:
    case = in_help(included_on=included_on)
    sheet(case.household, labour_units=units)
    measure(case, code)
    assert _found("no-developing") == ([case.pk] if is_wrong else [])


@pytest.mark.parametrize(
    ("status", "starts_on", "is_wrong"),
    [
        ("planned", date(2020, 7, 5), True),
        ("not-started", date(2020, 7, 5), True),
        ("planned", TODAY, False),
        ("running", date(2020, 7, 5), False),
    ],
)
def test_measure_past_its_start(status: str, starts_on: date, is_wrong: bool) -> None:
    case = in_help()
    measure(case, status=status, starts_on=starts_on)
    assert _found("not-started") == ([case.pk] if is_wrong else [])


def test_no_responsible_cadre() -> None:
    nobody, somebody = in_help(), in_help()
    Plan.objects.filter(case=nobody).update(cadre=None)
    included()
    assert _found("no-cadre") == [nobody.pk]
    assert Cadre.objects.filter(plans__case=somebody).count() == 1


def test_three_months_without_a_visit() -> None:
    alone = in_help(included_on=date(2020, 3, 1))
    old, new = in_help(included_on=date(2020, 3, 1)), in_help(included_on=date(2020, 3, 1))
    for case, on in ((old, date(2020, 4, 6)), (new, date(2020, 4, 7))):
        FollowUp.objects.create(
            case=case, area_code=VILLAGE, on=on, visitor="赵", found="好", recorded_by="1", recorded_by_name="赵"
        )
    in_help(included_on=date(2020, 4, 7))
    assert _found("no-follow-up") == [alone.pk, old.pk]


def _effect(case: Case, after: int, outcome: str) -> None:
    Effect.objects.create(
        case=case,
        area_code=case.area_code,
        rule="below-line",
        after_months=after,
        on=TODAY,
        policy="kunming-2020",
        facts={},
        outcome=outcome,
        recorded_by="1",
        recorded_by_name="赵",
    )


def test_effect_that_was_not_looked_at_and_help_that_does_not_work() -> None:
    unseen, seen = in_help(included_on=date(2020, 4, 6)), in_help(included_on=date(2020, 4, 6))
    in_help(included_on=date(2020, 4, 7))
    _effect(seen, 3, "does-not")
    failing, working = in_help(included_on=date(2020, 1, 6)), in_help(included_on=date(2020, 1, 6))
    for case, outcome in ((failing, "does-not"), (working, "works")):
        _effect(case, 3, outcome)
        _effect(case, 6, outcome)
    assert _found("not-looked") == [unseen.pk]
    assert _found("does-not-work") == [failing.pk]


def test_removed_while_income_is_unknown() -> None:
    blind, known = in_help(), in_help()
    for case, income in ((blind, None), (known, 1)):
        sheet(case.household, net_income=income)
        Case.objects.filter(pk=case.pk).update(state="removed", closed_on=TODAY, closed_as="removed", removed_on=TODAY)
    assert _found("removed-blind") == [blind.pk]
    FactSheet.objects.filter(household=blind.household).update(net_income=5)
    assert _found("removed-blind") == []


def _removed(code: str = "jobs", *, starts_on: date = date(2020, 6, 1), **facts: Any) -> Case:
    case = in_help()
    sheet(case.household, **facts)
    measure(case, code, starts_on=starts_on)
    Case.objects.filter(pk=case.pk).update(state="removed", closed_on=TODAY, closed_as="removed", removed_on=TODAY)
    return case


@pytest.mark.parametrize(
    ("facts", "is_wrong"),
    [
        ({"idle_months": 1}, True),
        ({"idle_months": 0}, False),
        ({"idle_months": None}, False),
        ({"net_income": 6_000_00, "transfer_income": 6_000_00}, True),
        ({"net_income": 6_000_01, "transfer_income": 6_000_00}, False),
        ({"net_income": -100, "transfer_income": 0}, True),
        ({"net_income": None, "transfer_income": 6_000_00}, False),
        ({"net_income": 6_000_00, "transfer_income": None}, False),
    ],
)
def test_removed_with_help_to_a_job_and_nothing_earned(facts: dict[str, Any], is_wrong: bool) -> None:
    case = _removed(**{"transfer_income": 0, **facts})
    assert _found("removed-without-work") == ([case.pk] if is_wrong else [])


def test_only_help_to_a_job_that_began_before_the_facts_is_asked_about() -> None:
    post = _removed("public-post", idle_months=3)
    _removed("industry", idle_months=3)
    _removed(starts_on=date(2020, 7, 1), idle_months=3)
    on_the_day = _removed(starts_on=date(2020, 6, 30), idle_months=3)
    stopped = _removed(idle_months=3)
    stopped.measures.update(status="stopped", reason="没去")
    running = in_help()
    sheet(running.household, idle_months=3)
    measure(running, "jobs", starts_on=date(2020, 6, 1))
    assert _found("removed-without-work") == [post.pk, on_the_day.pk]


def test_removed_household_that_has_entered_again_is_asked_about_in_its_new_case() -> None:
    once, again = (_removed(idle_months=3, net_income=None) for _ in range(2))
    included(home=again.household)
    assert _found("removed-without-work") == [once.pk]
    assert _found("removed-blind") == [once.pk]


def test_rule_about_idleness_says_its_months() -> None:
    case = _removed(idle_months=3)
    assert [fault.sentence for fault in help_faults.of_case(case, on=TODAY)] == [
        "风险已消除，记了就业或公益岗位措施，却没有挣来的收入，或有劳动力的成员闲置满 1 个月"
    ]


def test_monitored_household_with_an_entry_missing() -> None:
    whole, no_sheet, no_risk = in_help(), in_help(), in_help(rules=[])
    sheet(whole.household)
    sheet(no_risk.household)
    no_income = in_help()
    sheet(no_income.household, net_income=None)
    blank = [in_help() for _ in range(4)]
    for case, name in zip(blank, help_faults.GUARANTEES, strict=True):
        sheet(case.household, **{name: None})
    not_yet = included(confirmed_level=None, included_on=None, state="clue", rules=[])
    assert _found("no-risk") == [no_risk.pk]
    assert _found("no-income") == [no_sheet.pk, no_income.pk]
    assert _found("guarantees-blank") == [no_sheet.pk, *(case.pk for case in blank)]
    assert help_faults.of_case(not_yet, on=TODAY) == []


def test_day_of_identification_cannot_be_missing() -> None:
    case = in_help()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(included_on=None)


def test_code_that_is_no_rule_finds_nothing() -> None:
    included(included_on=date(2020, 1, 1))
    assert _found("no-such-rule") == []


def test_rules_of_one_case_are_asked_in_one_query(django_assert_num_queries: Any) -> None:
    case = included(included_on=date(2020, 1, 1))
    in_help()
    with django_assert_num_queries(1):
        found = help_faults.of_case(case, on=TODAY)
    assert [fault.code for fault in found] == [
        "no-measure",
        "no-follow-up",
        "not-looked",
        "no-income",
        "guarantees-blank",
    ]


def test_rescue_is_open_until_the_county_has_decided() -> None:
    homes = [household() for _ in range(3)] + [household(FOREIGN_VILLAGE)]
    for home in homes:
        give(home.pk, FLOOD, MONEY, by=actor("village", home.area_code), on=TODAY)
    refused = Case.objects.get(household=homes[1])
    Decision.objects.create(
        case=refused, procedure="inclusion", kind="refuse", reason="x", on=TODAY, by_id="1", by_name="县"
    )
    Case.objects.filter(household=homes[2]).update(state="in-help", included_on=TODAY, confirmed_level=3)
    in_help(home=None)
    assert list(rescues.open_ones(TOWN).values_list("household", flat=True)) == [homes[0].pk, homes[2].pk]
    assert rescues.counted_late(TOWN, on=date(2020, 7, 20)) == (0, 0)
    assert rescues.counted_late(TOWN, on=date(2020, 7, 21)) == (2, 0)


def test_rescue_of_a_household_in_help_needs_no_new_decision() -> None:
    case = in_help()
    give(case.household_id, FLOOD, MONEY, by=actor("village", VILLAGE), on=TODAY)
    assert list(rescues.open_ones(TOWN)) == []


def test_household_with_a_rescue_only_shows_it_and_is_not_identified() -> None:
    home = household()
    give(home.pk, FLOOD, MONEY, by=actor("village", VILLAGE), on=TODAY)
    panel = help_panel.panel(Case.objects.get(household=home), TODAY)
    assert (panel.plan, panel.removal, [row.is_settled for row in panel.rescues]) == (None, None, [False])


def test_household_never_included_and_never_rescued_has_no_panel() -> None:
    case = included()
    Case.objects.filter(pk=case.pk).update(included_on=None, confirmed_level=None, state="clue")
    case.refresh_from_db()
    assert help_panel.panel(case, TODAY) is None
