"""Every day a form of casework and help asks for: refused where it cannot be, with one message, and nothing is done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from shouwang.office.casework.clocks import DEFAULT
from shouwang.office.casework.models import (
    Case,
    FollowUp,
    Measure,
    Payment,
    Plan,
    Rescue,
    Review,
    Schedule,
    State,
    Visit,
)
from shouwang.office.registry.models import Household
from tests.unit.office.casework.factories import OPENED, case_in, home_with, led_to
from tests.unit.office.casework.help_factories import in_help, included, measure
from tests.unit.office.factories import DONGCHUAN, VILLAGE, actor, client_of

pytestmark = pytest.mark.django_db
TODAY = date(2020, 7, 6)
DAY = timedelta(days=1)
WRITTEN = (Case, FollowUp, Measure, Payment, Plan, Rescue, Review, Schedule, Visit)
Sent = tuple[str, dict[str, Any]]


def _visit(day: str) -> Sent:
    case = case_in(State.ASSIGNED)
    person = case.household.memberships.get().person_id
    form = {"on": day, "visitor_1": "张一", "visitor_2": "李二", "until": "2021-07-06", f"sign_{person}": "signed"}
    return reverse("cases:visit", args=[case.pk]), form


def _authorisation(day: str) -> Sent:
    address, form = _visit("2020-07-06")
    return address, {**form, "until": day}


def _review(day: str) -> Sent:
    case = led_to(State.COMPARED, home=home_with(), village=actor("village", VILLAGE))
    form = {"held_on": day, "chair": "村支书", "minutes": "记录", "proposed_level": "3"}
    return reverse("cases:review", args=[case.pk]), {
        **form,
        "present": "11",
        "votes_for": "10",
        "votes_against": "0",
        "abstained": "1",
    }


def _follow_up(day: str) -> Sent:
    case = in_help(included_on=date(2020, 6, 20))
    return reverse("cases:help-follow-up", args=[case.pk]), {"day": day, "visitor": "张一", "found": "好"}


def _plan(day: str) -> Sent:
    case = included(rules=["below-line"])
    form = {"cadre": "孙联户", "organisation": "汤丹镇", "starts_on": day, "measures": ["below-line|industry"]}
    return reverse("cases:start-help", args=[case.pk]), form


def _measure(day: str) -> Sent:
    case = in_help(rules=["below-line"])
    form = {"measure": "below-line|industry", "organisation": "汤丹镇", "starts_on": day}
    return reverse("cases:help-add-measure", args=[case.pk]), form


def _step(day: str) -> Sent:
    row = measure(in_help(), status="planned")
    return reverse("cases:help-step", args=[row.pk]), {"action": "start", "day": day, "expected": "planned"}


def _payment(day: str) -> Sent:
    row = measure(in_help())
    form = {"amount": "100", "source": "county", "paid_on": day, "paid_evidence": "发放表"}
    return reverse("cases:help-pay", args=[row.pk]), form


def _rescue(day: str) -> Sent:
    form = {"day": day, "code": "water", "reason": "断水", "authorised_by": "杨镇长", "authorised_post": "镇长"}
    return reverse("cases:rescue", args=[home_with().pk]), form


def _deadlines(day: str) -> Sent:
    return reverse("cases:schedules"), {"area_code": DONGCHUAN, "since": day, **vars(DEFAULT)}


BOUNDS: dict[str, tuple[Callable[[str], Sent], str, date, date]] = {
    "visit": (_visit, "village", OPENED, TODAY),
    "authorisation": (_authorisation, "village", TODAY + DAY, date(2022, 7, 6)),
    "review": (_review, "village", OPENED + DAY, TODAY),
    "follow-up": (_follow_up, "village", date(2020, 6, 20), TODAY),
    "plan": (_plan, "village", date(2020, 6, 8), date(2021, 7, 6)),
    "measure": (_measure, "village", date(2020, 6, 8), date(2021, 7, 6)),
    "step": (_step, "village", date(2020, 6, 8), TODAY),
    "payment": (_payment, "village", date(2020, 6, 8), TODAY),
    "rescue": (_rescue, "village", date(2019, 7, 6), TODAY),
    "deadlines": (_deadlines, "administrator", TODAY, date(2021, 7, 6)),
}
"""What is asked: its form, who fills it, the first and the last day it takes."""


def _written() -> list[int]:
    return [model.objects.count() for model in WRITTEN]  # type: ignore[attr-defined]


def _send(name: str, day: date) -> tuple[Any, list[int], list[int]]:
    sent, role, _first, _last = BOUNDS[name]
    address, form = sent(day.isoformat())
    before = _written()
    client = client_of(role, DONGCHUAN if role == "administrator" else VILLAGE)
    return client.post(address, form), before, _written()


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("which", [0, 1])
def test_first_and_last_day_are_taken(name: str, which: int) -> None:
    answer, _before, _after = _send(name, BOUNDS[name][2 + which])
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("beyond", ["before", "after", "first-of-all", "in-a-hundred-years"])
def test_day_that_cannot_be_is_refused_once_and_nothing_is_done(name: str, beyond: str) -> None:
    first, last = BOUNDS[name][2:]
    days = {"before": first - DAY, "after": last + DAY, "first-of-all": date(1, 1, 1)}
    day = days.get(beyond, date(2120, 7, 6))
    answer, before, after = _send(name, day)
    assert (answer.status_code in (409, 422), after) == (True, before)
    page = answer.content.decode()
    assert page.count('class="wrong"') + page.count('class="said error"') in (1, 2)
    assert f'value="{day.isoformat()}"' in page


def test_telling_lies_between_the_decision_and_today() -> None:
    from shouwang.office.casework.actions import deciding

    ground = deciding.Ground("above-line", "收入核过，高于监测线")
    case = case_in(State.AUDITED)
    deciding.refuse(case.pk, ground, by=actor("county-decider", DONGCHUAN), on=TODAY - DAY)
    client, address = client_of("village", VILLAGE), reverse("cases:tell", args=[case.pk])
    for day in (TODAY - 2 * DAY, TODAY + DAY):
        answer = client.post(address, {"told_on": day.isoformat(), "how": "door"})
        assert (answer.status_code, Case.objects.get().state) == (409, "refused")
    assert "早于审定（2020-07-05）" in client.post(address, {"told_on": "2020-07-04", "how": "door"}).content.decode()
    assert client.post(address, {"told_on": "2020-07-05", "how": "door"}).status_code == 302


def test_ledger_that_ends_before_it_begins_says_so() -> None:
    page = client_of("village", VILLAGE).get("/cases/help/payments/?since=2020-07-06&until=2020-07-05")
    assert "比“从”早 → 填“从”那一天或以后的日子" in page.content.decode()


def test_home_of_a_rescue_that_is_refused_has_no_clue() -> None:
    _send("rescue", date(2120, 7, 6))
    assert (Household.objects.count(), Case.objects.count()) == (1, 0)
