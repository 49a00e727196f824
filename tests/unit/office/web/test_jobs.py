"""Work in the background: taken once, taken up again after a kill, and never half-told."""

import threading
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from shouwang.office.web import jobs, progress
from shouwang.office.web.models import Job
from shouwang.terms.errors import DataError, Fault, UserError
from tests.unit.office import factories

KIND = "test-work"


@pytest.fixture
def work(monkeypatch):
    """Registers what the test's kind of work does."""

    def known(deed):
        monkeypatch.setitem(jobs._kinds, KIND, deed)

    return known


@pytest.fixture
def actor(db):
    return factories.actor("analyst", "5301")


def _state(row: Job) -> tuple[str, str, str]:
    row.refresh_from_db()
    return row.state, row.message, row.result_url


@pytest.mark.django_db
def test_work_is_done_with_its_arguments_for_who_asked(work, actor):
    seen = {}

    def deed(*, step, by, month):
        step("读取", 0.5)
        seen.update(by=by, month=month)
        return "/done/"

    work(deed)
    row = jobs.start(KIND, by=actor, month="2020-06")
    assert jobs.work_once() is True
    assert _state(row) == ("done", "", "/done/")
    assert seen == {"by": actor, "month": "2020-06"}
    assert jobs.work_once() is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UserError("没有这个", "换一个"), "没有这个 → 换一个"),
        (DataError([Fault("缺一列", "补上", "a.csv")]), "a.csv: 缺一列 → 补上"),
    ],
)
def test_work_that_fails_says_why(work, actor, error, said):
    def deed(**_):
        raise error

    work(deed)
    row = jobs.start(KIND, by=actor)
    jobs.work_once()
    assert _state(row) == ("failed", said, "")


@pytest.mark.django_db
def test_bug_in_work_is_told_without_its_text(work, actor, capsys):
    def deed(**_):
        raise ValueError("张三 530129197001010017")

    work(deed)
    row = jobs.start(KIND, by=actor)
    jobs.work_once()
    state, message, _ = _state(row)
    assert (state, "ValueError" in message, str(row.pk) in message) == ("failed", True, True)
    told = message + "".join(capsys.readouterr())
    assert "张三" not in told
    assert "5301" not in told


@pytest.mark.django_db
def test_work_told_to_stop_waits_for_the_next_worker(work, actor):
    def deed(**_):
        raise SystemExit(0)

    work(deed)
    row = jobs.start(KIND, by=actor)
    with pytest.raises(SystemExit):
        jobs.work_once()
    assert _state(row)[0] == "waiting"
    work(lambda **_: "/done/")
    jobs.work_once()
    assert (_state(row)[0], row.tries) == ("done", 1)


def _abandoned(actor, seconds: int, tries: int = 1) -> Job:
    row = jobs.start(KIND, by=actor)
    beat = timezone.now() - timedelta(seconds=seconds)
    Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING, beat_at=beat, tries=tries)
    return row


@pytest.mark.django_db
def test_job_whose_worker_was_killed_is_taken_up_again(work, actor):
    work(lambda **_: "/done/")
    row = _abandoned(actor, 61)
    assert jobs.work_once() is True
    assert _state(row)[0] == "done"


@pytest.mark.django_db
def test_job_that_still_beats_is_left_alone(work, actor):
    work(lambda **_: "/done/")
    row = _abandoned(actor, 30)
    assert jobs.work_once() is False
    assert _state(row)[0] == "running"


@pytest.mark.django_db
def test_job_that_beats_by_file_is_left_alone(work, actor):
    """On SQLite the work holds the one place to write, so its beat is the time of a file."""
    work(lambda **_: "/done/")
    row = _abandoned(actor, 600)
    progress._to_file(row.pk, "写入", 0.3)
    assert jobs.work_once() is False
    assert (progress.fill_in(row).step, row.share) == ("写入", 0.3)
    progress._file(row.pk).unlink()
    assert jobs.work_once() is True


@pytest.mark.django_db
def test_job_that_killed_three_workers_is_given_up(work, actor):
    work(lambda **_: "/done/")
    row = _abandoned(actor, 61, tries=3)
    assert jobs.work_once() is True
    assert _state(row)[0] == "failed"
    assert "任务号" in row.message


@pytest.mark.django_db
@pytest.mark.parametrize("away", [OperationalError, InterfaceError])
def test_job_whose_database_went_away_is_done_once_it_is_back(work, actor, away):
    def deed(**_):
        raise away

    work(deed)
    row = jobs.start(KIND, by=actor)
    with pytest.raises(away):
        jobs.work_once()
    assert _state(row)[0] == "running"  # there was nothing to write it into
    work(lambda **_: "/done/")
    assert jobs.work_once() is True
    assert (_state(row)[0], row.tries) == ("done", 2)


@pytest.mark.django_db
def test_job_whose_database_always_goes_away_is_given_up(work, actor):
    def deed(**_):
        raise OperationalError

    work(deed)
    row = jobs.start(KIND, by=actor)
    for _ in range(jobs.TRIES):
        with pytest.raises(OperationalError):
            jobs.work_once()
    assert jobs.work_once() is True
    assert (_state(row)[0], "任务号" in row.message) == ("failed", True)


@pytest.mark.django_db
def test_abandoned_job_does_not_hold_up_the_next(work, actor):
    work(lambda **_: "/done/")
    running, waiting = _abandoned(actor, 5), jobs.start(KIND, by=actor)
    assert jobs.work_once() is True
    assert (_state(running)[0], _state(waiting)[0]) == ("running", "done")


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_job_once(work):
    actor, done, lock = factories.actor("analyst", "5301"), [], threading.Lock()

    def deed(*, step, by, number):
        with lock:
            done.append(number)
        return "/done/"

    work(deed)
    for number in range(8):
        jobs.start(KIND, by=actor, number=number)

    def run() -> None:
        try:
            while jobs.work_once():
                pass
        finally:
            connections.close_all()

    workers = [threading.Thread(target=run) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while jobs.work_once():
        pass
    assert sorted(done) == list(range(8))
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db
def test_page_of_a_job_is_only_for_who_started_it():
    client = factories.client_of("auditor", "5301")
    client.post("/audit/export/")
    row = Job.objects.get()
    assert client.get(f"/jobs/{row.pk}/").status_code == 200
    assert factories.client_of("auditor", "5301").get(f"/jobs/{row.pk}/").status_code == 404


@pytest.mark.django_db
def test_page_of_a_job_asks_again_until_it_is_done():
    client = factories.client_of("auditor", "5301")
    client.post("/audit/export/")
    row = Job.objects.get()
    assert f'hx-get="/jobs/{row.pk}/"' in client.get(f"/jobs/{row.pk}/").content.decode()
    jobs.work_once()
    answer = client.get(f"/jobs/{row.pk}/", headers={"HX-Request": "true"})
    page = answer.content.decode()  # a file: it is offered, and the page no longer asks
    assert (f'href="/audit/export/{row.pk}/#file"' in page, "hx-get" in page) == (True, False)


@pytest.mark.django_db
def test_page_of_a_job_whose_result_is_a_page_goes_there():
    client = factories.client_of("auditor", "5301")
    client.post("/audit/export/")
    row = Job.objects.get()
    Job.objects.update(state="done", finished_at=timezone.now(), result_url="/audit/")
    answer = client.get(f"/jobs/{row.pk}/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/audit/")
