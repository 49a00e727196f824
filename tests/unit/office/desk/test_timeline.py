"""The line of time on a household's page: all that was done, the newest first, cut with a way to the whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from shouwang.office.casework.actions import follow_ups, help_effects, help_measures, help_payments
from shouwang.office.casework.actions.follow_ups import Seen
from shouwang.office.casework.actions.help_measures import Told
from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.models import FollowUp, Rescue
from shouwang.office.desk.queries import timeline as asked
from shouwang.office.desk.queries.timeline import timeline
from shouwang.office.registry.actions import facts
from shouwang.office.registry.models import Contradiction, LifeEvent
from tests.unit.office.casework.factories import case_in, home_with, publication, warning
from tests.unit.office.casework.help_factories import in_help, measure, sheet
from tests.unit.office.factories import FOREIGN_VILLAGE, OTHER_VILLAGE, VILLAGE, actor, client_of, person

pytestmark = pytest.mark.django_db
TODAY = date(2020, 9, 22)


def _event(home, kind: str, on: date, **values: object) -> LifeEvent:
    by = {"recorded_on": on, "recorded_by": "1", "recorded_by_name": "李村干"}
    return LifeEvent.objects.create(household=home, kind=kind, on=on, **by, **values)


def _everything(*, is_warned: bool = True):
    """A household in help to which one thing of every kind has happened, a day each."""
    case, by = in_help(), replace(actor("village", VILLAGE), name="李村干")
    home = case.household
    sheet(home)
    row = measure(case, status="planned", starts_on=date(2020, 7, 1))
    if is_warned:
        warning(home, of=publication(on=date(2020, 6, 22)))
    _event(home, "birth", date(2020, 7, 2), person=person(home, name="王小小"))
    help_measures.step(row.pk, "start", Told("planned", date(2020, 7, 3)), by=by, on=date(2020, 7, 3))
    paid = help_payments.pay(row.pk, Paid("county", 120_000, date(2020, 7, 4), "表"), by=by, on=date(2020, 7, 4))
    help_payments.take_back(paid.pk, "打错", by=by, on=date(2020, 7, 5))
    follow_ups.note(case.pk, Seen(date(2020, 7, 6), "张一", "鸡苗到了"), by=by, on=date(2020, 7, 6))
    facts.record(home, "housing_grade", "C", as_of=date(2020, 7, 7), source="入户", by=by, on=date(2020, 7, 7))
    told = ("结清", date(2020, 7, 8))
    help_measures.step(row.pk, "complete", Told("running", told[1], evidence=told[0]), by=by, on=told[1])
    Rescue.objects.create(
        household=home,
        area_code=home.area_code,
        on=date(2020, 7, 9),
        code="social-security",
        reason="屋顶塌了",
        authorised_by="李镇长",
        authorised_post="镇长",
        due_on=date(2020, 7, 24),
        recorded_by="1",
        recorded_by_name="李村干",
    )
    help_effects.look(case.pk, 3, by=by, on=TODAY)
    return case


def _told(home, **kwargs):
    return timeline(home.pk, kin={}, on=TODAY, **{"is_helped": True, **kwargs})


def test_everything_that_happened_is_told_the_newest_first() -> None:
    told = _told(_everything().household)
    assert [(line.on.isoformat()[5:], line.what, line.who) for line in told.lines] == [
        ("09-22", "看 3 个月效果：有效，风险不再触发（收入不足）", "李村干"),
        ("07-09", "先行救助：综合保障（屋顶塌了）", "李村干"),
        ("07-08", "产业帮扶（收入不足）：已完成", "李村干"),
        ("07-07", "住房等级：A级 → C级（入户）", "李村干"),
        ("07-06", "走访：鸡苗到了", "张一"),
        ("07-05", "冲销付款 1,200 元：产业帮扶、县", "李村干"),
        ("07-04", "付款 1,200 元：产业帮扶、县", "李村干"),
        ("07-03", "开始实施：产业帮扶（收入不足）", "汤丹镇"),
        ("07-02", "出生：王小小", "李村干"),
        ("06-22", "筛查：截至 2020-05-31，疑似 Ⅲ（新增）", ""),
    ]


def test_screening_that_clears_is_told() -> None:
    home = home_with()
    warning(home, of=publication(as_of=date(2020, 6, 30), on=date(2020, 7, 6)), level=None)
    assert [line.what for line in _told(home).lines] == ["筛查：截至 2020-06-30，不再预警（解除）"]


def test_settled_contradiction_is_told_whichever_side_was_kept() -> None:
    home = home_with()
    Contradiction.objects.create(
        household=home,
        area_code=home.area_code,
        fact="housing_grade",
        rank=0,
        first_value="A",
        first_source="住建",
        second_value="C",
        second_source="入户",
        kept="first",
        settled_at=timezone.now(),
        settled_by="1",
    )
    assert [line.what for line in _told(home).lines] == ["住房等级：两个来源不一致，定为 A级（住建）"]


def test_measure_on_paper_or_stopped_says_why() -> None:
    case = in_help()
    measure(case, status="not-started", reason="等苗")
    measure(case, "jobs", status="stopped", starts_on=date(2020, 7, 2), ends_on=date(2020, 7, 2))
    assert [line.what for line in _told(case.household).lines] == [
        "就业帮扶（收入不足）：中止、搬走",
        "产业帮扶（收入不足）：尚未实施、等苗",
    ]


def test_life_event_that_is_a_step_of_the_case_is_told_once() -> None:
    case = case_in("assigned")
    other = home_with()
    _event(case.household, "split", date(2020, 7, 2), other_household=other)
    case.steps.create(
        procedure="inclusion",
        action="split",
        to_state="assigned",
        on=date(2020, 7, 2),
        reason="分出一户",
        by_id="1",
        by_name="李村干",
        by_role="village",
    )
    assert [line.what for line in _told(case.household).lines] == ["分户：分出一户"]
    assert [line.what for line in _told(other).lines] == ["分户"]


def test_history_of_kin_is_told_until_its_day_with_its_number() -> None:
    home, old = home_with(), home_with()
    _event(old, "birth", date(2020, 7, 1))
    _event(old, "death", date(2020, 7, 3))
    told = timeline(home.pk, kin={old.pk: date(2020, 7, 2)}, is_helped=True, on=TODAY)
    assert [(line.what, line.of) for line in told.lines] == [("出生", old.pk)]


def test_line_of_time_is_cut_and_its_own_page_tells_the_whole() -> None:
    case = in_help()
    for day in range(30):
        on = date(2020, 7, 1) + timedelta(days=day)
        FollowUp.objects.create(
            case=case,
            area_code=VILLAGE,
            on=on,
            visitor="张一",
            found=f"第{day}次",
            recorded_by="1",
            recorded_by_name="张一",
        )
    told = _told(case.household)
    assert (len(told.lines), told.has_more, told.lines[0].what) == (asked.SHORT, True, "走访：第29次")
    assert len(_told(case.household, limit=None).lines) == 30
    client = client_of("village", VILLAGE)
    assert "全部经过" in client.get(f"/households/{case.household_id}/").content.decode()
    page = client.get(f"/households/{case.household_id}/history/").content.decode()
    assert "第0次" in page


@pytest.mark.parametrize("area", [OTHER_VILLAGE, FOREIGN_VILLAGE])
def test_history_of_another_area_is_not_there(area) -> None:
    home = home_with(area)
    assert client_of("village", VILLAGE).get(f"/households/{home.pk}/history/").status_code == 404


def test_line_of_time_costs_the_same_queries_for_more(django_assert_num_queries) -> None:
    case = _everything()
    for code in ("jobs", "finance"):
        with django_assert_num_queries(11):
            _told(case.household)
        measure(case, code)
        _event(case.household, "birth", TODAY, person=person(case.household))
    with django_assert_num_queries(5):
        _told(case.household, is_helped=False)


def test_page_of_a_helped_household_costs_a_known_number_of_queries(django_assert_num_queries) -> None:
    case, client = _everything(is_warned=False), client_of("village", VILLAGE)
    client.get("/today/")
    with django_assert_num_queries(49):
        client.get(f"/households/{case.household_id}/")
    with django_assert_num_queries(17):
        client.get(f"/households/{case.household_id}/history/")
