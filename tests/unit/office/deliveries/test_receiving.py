"""A file handed in is received once, whatever happens on the way, and nothing of it stays behind."""

import errno
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from shouwang.office.audit.models import Event
from shouwang.office.deliveries.actions import receiving
from shouwang.office.deliveries.actions.handing_in import File, Said, hand_in, harmless
from shouwang.office.deliveries.actions.receiving import receive_file
from shouwang.office.deliveries.models import Delivery
from shouwang.office.web import jobs
from shouwang.office.web.models import Job
from shouwang.terms.errors import UserError
from tests.support.full_disk import no_room_in, room_for
from tests.unit.office.factories import actor, client_of

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2020, 7, 6)


def handed(content, home, *, name="医保结算.csv", number="form", by=None, **said):
    by = by or actor("liaison", "5301")
    files = [File(name, [content])]
    return hand_in(files, Said("市医保局", **said), home=home, form_number=number, by=by, on=ON)[0]


def received(row, city):
    return receive_file(row.pk, city=city, by=actor("liaison", "5301"), step=lambda word, share: None)


def changed(settlements):
    """The same month with one row less: another file."""
    return b"".join(settlements.splitlines(keepends=True)[:-1])


def test_good_file_is_put_in_its_place_and_the_upload_is_gone(city, settlements, tmp_path):
    row = handed(changed(settlements), tmp_path / "files")
    assert Path(row.upload).stat().st_mode & 0o777 == 0o600
    done = received(row, city)
    assert (done.state, done.dataset, done.month) == ("accepted", "medical_settlements", "2020-06")
    assert done.rows_read == done.rows_used + done.rows_quarantined
    assert done.found["profile"]["rows"] == done.rows_read
    assert (city / done.folder / "delivery.json").is_file()
    assert done.upload == ""
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert list(Event.objects.filter(subject_kind="delivery").values_list("verb", flat=True)) == ["created", "received"]


def test_upload_that_lies_is_refused_with_the_screenings_own_words(city, tmp_path):
    done = received(handed(b"%PDF-1.4 this is no workbook", tmp_path / "files", name="医保.xlsx"), city)
    assert (done.state, done.dataset, done.rows_read) == ("refused", "", None)
    assert done.found["faults"][0]["cure"] != ""


def test_claim_that_content_contradicts_is_refused(city, settlements, tmp_path):
    done = received(handed(settlements, tmp_path / "files", dataset="housing"), city)
    assert done.state == "refused"
    assert done.found["faults"] != []


def test_same_bytes_again_are_known(city, settlements, tmp_path):
    content = changed(settlements)
    received(handed(content, tmp_path / "files"), city)
    again = received(handed(content, tmp_path / "files", number="other"), city)
    assert (again.state, again.dataset, again.month) == ("known", "medical_settlements", "2020-06")


def test_same_form_twice_hands_in_once(city, settlements, tmp_path):
    by = actor("liaison", "5301")
    first, second = (handed(settlements, tmp_path / "files", by=by) for _ in range(2))
    assert first == second
    assert (Delivery.objects.count(), Job.objects.count()) == (1, 1)


def test_receiving_twice_does_it_once(city, settlements, tmp_path):
    row = handed(changed(settlements), tmp_path / "files")
    first = received(row, city)
    assert received(row, city).received_at == first.received_at
    assert Event.objects.filter(verb="received").count() == 1


def test_worker_killed_after_the_screening_took_the_file_is_made_good(city, settlements, tmp_path, monkeypatch):
    row = handed(changed(settlements), tmp_path / "files")

    def killed(*args, **named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(receiving, "_finish", killed)
        with pytest.raises(KeyboardInterrupt):
            received(row, city)
    assert Delivery.objects.get().state == "working"
    done = received(row, city)
    assert (done.state, done.rows_read is not None, done.found["columns"] != []) == ("accepted", True, True)


def test_full_disk_while_uploading_keeps_nothing(city, tmp_path):
    by = actor("liaison", "5301")
    with room_for(500), pytest.raises(UserError) as error:
        handed(b"a" * 501, tmp_path / "files", by=by)
    assert error.value.found == "存不下交来的文件"
    assert Delivery.objects.count() == 0
    assert _files(tmp_path / "files") == {}
    assert handed(b"a" * 501, tmp_path / "files", by=by).state == "waiting"


def test_full_database_while_uploading_keeps_nothing(city, settlements, settings):
    client = client_of("liaison", "5301")
    client.raise_request_exception = False
    with no_room_in("deliveries_delivery"):
        answers = [_handed_by_page(client, settlements, number) for number in range(20)]  # a last page may have room
    refused = answers[-1]
    assert (refused.status_code, "磁盘满了" in refused.content.decode()) == (507, True)
    stored = sum(answer.status_code == 302 for answer in answers)
    assert (Delivery.objects.count(), Job.objects.count(), len(_files(settings.MEDIA_ROOT))) == (stored,) * 3
    assert _handed_by_page(client, settlements, 19).status_code == 302
    assert Delivery.objects.count() == stored + 1


def _handed_by_page(client, content, number):
    file = SimpleUploadedFile("医保结算.csv", content)
    return client.post("/deliveries/new/", {"form_number": str(number), "files": file})


def _files(folder):
    """What lies there, byte for byte."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_full_disk_while_receiving_is_said_on_the_delivery(city, settlements, tmp_path):
    heading, *rows = settlements.splitlines(keepends=True)
    content, before = heading + b"".join(rows) * 200, _files(city)
    row = handed(content, tmp_path / "files")
    if connection.vendor == "sqlite":  # its own files are to be small enough
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with room_for(len(content) - 1), pytest.raises(UserError):
        received(row, city)
    done = Delivery.objects.get()
    assert (done.state, done.found["faults"][0]["found"].split(" → ")[0], done.upload) == ("failed", "磁盘满了", "")
    assert _files(city) == before
    assert received(handed(content, tmp_path / "files", number="again"), city).state == "accepted"


def test_full_database_after_receiving_is_said_by_the_job(city, settlements, tmp_path, monkeypatch):
    """There is much to say of a file with a hundred columns that nobody reads, and no room for it."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    heading, *rows = settlements.splitlines()
    more = "".join(f",某部门内部用的第{number}列" for number in range(100)).encode()
    content = b"\n".join([heading + more, *(row + b"," * 100 for row in rows)])
    handed(content, tmp_path / "files")
    with no_room_in("audit_event"):
        jobs.work_once()
    job = Job.objects.get()
    assert (job.state, "磁盘" in job.message, "再" in job.message) == ("failed", True, True)
    assert (tmp_path / "here").is_dir()
    again = received(handed(content, tmp_path / "files", number="again"), city)
    assert (again.state, again.dataset) == ("known", "medical_settlements")


def test_delivery_on_which_not_even_its_failure_could_be_written_fails_later(city, settlements, tmp_path, monkeypatch):
    handed(settlements, tmp_path / "files")

    def no_room(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(receiving, "_finish", no_room)
        jobs.work_once()
    job, stuck = Job.objects.get(), Delivery.objects.get()
    assert (job.state, stuck.state, Path(stuck.upload).is_file()) == ("failed", "working", True)
    assert receiving.give_up() == 1
    told = Delivery.objects.get()
    assert (told.state, told.upload, told.found["faults"][0]["found"]) == ("failed", "", job.message)
    assert _files(tmp_path / "files") == {}
    assert receiving.give_up() == 0


def test_delivery_that_is_still_worked_at_is_not_given_up(city, tmp_path):
    handed(b"a", tmp_path / "files")
    assert receiving.give_up() == 0
    assert Delivery.objects.get().state == "waiting"


def test_form_sent_twice_at_once_hands_in_once(city, settlements, tmp_path, monkeypatch):
    """The second is past the first look when the first is kept."""
    row = handed(settlements, tmp_path / "files")
    looks = iter([[], [row]])
    monkeypatch.setattr("shouwang.office.deliveries.actions.handing_in._of_form", lambda *_args, **_by: next(looks))
    assert handed(settlements, tmp_path / "files") == row
    assert (Delivery.objects.count(), len(_files(tmp_path / "files"))) == (1, 1)


def test_form_number_of_another_area_tells_nothing_and_keeps_nothing(city, settlements, tmp_path):
    handed(settlements, tmp_path / "files", number="agree:7")
    elsewhere = actor("liaison", "530113")
    with pytest.raises(UserError, match="编号"):
        handed(settlements, tmp_path / "files", number="agree:7", by=elsewhere)
    assert (Delivery.objects.count(), len(_files(tmp_path / "files"))) == (1, 1)


@pytest.mark.parametrize("number", ["agree", "agree:7", "a-1", "ａ１", ""])
def test_form_cannot_take_the_number_of_another_kind(city, settlements, number):
    assert _handed_by_page(client_of("liaison", "5301"), settlements, number).status_code == (
        302 if number == "agree" else 422
    )


def test_name_of_a_file_keeps_no_long_number():
    assert harmless("张某530113197306254736.xlsx") == "张某….xlsx"


def test_path_in_a_name_stays_inside(city, tmp_path):
    row = handed(b"a", tmp_path / "files", name="../../evil.csv")
    assert Path(row.upload).parent.parent.parent == tmp_path / "files" / "uploads"


@pytest.mark.parametrize("values", [{"state": "accepted"}, {"upload": ""}, {"received_at": "2020-07-06T00:00Z"}])
def test_database_holds_that_a_received_delivery_has_its_time(values):
    good = {"form_number": "x", "area_code": "5301", "handed_on": ON, "bytes": 1, "upload": "somewhere"}
    Delivery.objects.create(**good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**(good | {"form_number": "y"} | values))
