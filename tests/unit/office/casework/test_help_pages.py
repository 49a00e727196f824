"""Pages of help: who may open them, what they show of whose area, and how many queries they ask."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwang.office.audit.models import Event
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions import help_effects, help_payments
from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.models import Case, Effect, FollowUp, Measure, Payment, Plan, Rescue
from tests.unit.office.casework.help_factories import in_help, included, measure, sheet
from tests.unit.office.factories import (
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    TODAY,
    VILLAGE,
    actor,
    client_of,
    household,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Client:
    return client_of("village", VILLAGE)


def _pay(row: Measure, fen: int, source: str = "county") -> Payment:
    return help_payments.pay(row.pk, Paid(source, fen, TODAY, "发放表"), by=actor("village", row.area_code), on=TODAY)


def test_plan_form_offers_the_measures_of_the_fired_rule_and_makes_the_plan(village: Client) -> None:
    case = included()
    address = reverse("cases:start-help", args=[case.pk])
    page = village.get(address).content.decode()
    suggested, whole_form = page.split("目录里的其他措施", 1)
    assert ("产业帮扶" in suggested, "危房改造" in suggested, "危房改造" in whole_form) == (True, False, True)
    sent = {
        "cadre": "赵干部",
        "organisation": "农业农村局",
        "starts_on": "2020-07-06",
        "measures": ["below-line|industry", "below-line|jobs"],
        "form_number": "n1",
    }
    answer = village.post(address, sent)
    assert (answer.status_code, answer["Location"]) == (302, reverse("cases:help", args=[case.pk]))
    assert sorted(case.measures.values_list("code", flat=True)) == ["industry", "jobs"]
    again = village.post(address, sent)
    assert (again.status_code, Plan.objects.count(), Measure.objects.count()) == (302, 1, 2)


def test_plan_form_tells_all_faults_at_once_and_keeps_what_was_typed(village: Client) -> None:
    case = included()
    answer = village.post(reverse("cases:start-help", args=[case.pk]), {"organisation": "农业农村局"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('class="wrong"') == 3
    assert ("还没有选措施" in page, 'value="农业农村局"' in page) == (True, True)


def test_plan_refused_by_a_rule_stands_at_the_form(village: Client) -> None:
    for _ in range(2):
        village.post(reverse("cases:start-help", args=[included().pk]), _leader())
    answer = village.post(reverse("cases:start-help", args=[included().pk]), _leader())
    assert answer.status_code == 422
    assert "最多 2 户" in answer.content.decode()


def _leader() -> dict[str, Any]:
    return {
        "cadre": "李局长",
        "organisation": "财政局",
        "is_leader": "on",
        "starts_on": "2020-07-06",
        "measures": ["below-line|industry"],
    }


def _addresses(case: Case, row: Measure, payment: Payment) -> list[tuple[str, str]]:
    """Method and address of every page of help that is about one household."""
    return [
        ("get", reverse("cases:help", args=[case.pk])),
        ("get", reverse("cases:start-help", args=[case.pk])),
        ("post", reverse("cases:start-help", args=[case.pk])),
        ("post", reverse("cases:help-add-measure", args=[case.pk])),
        ("post", reverse("cases:help-cadre", args=[case.pk])),
        ("post", reverse("cases:help-follow-up", args=[case.pk])),
        ("post", reverse("cases:help-look", args=[case.pk, 3])),
        ("get", reverse("cases:help-measure", args=[row.pk])),
        ("post", reverse("cases:help-step", args=[row.pk])),
        ("post", reverse("cases:help-pay", args=[row.pk])),
        ("post", reverse("cases:help-add-file", args=[row.pk])),
        ("post", reverse("cases:help-take-back", args=[payment.pk])),
        ("get", reverse("cases:rescue", args=[case.household_id])),
        ("post", reverse("cases:rescue", args=[case.household_id])),
    ]


@pytest.mark.parametrize("area", [OTHER_VILLAGE, FOREIGN_VILLAGE])
def test_household_of_another_area_is_404_everywhere(village: Client, area: str) -> None:
    case = in_help(area)
    row = measure(case)
    answers = [
        (method, address, getattr(village, method)(address).status_code)
        for method, address in _addresses(case, row, _pay(row, 100))
    ]
    assert [answer for answer in answers if answer[2] != 404] == []


@pytest.mark.parametrize("role", ["leader", "liaison", "policy-officer", "administrator"])
def test_role_that_sees_no_case_is_refused(role: str) -> None:
    case = in_help()
    client = client_of(role, "5301")
    names = ("help-measures", "help-payments", "help-faults", "rescues")
    addresses = [reverse(f"cases:{name}") for name in names] + [reverse("cases:help", args=[case.pk])]
    assert [client.get(address).status_code for address in addresses] == [403] * 5


@pytest.mark.parametrize("role", ["auditor", "analyst", "county-decider"])
def test_role_that_only_looks_changes_nothing(role: str) -> None:
    case = in_help()
    row = measure(case)
    payment = _pay(row, 100)
    client = client_of(role, "530113")
    answers = [
        getattr(client, method)(address).status_code
        for method, address in _addresses(case, row, payment)
        if method == "post"
    ]
    assert answers == [403] * 10


def test_help_page_shows_the_story_and_leaves_an_event(village: Client) -> None:
    case = in_help(included_on=date(2020, 3, 1))
    sheet(case.household)
    help_effects.keep_baseline(case, on=TODAY)
    _pay(measure(case), 123_456)
    page = village.get(reverse("cases:help", args=[case.pk])).content.decode()
    assert "1,234.56 元" in page
    assert "3 个月没有走访" in page
    assert "满 3 个月，看效果" in page
    assert Event.objects.filter(verb=Verb.SEEN, household_id=case.household_id).count() == 1


def test_help_page_asks_a_fixed_number_of_queries(village: Client, django_assert_num_queries: Any) -> None:
    case = in_help()
    sheet(case.household)
    help_effects.keep_baseline(case, on=TODAY)
    for code in ("industry", "jobs", "finance"):
        _pay(measure(case, code), 100)
    address = reverse("cases:help", args=[case.pk])
    village.get(address)
    with django_assert_num_queries(20):
        village.get(address)


def test_effect_button_keeps_what_is_seen(village: Client) -> None:
    case = in_help(included_on=date(2020, 3, 1))
    sheet(case.household)
    village.post(reverse("cases:help-look", args=[case.pk, 3]))
    village.post(reverse("cases:help-look", args=[case.pk, 3]))
    assert list(Effect.objects.values_list("rule", "outcome")) == [("below-line", "works")]


def test_follow_up_form(village: Client) -> None:
    case = in_help()
    address = reverse("cases:help-follow-up", args=[case.pk])
    sent = {"day": "2020-07-05", "visitor": "赵干部", "found": "猪长势好", "form_number": "f1"}
    assert village.post(address, {**sent, "found": ""}).status_code == 422
    assert village.post(address, sent).status_code == 302
    assert village.post(address, sent).status_code == 302
    assert FollowUp.objects.count() == 1


def test_measure_page_takes_a_step_and_a_payment(village: Client) -> None:
    row = measure(in_help())
    paid = {
        "amount": "1,234.56",
        "source": "putuo",
        "paid_on": "2020-07-05",
        "paid_evidence": "转账单 3",
        "form_number": "p1",
    }
    assert village.post(reverse("cases:help-pay", args=[row.pk]), paid).status_code == 302
    assert village.post(reverse("cases:help-pay", args=[row.pk]), paid).status_code == 302
    assert list(Payment.objects.values_list("amount_fen", "source")) == [(123_456, "putuo")]
    step = {"action": "complete", "day": "2020-07-06", "evidence": "", "expected": "running"}
    refused = village.post(reverse("cases:help-step", args=[row.pk]), step)
    assert (refused.status_code, "要有凭据" in refused.content.decode()) == (422, True)
    done = village.post(reverse("cases:help-step", args=[row.pk]), {**step, "evidence": "合同 2"})
    row.refresh_from_db()
    assert (done.status_code, row.status) == (302, "done")


def test_page_says_that_what_was_typed_is_done_so_that_it_is_not_offered_again(village: Client) -> None:
    row = measure(in_help())
    address = reverse("cases:help-pay", args=[row.pk])
    sent = {"amount": "5", "source": "county", "paid_on": "2020-07-05", "paid_evidence": "单 3", "form_number": "p9"}
    refused = village.post(address, {**sent, "amount": "x"}).content.decode()
    pages = [refused, *(village.post(address, sent, follow=True).content.decode() for _ in range(2))]
    assert ["data-draft-done" in page for page in pages] == [False, True, True]
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("amount", ["0", "-5", "1.234", "很多", "", "1e99", "NaN"])
def test_amount_that_is_none_is_refused_at_its_field(village: Client, amount: str) -> None:
    row = measure(in_help())
    answer = village.post(
        reverse("cases:help-pay", args=[row.pk]),
        {"amount": amount, "source": "county", "paid_on": "2020-07-05", "paid_evidence": "x"},
    )
    assert (answer.status_code, Payment.objects.count()) == (422, 0)


def test_payment_taken_back_stays_in_the_ledger_and_counts_nothing(village: Client) -> None:
    row = measure(in_help())
    wrong, _right = _pay(row, 500_00), _pay(row, 300_00)
    village.post(reverse("cases:help-take-back", args=[wrong.pk]), {"reason": "打错户"})
    context = village.get(reverse("cases:help-payments")).context
    assert (context["in_all"].amount_fen, context["in_all"].payments, len(context["rows"])) == (300_00, 1, 3)


def test_ledger_sums_by_source_and_use_with_each_household_once() -> None:
    client = client_of("township", TANGDAN)
    first, second = in_help(), in_help(OTHER_VILLAGE)
    pigs = measure(first)
    _pay(pigs, 100_01)
    _pay(pigs, 200_02)
    _pay(measure(first, "jobs"), 50, "city")
    _pay(measure(second), 7)
    _pay(measure(in_help(FOREIGN_VILLAGE)), 999_999_99)
    context = client.get(reverse("cases:help-payments")).context
    assert [
        (word, line.payments, line.households, line.people, line.amount_fen) for word, line in context["by_source"]
    ] == [
        ("县", 3, 2, 8, 300_10),
        ("市", 1, 1, 4, 50),
    ]
    assert [(word, line.amount_fen) for word, line in context["by_use"]] == [("产业帮扶", 300_10), ("就业帮扶", 50)]
    assert (context["in_all"].households, context["in_all"].people, context["in_all"].amount_fen) == (2, 8, 300_60)


def test_lists_hold_only_the_area() -> None:
    client = client_of("township", TANGDAN)
    mine, foreign = in_help(), in_help(FOREIGN_VILLAGE)
    rows = [measure(mine), measure(foreign)]
    waiting = [included(), included(FOREIGN_VILLAGE)]
    context = client.get(reverse("cases:help-measures")).context
    assert [row.pk for row, *_ in context["shown"]] == [rows[0].pk]
    assert [case.pk for case in context["without_plan"]] == [waiting[0].pk]
    assert client.get(reverse("cases:help-measures"), {"area": "530128"}).context["shown"] == [
        (rows[0], "产业帮扶", "扶·带·引·提", "收入不足")
    ]


def test_list_of_measures_by_status() -> None:
    client = client_of("village", VILLAGE)
    case = in_help()
    running, late = measure(case), measure(case, "jobs", status="planned", starts_on=date(2020, 7, 5))
    measure(case, "finance", status="planned", starts_on=TODAY)
    address = reverse("cases:help-measures")
    assert [row.pk for row, *_ in client.get(address, {"status": "late"}).context["shown"]] == [late.pk]
    assert [row.pk for row, *_ in client.get(address, {"status": "running"}).context["shown"]] == [running.pk]
    assert [row.pk for row, *_ in client.get(address, {"code": "jobs"}).context["shown"]] == [late.pk]


@pytest.mark.parametrize(
    ("name", "queries"), [("help-measures", 6), ("help-payments", 10), ("help-faults", 19), ("rescues", 4)]
)
def test_lists_ask_a_fixed_number_of_queries(name: str, queries: int, django_assert_num_queries: Any) -> None:
    client = client_of("township", TANGDAN)
    for _ in range(3):
        _pay(measure(in_help()), 100)
        included()
    client.get(reverse(f"cases:{name}"))
    with django_assert_num_queries(queries):
        client.get(reverse(f"cases:{name}"))


def test_rescue_form_needs_source_and_evidence_with_money(village: Client) -> None:
    home = household()
    address = reverse("cases:rescue", args=[home.pk])
    sent = {
        "day": "2020-07-05",
        "code": "social-security",
        "reason": "洪水冲毁房屋",
        "authorised_by": "杨镇长",
        "authorised_post": "镇长",
        "amount": "5000",
        "form_number": "r1",
    }
    refused = village.post(address, sent)
    assert (refused.status_code, refused.content.decode().count('class="wrong"')) == (422, 2)
    assert village.get(address).status_code == 200
    done = village.post(address, {**sent, "source": "county", "paid_evidence": "借款单 1"})
    again = village.post(address, {**sent, "source": "county", "paid_evidence": "借款单 1"})
    assert (done.status_code, again.status_code) == (302, 302)
    assert (Rescue.objects.count(), Payment.objects.get().amount_fen) == (1, 5000_00)
    page = village.get(reverse("cases:rescues")).content.decode()
    assert "洪水冲毁房屋" in page
    assert "还剩 14 日" in page


def test_any_kind_is_recorded_with_what_it_answers(village: Client) -> None:
    case = in_help(rules=["sudden-hardship"])
    address = reverse("cases:help-add-measure", args=[case.pk])
    given = {"organisation": "水务局", "starts_on": "2020-07-06", "measure": "|schooling"}
    nothing = village.post(address, given)
    assert (nothing.status_code, "选它应对的规则" in nothing.content.decode()) == (422, True)
    wordless = village.post(address, {**given, "answers": "other"})
    assert (wordless.status_code, "写明这一户的困难" in wordless.content.decode()) == (422, True)
    assert village.post(address, {**given, "answers": "other", "need": "孩子休学半年"}).status_code == 302
    assert village.post(address, {**given, "answers": "sudden-hardship", "need": "不算"}).status_code == 302
    assert list(Measure.objects.order_by("id").values_list("code", "rule", "need")) == [
        ("schooling", "other", "孩子休学半年"),
        ("schooling", "sudden-hardship", ""),
    ]
    page = village.get(reverse("cases:help", args=[case.pk])).content.decode()
    assert "核实到的其他困难：孩子休学半年" in page


def test_plan_takes_any_kind_beside_those_suggested(village: Client) -> None:
    case = included()
    address = reverse("cases:start-help", args=[case.pk])
    shown = village.get(address).content.decode()
    assert ('<span class="tag">引</span></legend>' in shown, shown.count('name="others"')) == (True, 14)
    given = {
        "cadre": "赵干部",
        "organisation": "农业农村局",
        "starts_on": "2020-07-06",
        "measures": ["below-line|jobs"],
        "others": ["water", "housing"],
    }
    refused = village.post(address, given)
    assert (refused.status_code, "选它应对的规则" in refused.content.decode()) == (422, True)
    assert village.post(address, {**given, "answers": "other", "need": "水管坏了"}).status_code == 302
    assert list(Measure.objects.order_by("id").values_list("code", "rule", "need")) == [
        ("jobs", "below-line", ""),
        ("water", "other", "水管坏了"),
        ("housing", "other", "水管坏了"),
    ]


def test_family_stands_beside_the_measure(village: Client) -> None:
    row = measure(in_help())
    _pay(row, 100)
    names = [("help-measures", []), ("help-payments", []), ("help-measure", [row.pk]), ("help", [row.case_id])]
    for name, args in names:
        assert "扶·带·引·提" in village.get(reverse(f"cases:{name}", args=args)).content.decode(), name
