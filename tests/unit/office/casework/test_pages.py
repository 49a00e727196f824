"""Pages: each opens for who may, is not there outside the area, and keeps what was typed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwang.office.audit.models import Event
from shouwang.office.casework.clocks import DEFAULT
from shouwang.office.casework.forms.decisions import BatchForm
from shouwang.office.casework.models import (
    AssetQuestion,
    Case,
    Decision,
    FormNumber,
    Notice,
    State,
    Step,
    Visit,
    VisitFinding,
)
from shouwang.office.casework.sheet import sheet_of
from shouwang.office.casework.transitions import TABLE
from shouwang.office.registry.models import FactSheet, Household
from tests.unit.office.casework.factories import case_in, fresh, home_with, noticed, publication, warning
from tests.unit.office.factories import DONGCHUAN, FOREIGN_VILLAGE, OTHER_VILLAGE, TANGDAN, VILLAGE, client_of

pytestmark = pytest.mark.django_db
AREAS = {
    "cases.work": ("village", VILLAGE),
    "cases.audit": ("township", TANGDAN),
    "cases.decide": ("county-decider", DONGCHUAN),
}
FOREIGN = {"village": FOREIGN_VILLAGE, "township": FOREIGN_VILLAGE[:9], "county-decider": FOREIGN_VILLAGE[:6]}
OURS = [row for row in TABLE if row.action != "start-help"]
CASE = "/cases/%d/"
DAY = date(2020, 7, 1)


def _path(row, case: Case) -> str:
    from django.urls import reverse

    return reverse(row.page, args=[case.pk])


@pytest.mark.parametrize("row", OURS, ids=lambda row: f"{row.procedure}-{row.action}-{row.sources[0]}")
def test_step_page_opens_in_the_area_only(row) -> None:
    case = case_in(row.sources[0])
    role, area = AREAS[row.permission]
    answer = client_of(role, area).get(_path(row, case))
    assert answer.status_code == 200
    assert Event.objects.filter(verb="seen", subject_kind="case", household_id=case.household_id).count() == 1
    assert client_of(role, FOREIGN[role]).get(_path(row, case)).status_code == 404
    assert client_of("leader", DONGCHUAN).get(_path(row, case)).status_code == 403


def test_step_page_in_a_state_that_does_not_allow_it() -> None:
    case = case_in(State.CLUE)
    answer = client_of("village", VILLAGE).get(f"/cases/{case.pk}/review/")
    assert answer.status_code == 409
    assert "“线索”的户现在不能这样办" in answer.content.decode()


def test_form_sent_twice_is_done_once() -> None:
    case = case_in(State.CLUE)
    client = client_of("township", TANGDAN)
    form = {"village": "张一", "township": "李二", "form_number": "f-1", "expected": "clue"}
    for _time in range(2):
        answer = client.post(f"/cases/{case.pk}/assign/", form)
        assert answer.status_code == 302
    assert (FormNumber.objects.count(), case.steps.count()) == (1, 1)


def test_form_with_a_fault_keeps_what_was_typed() -> None:
    case = case_in(State.CLUE)
    form = {"village": "张一", "township": "张一", "expected": "clue"}
    answer = client_of("township", TANGDAN).post(f"/cases/{case.pk}/assign/", form)
    assert answer.status_code == 409
    assert answer.content.decode().count('value="张一"') == 2
    assert "要两个不同的人一起去" in answer.content.decode()


def test_form_of_an_older_state_is_refused_on_its_page() -> None:
    case = case_in(State.ASSIGNED)
    form = {"village": "张一", "township": "李二", "expected": "clue"}
    answer = client_of("township", TANGDAN).post(f"/cases/{case.pk}/assign/", form)
    assert answer.status_code == 409
    assert "别人已把这一户办到“已派人”" in answer.content.decode()


def test_case_page_shows_all_and_pins_its_queries(django_assert_num_queries) -> None:
    case = case_in(State.NOTICED)
    client = client_of("village", VILLAGE)
    with django_assert_num_queries(25):
        answer = client.get(CASE % case.pk)
    page = answer.content.decode()
    assert (answer.status_code, "公示中" in page, "王小明户" in page) == (200, True, True)
    assert client_of("village", OTHER_VILLAGE).get(CASE % case.pk).status_code == 404


def test_list_page_inside_the_scope_and_pins_its_queries(django_assert_num_queries) -> None:
    for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE):
        case_in(State.VISITED, home=home_with(area, name=f"户{area}"))
    client = client_of("county-decider", DONGCHUAN)
    with django_assert_num_queries(8):
        page = client.get("/cases/").content.decode()
    assert [f"户{area}" in page for area in (VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)] == [True, True, False]
    late = client.get("/cases/?late=yes&level=3&state=visited").content.decode()
    assert f"户{VILLAGE}" in late
    assert f"户{FOREIGN_VILLAGE}" not in client.get(f"/cases/?area={FOREIGN_VILLAGE}").content.decode()


def test_visit_page_asks_what_is_unclear_and_records_it() -> None:
    home = home_with(labour=None, housing_grade="A", water_safe=True)
    reasons = [
        {
            "rule": "sudden-hardship",
            "level": 3,
            "values": [
                {"fact": "medical_spending", "value": "21340.00", "unit": "元", "as_of": "2020-06-18", "source": "x"},
                {"fact": "school_spending", "value": "0.00", "unit": "元", "as_of": "2020-06-18", "source": "x"},
                {"fact": "burden", "value": "21340.00", "unit": "元", "as_of": "2020-06-18", "source": "computed"},
            ],
        }
    ]
    warning(home, of=publication(), reasons=reasons)
    case = case_in(State.ASSIGNED, home=home)
    client = client_of("village", VILLAGE)
    page = client.get(f"/cases/{case.pk}/visit/").content.decode()
    asked = [fact for fact in ("medical_spending", "labour_units", "fed_and_clothed") if f'name="q_{fact}"' in page]
    assert asked == ["medical_spending", "labour_units", "fed_and_clothed"]
    unasked, by_choice = ("school_spending", "housing_grade", "water_safe"), page.partition("农户还说到的")[2]
    assert [fact for fact in unasked if f'name="q_{fact}"' in page.removesuffix(by_choice)] == []
    assert "q_burden" not in page
    adult = home.memberships.get().person_id
    form = {
        "on": "2020-07-06",
        "visitor_1": "张一",
        "visitor_2": "李二",
        "until": "2021-07-06",
        "q_medical_spending": "other",
        "other_medical_spending": "12,000",
        "q_labour_units": "1.5",
        f"sign_{adult}": "signed",
        "expected": "assigned",
        "form_number": "f-1",
    }
    assert client.post(f"/cases/{case.pk}/visit/", form).status_code == 302
    sheet = FactSheet.objects.get(pk=home.pk)
    assert (sheet.medical_spending, sheet.labour_units, sheet.fed_and_clothed) == (12_000_00, 3, None)
    assert sorted(VisitFinding.objects.values_list("fact", "value")) == [
        ("labour_units", "1.5"),
        ("medical_spending", "12000.00"),
    ]


def test_visit_page_answers_what_is_known_and_keeps_wishes_and_photos() -> None:
    home = home_with(labour=None)
    values = [{"fact": "medical_spending", "value": "21340.00", "unit": "元", "as_of": "2020-06-18", "source": "x"}]
    warning(home, of=publication(), reasons=[{"rule": "sudden-hardship", "level": 3, "values": values}])
    case = case_in(State.ASSIGNED, home=home)
    client = client_of("village", VILLAGE)
    asked = {
        one.question.fact: one.taps.value() for one in client.get(f"/cases/{case.pk}/visit/").context["form"].asked()
    }
    assert (asked["medical_spending"], asked["labour_units"]) == ("21340.00", "")
    form = {
        "on": "2020-07-06",
        "visitor_1": "张一",
        "visitor_2": "李二",
        "until": "2021-07-06",
        "wishes": ["health", "public-post"],
        "wish": "轮椅",
        f"sign_{home.memberships.get().person_id}": "signed",
        "expected": "assigned",
        "form_number": "f-1",
    }
    no_photo = {**form, "photos": [SimpleUploadedFile("a.jpg", b"no photo")]}
    answer = client.post(f"/cases/{case.pk}/visit/", no_photo)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["photos"])
    photos = [SimpleUploadedFile(f"{name}.jpg", b"\xff\xd8\xff" + name.encode()) for name in "ab"]
    assert client.post(f"/cases/{case.pk}/visit/", {**form, "photos": photos}).status_code == 302
    assert Visit.objects.get().wish == "健康帮扶、公益岗位帮扶、轮椅"
    assert list(case.evidence.values_list("kind", flat=True)) == ["visit", "visit"]


def test_visit_page_tells_every_fault_at_once() -> None:
    home = home_with()
    case = case_in(State.ASSIGNED, home=home)
    adult = home.memberships.get().person_id
    form = {
        "on": "2020-07-06",
        "visitor_1": "张一",
        "visitor_2": "",
        "until": "2020-07-01",
        f"sign_{adult}": "not-signed",
        "other_net_income": "很多",
    }
    answer = client_of("village", VILLAGE).post(f"/cases/{case.pk}/visit/", form)
    found = answer.context["form"].errors
    assert answer.status_code == 422
    assert sorted(found) == sorted(["visitor_2", "until", f"why_{adult}", "other_net_income"])
    assert Visit.objects.count() == 0


def test_visit_page_in_the_future_is_refused() -> None:
    home = home_with()
    case = case_in(State.ASSIGNED, home=home)
    adult = home.memberships.get().person_id
    form = {
        "on": "2020-07-07",
        "visitor_1": "张一",
        "visitor_2": "李二",
        f"sign_{adult}": "not-signed",
        f"why_{adult}": "外出",
    }
    answer = client_of("village", VILLAGE).post(f"/cases/{case.pk}/visit/", form)
    assert (answer.status_code, "日期 2020-07-07 还没有到" in answer.content.decode()) == (409, True)


def test_assets_page_stays_until_all_are_answered() -> None:
    case = case_in(State.VISITED)
    rows = [
        AssetQuestion.objects.create(case=case, flag=flag, asked_on=date(2020, 7, 1))
        for flag in ("vehicles", "companies")
    ]
    client = client_of("village", VILLAGE)
    for row, target in zip(rows, (f"/cases/{case.pk}/assets/", f"/cases/{case.pk}/?done=yes"), strict=True):
        form = {"question_id": row.pk, "answer": "false", "evidence": "行驶证", "expected": "visited"}
        assert client.post(f"/cases/{case.pk}/assets/", form)["Location"] == target
    assert client.post(f"/cases/{case.pk}/compare/", {"expected": "visited"}).status_code == 302
    assert fresh(case).state == "compared"


def test_notice_page_and_sheet_hold_nothing_personal() -> None:
    home = home_with(name="王小明", medical_spending=2134000)
    home.phone = "13812345678"
    home.bank_account = "6222020200012345678"
    home.save()
    case = case_in(State.REVIEWED, home=home, sentence="医疗自付 21,340 元，患尿毒症。")
    client = client_of("village", VILLAGE)
    form = {"place": "公示栏", "objections_to": "村委会", "expected": "reviewed"}
    assert client.post(f"/cases/{case.pk}/notice/", form).status_code == 302
    notice = Notice.objects.get()
    page = client.get(f"/cases/{case.pk}/sheet/{notice.pk}/").content.decode()
    assert [word in page for word in ("王○明", "Ⅲ 突发风险", "2020-07-06", "2020-07-11", "村委会")] == [True] * 5
    assert [w in page for w in ("王小明", "13812345678", "6222", "尿毒症", "21,340", home.pk)] == [False] * 6
    assert client_of("village", OTHER_VILLAGE).get(f"/cases/{case.pk}/sheet/{notice.pk}/").status_code == 404


def test_decisions_page_ticks_only_what_is_allowed(django_assert_num_queries) -> None:
    good, early = case_in(State.AUDITED), case_in(State.AUDITED)
    Notice.objects.filter(case=early).update(last_day=date(2020, 7, 6))
    case_in(State.AUDITED, area_code=FOREIGN_VILLAGE)
    client = client_of("county-decider", DONGCHUAN)
    with django_assert_num_queries(15):
        page = client.get("/cases/decisions/").content.decode()
    assert (page.count('name="chosen"'), page.count('type="checkbox" disabled')) == (1, 1)
    assert f'value="{good.pk}"' in page
    assert "公示到 2020-07-06 才满" in page


def test_decisions_page_tells_the_notice_and_the_answers_about_assets() -> None:
    ran, hanging = case_in(State.AUDITED), case_in(State.AUDITED)
    Notice.objects.filter(case=ran).update(posted_on=date(2020, 6, 29), last_day=date(2020, 7, 4))
    Notice.objects.filter(case=hanging).update(posted_on=date(2020, 7, 3), last_day=date(2020, 7, 8))
    told = {"answer": "explained", "explanation": "农用三轮车", "evidence": "行驶证", "answered_on": date(2020, 6, 28)}
    who = {"answered_by": "1", "answered_by_name": "李驻村"}
    AssetQuestion.objects.create(case=ran, flag="vehicles", asked_on=date(2020, 6, 25), **told, **who)
    rows = {row.case: row for row in client_of("county-decider", DONGCHUAN).get("/cases/decisions/").context["rows"]}
    assert [(one.word, one.answer, one.explanation) for one in rows[ran].assets] == [("车辆", "已说明", "农用三轮车")]
    assert (rows[ran].notice_days, rows[ran].notice_day) == (5, None)
    assert (rows[hanging].notice_days, rows[hanging].notice_day) == (5, 3)


def test_decisions_page_decides_a_batch_or_nothing() -> None:
    first, second = case_in(State.AUDITED), case_in(State.AUDITED)
    client = client_of("county-decider", DONGCHUAN)
    Notice.objects.filter(case=second).update(last_day=date(2020, 7, 6))
    form = {"do": "include", "chosen": [first.pk, second.pk], "form_number": "f-1"}
    answer = client.post("/cases/decisions/", form)
    assert answer.status_code == 409
    assert "有 1 户不能这样办，所选的一户都没有办" in answer.content.decode()
    assert Decision.objects.count() == 0
    assert client.post("/cases/decisions/", {**form, "chosen": [first.pk]}).status_code == 302
    assert client.post("/cases/decisions/", {**form, "chosen": [first.pk]}).status_code == 302
    assert (fresh(first).state, Decision.objects.count()) == ("included", 1)


@pytest.mark.parametrize("do", ["refuse", "send-back", "include"])
def test_decisions_page_without_what_it_needs_is_refused(do) -> None:
    case = case_in(State.AUDITED)
    chosen = [] if do == "include" else [case.pk]
    answer = client_of("county-decider", DONGCHUAN).post("/cases/decisions/", {"do": do, "chosen": chosen})
    assert (answer.status_code, fresh(case).state) == (422, "audited")


def test_declare_page_gives_a_receipt() -> None:
    home = home_with()
    client = client_of("village", VILLAGE)
    assert client.get(f"/cases/declare/{home.pk}/").status_code == 200
    form = {"origin": "declaration", "how": "spoken", "text": "住院", "form_number": "f-1"}
    assert client.post(f"/cases/declare/{home.pk}/", form).status_code == 302
    case = Case.objects.get()
    assert case.receipt_number in client.get(CASE % case.pk).content.decode()
    assert client_of("village", OTHER_VILLAGE).get(f"/cases/declare/{home.pk}/").status_code == 404


def test_leaving_page_starts_work() -> None:
    from shouwang.office.web.models import Job

    client = client_of("analyst", "5301")
    assert client.get("/cases/leaving/").status_code == 200
    assert client.post("/cases/leaving/", {"month": "2020-06"}).status_code == 302
    assert Job.objects.get().kind == "leave-city"
    assert client.post("/cases/leaving/", {"month": "六月"}).status_code == 409


def test_old_case_of_a_household_that_moved_away_tells_nothing_of_the_new_one() -> None:
    old = case_in(State.CLOSED)
    Household.objects.filter(pk=old.household_id).update(area_code=FOREIGN_VILLAGE)
    new = case_in(State.CLUE, home=Household.objects.get(pk=old.household_id))
    for case, text in ((old, "从前的理由"), (new, "后来的理由")):
        Step.objects.create(case=case, action="open", on=DAY, to_state="clue", by_id="1", by_name="某", reason=text)
    page = client_of("village", VILLAGE).get(CASE % old.pk).content.decode()
    assert ("从前的理由" in page, "后来的理由" in page) == (True, False)
    page = client_of("village", FOREIGN_VILLAGE).get(CASE % new.pk).content.decode()
    assert ("从前的理由" in page, "后来的理由" in page) == (True, True)


def test_county_is_offered_only_steps_a_procedure_can_be_sent_back_to() -> None:
    def offered(procedure: str) -> list[str]:
        return [value for value, _word in BatchForm(None, procedure=procedure).fields["to"].choices if value]

    assert offered("inclusion") == ["assigned", "visited", "compared", "reviewed"]
    assert offered("removal") == ["removal-proposed", "removal-visited", "removal-reviewed"]


@pytest.mark.parametrize("step", ["include", "refuse"])
def test_single_decision_has_what_it_rests_on_in_view(step) -> None:
    case = case_in("audited")
    told = client_of("county-decider", DONGCHUAN).get(f"/cases/{case.pk}/{step}/").content.decode()
    assert all(word in told for word in ("公示表", "民主评议", "到会 10 人"))


def test_notice_is_chinese_and_hangs_with_its_last_day() -> None:
    case = case_in("reviewed")
    sheet = sheet_of(case, on=date(2020, 6, 29), days=DEFAULT, objections_to="村委会").as_dict()
    notice = noticed(case, sheet=sheet)
    client = client_of("village", VILLAGE)
    client.cookies["django_language"] = "en"
    told = client.get(f"/cases/{notice.case_id}/sheet/{notice.pk}/").content.decode()
    assert "到 2020-07-04 当天为止" in told
