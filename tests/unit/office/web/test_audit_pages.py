"""The auditor's pages: what is found, what could leak, and the chain taken along."""

import pytest

from shouwang.office.access.models import Assignment
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actions.sealing import seal_all
from shouwang.office.audit.models import Event
from shouwang.office.audit.proving import prove
from shouwang.office.audit.verbs import Verb
from shouwang.office.web.changes import Change, changes
from shouwang.office.web.jobs import work_once
from shouwang.office.web.models import Job
from tests.unit.office import factories

pytestmark = pytest.mark.django_db


def _two() -> tuple[Event, Event]:
    """One event here, one in a foreign county."""
    here, there = (factories.actor("village", code) for code in (factories.VILLAGE, factories.FOREIGN_VILLAGE))
    value = {"before": {"level": None}, "after": {"level": 3}}
    mine = record(
        Verb.DECIDED, by=here, subject=("case", "1"), household_id="H-home", area_code=here.area_code, **value
    )
    foreign = record(Verb.DECIDED, by=there, subject=("case", "2"), household_id="H-abroad", area_code=there.area_code)
    return mine, foreign


def test_list_shows_the_area_and_the_state_of_sealing():
    _two()
    client = factories.client_of("auditor", factories.DONGCHUAN)
    page = client.get("/audit/").content.decode()
    assert ("H-home" in page, "H-abroad" in page, "待封存" in page) == (True, False, True)
    seal_all()
    assert "已封存 第 1 号" in client.get("/audit/").content.decode()


def test_list_by_household_leaves_an_event_of_its_own():
    _two()
    client = factories.client_of("auditor", "5301")
    page = client.get("/audit/?household=H-abroad").content.decode()
    assert ("H-home" in page, "H-abroad" in page) == (False, True)
    event = Event.objects.latest("id")
    assert (event.verb, event.subject_kind, event.household_id) == ("searched", "audit", "H-abroad")


def test_list_by_account_day_and_deed():
    mine, _ = _two()
    from shouwang.office.access.models import User

    name = User.objects.get(pk=mine.actor_id).username
    client = factories.client_of("auditor", "5301")
    assert "H-home" in client.get(f"/audit/?account={name}").content.decode()
    assert "没有这样的事件" in client.get("/audit/?account=nobody").content.decode()
    assert "没有这样的事件" in client.get("/audit/?day=2001-01-01").content.decode()
    assert "没有这样的事件" in client.get("/audit/?verb=paid").content.decode()


def test_filter_that_cannot_be_read_is_told():
    page = factories.client_of("auditor", "5301").get("/audit/?day=soon&verb=x").content.decode()
    assert page.count('class="wrong"') == 2


def test_list_asks_a_fixed_number_of_questions(django_assert_num_queries):
    client = factories.client_of("auditor", "5301")
    client.get("/audit/")
    for _ in range(60):
        _two()
    with django_assert_num_queries(4):  # session, account, roles, events
        client.get("/audit/")


def test_event_shows_before_and_after():
    mine, _ = _two()
    page = factories.client_of("auditor", factories.DONGCHUAN).get(f"/audit/events/{mine.pk}/").content.decode()
    assert '<td data-name="之前">未知</td>' in page
    assert '<td data-name="之后">Ⅲ</td>' in page
    assert Event.objects.latest("id").verb == "seen"


def test_event_of_a_foreign_county_is_not_there():
    _, foreign = _two()
    client = factories.client_of("auditor", factories.DONGCHUAN)
    answers = [client.get(f"/audit/events/{number}/").status_code for number in (foreign.pk, 10**9)]
    assert answers == [404, 404]


def test_heads_of_days():
    _two()
    seal_all()
    from shouwang.office.audit.models import Seal

    page = factories.client_of("auditor", factories.DONGCHUAN).get("/audit/heads/").content.decode()
    assert Seal.objects.latest("number").hash in page


def test_whole_chain_is_exported_by_the_city_alone():
    client = factories.client_of("auditor", factories.DONGCHUAN)
    assert client.post("/audit/export/").status_code == 409
    assert "导出整条链" not in client.get("/audit/").content.decode()
    assert Job.objects.count() == 0


def test_exported_chain_is_proven_and_names_who_took_it():
    _two()
    client = factories.client_of("auditor", "5301")
    answer = client.post("/audit/export/")
    row = Job.objects.get()
    assert answer["Location"] == f"/jobs/{row.pk}/"
    assert client.get(f"/audit/export/{row.pk}/").status_code == 404  # not done yet
    work_once()
    file = client.get(f"/audit/export/{row.pk}/")
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert prove(lines).holds
    assert f'"account": "{row.started_by}"' in lines[0]
    assert "attachment" in file["Content-Disposition"]
    exported = Event.objects.get(verb="exported")
    assert (exported.actor_id, exported.subject_kind, exported.seal.number > 0) == (row.started_by, "chain", True)
    assert factories.client_of("auditor", "5301").get(f"/audit/export/{row.pk}/").status_code == 404
    Assignment.objects.filter(user_id=row.started_by).update(area_code=factories.DONGCHUAN)
    assert client.get(f"/audit/export/{row.pk}/").status_code == 404  # who no longer has the whole city


def test_changes_side_by_side():
    told = changes({"a": 1, "b": None, "d": {"x": [1, 2]}}, {"a": 1, "b": True, "c": "neu", "d": {"x": []}})
    assert told == [
        Change("a", "1", "1"),
        Change("b", "未知", "是"),
        Change("c", "", "neu"),
        Change("d.x", "1、2", ""),
    ]
    assert [row.is_changed for row in told] == [False, True, True, True]
    assert changes(None, None) == []


def test_changes_are_told_in_words_and_what_nobody_can_tell_stays_as_it_is():
    told = changes({"state": "audited"}, {"state": "included", "action": "include", "amount_fen": 120050, "level": 9})
    assert [(row.name, row.before, row.after) for row in told] == [
        ("步骤", "", "同意纳入"),
        ("金额（元）", "", "1,200.50"),
        ("级别", "", "9"),
        ("环节", "乡镇已审核", "已纳入"),
    ]
