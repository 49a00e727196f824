"""What follows the county's decision: the village learns it, it is entered, a removed household is looked back at."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from shouwang.office.access.scope import Scope
from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import afterwards, batches, closing, clues, deciding
from shouwang.office.casework.actions.batches import BatchRefusedError, NotAllowed
from shouwang.office.casework.actions.escalating import escalate
from shouwang.office.casework.actions.follow_ups import Seen
from shouwang.office.casework.actions.moving import AlreadyDoneError, Sending
from shouwang.office.casework.actions.side_clocks import end_without_household
from shouwang.office.casework.models import Announcement, Case, Escalation, FollowUp, Schedule, SideClock, State, Step
from shouwang.office.casework.queries import cases, side_clocks
from shouwang.office.casework.queries.due import due
from shouwang.office.registry.models import Household
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import NOTICED, OPENED, case_in, fresh, home_with, noticed
from tests.unit.office.casework.help_factories import in_help, measure
from tests.unit.office.casework.help_factories import sheet as safe_sheet
from tests.unit.office.factories import (
    DONGCHUAN,
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    VILLAGE,
    actor,
    client_of,
    household,
)

pytestmark = pytest.mark.django_db
DECIDED = date(2020, 7, 6)
"""A Monday."""
NEXT_DAY, ENTERED_BY = date(2020, 7, 7), date(2020, 7, 9)
POSTED = {"posted_on": DECIDED, "place": "村务公开栏"}
WENT = "李驻村"


@pytest.fixture
def county():
    return actor("county-decider", DONGCHUAN)


@pytest.fixture
def township():
    return actor("township", TANGDAN)


@pytest.fixture
def village():
    return actor("village", VILLAGE)


def _included(area_code: str = VILLAGE, *, on: date = DECIDED, **home: object) -> Case:
    case = case_in(State.AUDITED, home=home_with(area_code, **home))
    return deciding.include(case.pk, level=3, by=actor("county-decider", area_code[:6]), on=on)


def _removed(*, on: date = DECIDED) -> Case:
    """A removed household with the clocks that its removal starts."""
    case = case_in(State.REMOVED, removed_on=on, closed_on=on)
    for step, holder, days in (
        ("announced", "township", 1),
        ("entered", "village", 3),
        ("looked-back", "village", 183),
    ):
        SideClock.objects.create(
            case=case,
            area_code=case.area_code,
            procedure="removal",
            step=step,
            holder_role=holder,
            started_on=on,
            due_on=on + timedelta(days=days),
        )
    return case


def _running(case: Case) -> list[tuple[str, str, date]]:
    rows = SideClock.objects.filter(case=case, ended_on=None).order_by("due_on", "id")
    return list(rows.values_list("step", "holder_role", "due_on"))


def test_inclusion_is_announced_and_entered_in_the_days_of_the_schedule() -> None:
    assert _running(_included()) == [("announced", "township", NEXT_DAY), ("entered", "village", ENTERED_BY)]


def test_county_sets_its_own_days() -> None:
    known = {"set_by": "1", "set_by_name": "测试", "announced": 2, "entered": 4}
    Schedule.objects.create(area_code=DONGCHUAN, since=date(2020, 1, 1), **known)
    assert [day for _step, _role, day in _running(_included())] == [date(2020, 7, 8), date(2020, 7, 10)]


def test_refusal_is_told_and_not_announced(county) -> None:
    case = case_in(State.AUDITED)
    deciding.refuse(case.pk, deciding.Ground("above-line", "收入高于线"), by=county, on=DECIDED)
    assert _running(case) == []


def test_clocks_beside_hold_up_nothing(county, village) -> None:
    case = _included()
    assert (case.state, case.holder_role, case.next_due_on) == ("included", "village", date(2020, 7, 16))
    announced = afterwards.enter(case.pk, entered_on=DECIDED, by=village, on=DECIDED)
    assert (announced.state, announced.next_due_on) == ("included", date(2020, 7, 16))


def test_announcement_keeps_the_sheet_and_ends_the_clock(township) -> None:
    case = _included(name="王小明")
    row = afterwards.announce(case.pk, **POSTED, by=township, on=NEXT_DAY)
    assert row.sheet == {
        "township": "汤丹镇",
        "village": row.sheet["village"],
        "posted_on": "2020-07-06",
        "lines": [
            {"procedure": "inclusion", "head": "王○明", "people": 1, "level": "Ⅲ 突发风险", "decided_on": "2020-07-06"}
        ],
    }
    clock = SideClock.objects.get(case=case, step="announced")
    assert (clock.ended_on, clock.done_on, clock.announcement) == (NEXT_DAY, DECIDED, row)
    step = Step.objects.get(action="announce")
    assert (step.from_state, step.to_state, step.due_on) == ("included", "included", NEXT_DAY)
    assert Event.objects.filter(subject_kind="case", verb="changed").last().after["announcement"] == row.pk


def test_sheet_is_chinese_whoever_prints_it(township) -> None:
    case = _included()
    with translation.override("en"):
        row = afterwards.announce(case.pk, **POSTED, by=township, on=NEXT_DAY)
    assert row.sheet["lines"][0]["level"] == "Ⅲ 突发风险"


def test_entry_keeps_the_day_and_the_number(village) -> None:
    case = _included()
    afterwards.enter(case.pk, entered_on=DECIDED, number=" 53011300001 ", by=village, on=NEXT_DAY)
    clock = SideClock.objects.get(case=case, step="entered")
    assert (clock.ended_on, clock.done_on, clock.national_number) == (NEXT_DAY, DECIDED, "53011300001")


def test_done_once(township) -> None:
    case = _included()
    afterwards.announce(case.pk, **POSTED, by=township, on=NEXT_DAY, sending=Sending("f-1"))
    with pytest.raises(AlreadyDoneError), transaction.atomic():
        afterwards.announce(case.pk, **POSTED, by=township, on=NEXT_DAY, sending=Sending("f-1"))
    with pytest.raises(UserError) as told:
        afterwards.announce(case.pk, **POSTED, by=township, on=NEXT_DAY)
    assert told.value.found == "这一步没有等着办，或者已经办过"


@pytest.mark.parametrize("day", [DECIDED - timedelta(days=1), NEXT_DAY + timedelta(days=1)])
def test_day_before_the_decision_or_to_come_is_refused(day, township, village) -> None:
    case = _included()
    with pytest.raises(UserError), transaction.atomic():
        afterwards.announce(case.pk, posted_on=day, place="村委会", by=township, on=NEXT_DAY)
    with pytest.raises(UserError), transaction.atomic():
        afterwards.enter(case.pk, entered_on=day, by=village, on=NEXT_DAY)
    assert not Announcement.objects.exists()


def test_announcement_without_a_place_is_refused(township) -> None:
    with pytest.raises(UserError) as told:
        afterwards.announce(_included().pk, posted_on=DECIDED, place=" ", by=township, on=DECIDED)
    assert told.value.found == "没有写贴在哪里"


def test_village_does_not_announce_in_the_name_of_the_township(village) -> None:
    with pytest.raises(UserError):
        afterwards.announce(_included().pk, **POSTED, by=village, on=NEXT_DAY)


@pytest.mark.parametrize("count", [1, 3])
def test_village_is_told_on_one_sheet_in_as_many_queries(count, township, django_assert_num_queries) -> None:
    made = [_included() for _case in range(count)]
    removed = _removed()
    chosen = [*(case.pk for case in made), removed.pk]
    with django_assert_num_queries(20):
        row = batches.announce(chosen, **POSTED, by=township, on=NEXT_DAY)
    assert [line["procedure"] for line in row.sheet["lines"]] == ["inclusion"] * count + ["removal"]
    assert set(row.announced.values_list("case", flat=True)) == set(chosen)
    assert Step.objects.filter(action="announce").count() == count + 1


def test_village_is_told_all_or_nothing(township) -> None:
    here, elsewhere = _included(), _included(OTHER_VILLAGE)
    with pytest.raises(BatchRefusedError) as told, transaction.atomic():
        batches.announce([here.pk, elsewhere.pk], **POSTED, by=township, on=NEXT_DAY)
    assert told.value.cases == (NotAllowed(elsewhere.pk, "不在同一个村"),)
    assert not Announcement.objects.exists()


def test_removal_starts_its_clocks_and_overtakes_what_is_open(county) -> None:
    home = household(VILLAGE, head_name="王小明", member_count=4)
    safe_sheet(home)
    case = in_help(home=home, included_on=date(2019, 12, 1))
    measure(case, status="done")
    SideClock.objects.create(
        case=case,
        area_code=case.area_code,
        procedure="inclusion",
        step="announced",
        holder_role="township",
        started_on=OPENED,
        due_on=OPENED,
    )
    Case.objects.filter(pk=case.pk).update(state=State.REMOVAL_AUDITED, procedure="removal")
    case = fresh(case)
    noticed(case, posted_on=NOTICED)
    deciding.remove(case.pk, way="help", by=county, on=DECIDED)
    assert _running(case) == [
        ("announced", "township", NEXT_DAY),
        ("entered", "village", ENTERED_BY),
        ("looked-back", "village", date(2021, 1, 6)),
    ]
    assert SideClock.objects.get(procedure="inclusion").done_on is None


def test_look_back_is_recorded_and_the_next_falls_due_until_tracking_is_over(village) -> None:
    case = _removed()
    seen = Seen(DECIDED, WENT, "收入稳定", "")
    for on in (date(2021, 1, 6), date(2021, 7, 6), date(2022, 1, 6)):
        afterwards.look_back(case.pk, Seen(on, WENT, "收入稳定"), by=village, on=on)
    assert _running(case)[-1] == ("looked-back", "village", date(2022, 7, 6))
    afterwards.look_back(case.pk, Seen(date(2022, 7, 6), WENT, "收入稳定"), by=village, on=date(2022, 7, 6))
    assert [step for step, _role, _day in _running(case)] == ["announced", "entered"]
    assert FollowUp.objects.filter(case=case, found=seen.found).count() == 4
    assert fresh(case).state == "removed"
    with pytest.raises(UserError):
        afterwards.look_back(case.pk, seen, by=village, on=date(2022, 8, 1))


def test_look_back_ends_with_a_new_case_or_the_household(village) -> None:
    again, gone, stays = _removed(), _removed(), _removed()
    clues.open_declared(again.household_id, clues.Declared("declaration", "又病了"), by=village, on=NEXT_DAY)
    Household.objects.filter(pk=gone.household_id).update(closed_on=NEXT_DAY, closed_as="died")
    assert end_without_household(on=NEXT_DAY) == 4
    assert [step for step, _role, _day in _running(again)] == ["announced", "entered"]
    assert (_running(gone), len(_running(stays))) == ([], 3)
    assert end_without_household(on=NEXT_DAY) == 0


def test_case_that_is_closed_waits_for_nothing(village) -> None:
    case = _included()
    Household.objects.filter(pk=case.household_id).update(closed_on=NEXT_DAY, closed_as="died")
    closing.close(case.pk, by=village, on=NEXT_DAY)
    assert _running(case) == []


@pytest.mark.parametrize(
    ("prefix", "seen"), [(TANGDAN, (0, 1)), (DONGCHUAN, (0, 1)), ("5301", (0, 1, 2)), (FOREIGN_VILLAGE[:9], (2,))]
)
def test_results_are_due_on_the_day_of_the_township_inside_its_area(prefix, seen) -> None:
    made = [_included(area) for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)]
    day = due(Scope(prefix), "township", on=DECIDED)
    assert [(row.case, row.word, row.due_on) for row in day.mine] == [
        (made[index], "公告结果", NEXT_DAY) for index in seen
    ]
    assert day.has_results is (len(seen) > 1)


def test_entry_is_due_on_the_day_of_the_village_and_a_look_back_only_when_it_is_near() -> None:
    case = _removed()
    assert [row.word for row in due(Scope(VILLAGE), "village", on=DECIDED).mine] == ["录入"]
    last = SideClock.objects.get(case=case, step="looked-back").due_on
    assert [row.word for row in due(Scope(VILLAGE), "village", on=last).mine] == ["录入", "回头看"]


def test_late_result_goes_up_and_comes_down_when_it_is_announced(township) -> None:
    case = _included()
    late = NEXT_DAY + timedelta(days=1)
    assert (escalate(on=NEXT_DAY), escalate(on=late), escalate(on=late)) == (0, 1, 0)
    raised = due(Scope(DONGCHUAN), "county-decider", on=late).escalated
    assert [(row.case, row.word, row.is_late) for row in raised] == [(case, "公告结果", True)]
    afterwards.announce(case.pk, **POSTED, by=township, on=late)
    assert Escalation.objects.get().ended_on == late
    assert due(Scope(DONGCHUAN), "county-decider", on=late).escalated == []


def test_late_entry_goes_to_the_township_and_then_to_the_county() -> None:
    case = _included()
    SideClock.objects.filter(case=case, step="announced").update(ended_on=DECIDED)
    assert (escalate(on=date(2020, 7, 10)), escalate(on=date(2020, 7, 13))) == (1, 1)
    assert list(Escalation.objects.order_by("id").values_list("state", "to_role")) == [
        ("entered", "township"),
        ("entered", "county-decider"),
    ]


def test_villages_with_results_inside_the_area() -> None:
    for area in (VILLAGE, VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE):
        _included(area)
    assert [(row.area_code, row.results, row.late) for row in side_clocks.villages(Scope(TANGDAN), on=ENTERED_BY)] == [
        (area, count, count) for area, count in sorted([(VILLAGE, 2), (OTHER_VILLAGE, 1)])
    ]
    assert side_clocks.results_of(Scope(TANGDAN), VILLAGE).count() == 2
    assert side_clocks.results_of(Scope(TANGDAN), FOREIGN_VILLAGE).count() == 0
    assert side_clocks.results_of(Scope(TANGDAN), TANGDAN).count() == 0


def test_panel_shows_what_is_due_beside_the_state_and_who_does_it(township, village) -> None:
    case = _included()
    panel = cases.panel_of(case, actor=township, on=DECIDED)
    assert [(one.word, one.due_on, one.holder) for one in panel.beside] == [
        ("公告结果", NEXT_DAY, "乡镇"),
        ("录入", ENTERED_BY, "村级（驻村队员、村干部）"),
    ]
    assert {"announce", "enter"} <= {row.action for row in panel.others}
    assert "announce" not in {row.action for row in cases.panel_of(case, actor=village, on=DECIDED).others}
    afterwards.announce(case.pk, **POSTED, by=township, on=DECIDED)
    assert "announce" not in {row.action for row in cases.panel_of(case, actor=township, on=DECIDED).others}


def test_pages_of_what_follows() -> None:
    made = [_included(name=f"王小{sign}") for sign in "甲乙"]
    client = client_of("township", TANGDAN)
    assert "王小甲" not in client.get("/cases/announcing/").content.decode()
    page = client.get(f"/cases/announcing/?area={VILLAGE}")
    assert "王小甲" in page.content.decode()
    sent = client.post(
        f"/cases/announcing/?area={VILLAGE}",
        {"chosen": [str(case.pk) for case in made], "posted_on": "2020-07-06", "place": "村务公开栏"},
    )
    assert sent.status_code == 302
    sheet = Announcement.objects.get()
    told = client.get(f"/cases/announcements/{sheet.pk}/").content.decode()
    assert "王○甲" in told
    assert "王小甲" not in told
    assert "汤丹镇" in told
    foreign = client_of("township", FOREIGN_VILLAGE[:9])
    assert foreign.get(f"/cases/announcements/{sheet.pk}/").status_code == 404
    assert "结果公告" in client.get(f"/cases/{made[0].pk}/").content.decode()
    client.post(f"/cases/{made[0].pk}/enter/", {"entered_on": "2020-07-06", "number": "1"})
    assert SideClock.objects.get(case=made[0], step="entered").national_number == "1"


def test_page_of_a_look_back() -> None:
    case = _removed()
    client = client_of("village", VILLAGE)
    given = {"day": "2020-07-06", "visitor": WENT, "found": "收入稳定", "needed": ""}
    assert client.post(f"/cases/{case.pk}/look-back/", given).status_code == 302
    assert FollowUp.objects.get(case=case).visitor == WENT


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": "announced", "national_number": "1", "done_on": DECIDED},
        {"step": "entered", "national_number": "1"},
    ],
)
def test_number_only_of_an_entry_that_was_made_by_constraint(wrong) -> None:
    case = _included()
    known = {"case": case, "area_code": VILLAGE, "procedure": "inclusion", "holder_role": "village"}
    known |= {"started_on": DECIDED, "due_on": DECIDED, "ended_on": DECIDED}
    with pytest.raises(IntegrityError), transaction.atomic():
        SideClock.objects.create(**known, **wrong)
    SideClock.objects.create(**known, step="entered", national_number="1", done_on=DECIDED)


def test_one_open_clock_per_step_by_constraint() -> None:
    case = _included()
    known = {"case": case, "area_code": VILLAGE, "procedure": "inclusion", "holder_role": "village"}
    known |= {"started_on": DECIDED, "due_on": DECIDED, "step": "entered"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SideClock.objects.create(**known)
    SideClock.objects.create(**known, ended_on=DECIDED)
