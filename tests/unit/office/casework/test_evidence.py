"""Files that prove a step: taken for what their first bytes say."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import evidence
from shouwang.office.casework.models import Evidence, State
from shouwang.terms.errors import UserError
from shouwang.terms.full_disk import is_full
from tests.support.full_disk import no_room_in, room_for
from tests.unit.office.casework.factories import RAN, case_in
from tests.unit.office.factories import FOREIGN_VILLAGE, VILLAGE, actor, client_of

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def _file(content: bytes, name: str = "王小明.jpg", media: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=media)


@pytest.mark.parametrize(
    ("content", "media"),
    [(JPEG, "image/jpeg"), (b"\x89PNG\r\n\x1a\n000", "image/png"), (b"%PDF-1.7", "application/pdf")],
)
def test_evidence_of_a_known_kind_is_kept(content, media) -> None:
    case = case_in(State.NOTICED)
    row = evidence.keep(case.pk, kind="notice-start", file=_file(content), by=actor("village", VILLAGE), on=RAN)
    with row.file.open("rb") as kept:
        assert (row.media_type, row.size_bytes, kept.read()) == (media, len(content), content)
    assert "王小明" not in row.file.name


@pytest.mark.parametrize("content", [b"<html><script>", b"MZ\x90", b"", b"GIF89a"])
def test_evidence_that_is_not_what_it_says_is_refused(content) -> None:
    case = case_in(State.NOTICED)
    with pytest.raises(UserError) as told:
        evidence.keep(case.pk, kind="notice-start", file=_file(content), by=actor("village", VILLAGE), on=RAN)
    assert told.value.found == "这个附件不是照片也不是 PDF"
    assert Evidence.objects.count() == 0


def test_evidence_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(evidence, "LIMIT_BYTES", 10)
    case = case_in(State.NOTICED)
    with pytest.raises(UserError) as told:
        evidence.keep(case.pk, kind="notice-start", file=_file(JPEG), by=actor("village", VILLAGE), on=RAN)
    assert (told.value.found, Evidence.objects.count()) == ("附件太大", 0)


def test_evidence_of_no_kind_is_refused() -> None:
    case = case_in(State.NOTICED)
    with pytest.raises(UserError) as told:
        evidence.keep(case.pk, kind="selfie", file=_file(JPEG), by=actor("village", VILLAGE), on=RAN)
    assert told.value.found == "没有选附件的种类"


def test_evidence_twice_is_kept_once() -> None:
    case, by = case_in(State.NOTICED), actor("village", VILLAGE)
    first = evidence.keep(case.pk, kind="visit", file=_file(JPEG), by=by, on=RAN)
    assert evidence.keep(case.pk, kind="visit", file=_file(JPEG), by=by, on=RAN) == first


def test_full_disk_keeps_neither_file_nor_row(tmp_path) -> None:
    case, client = case_in(State.NOTICED), client_of("village", VILLAGE)
    client.raise_request_exception = False
    photo = JPEG + b"0" * 1_000_000
    with room_for(len(photo) - 1):
        answer = client.post(f"/cases/{case.pk}/evidence/", {"kind": "visit", "file": _file(photo)})
    assert (answer.status_code, "磁盘满了" in answer.content.decode()) == (507, True)
    assert (Evidence.objects.count(), [path for path in tmp_path.rglob("*") if path.is_file()]) == (0, [])
    assert client.post(f"/cases/{case.pk}/evidence/", {"kind": "visit", "file": _file(photo)}).status_code == 302
    assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_full_database_keeps_neither_file_nor_row(tmp_path) -> None:
    case, by = case_in(State.NOTICED), actor("village", VILLAGE)
    kept = 0
    with no_room_in("casework_evidence"), pytest.raises(OperationalError) as told:  # noqa: PT012
        for kept in range(200):  # a last page may have room
            evidence.keep(case.pk, kind="visit", file=_file(JPEG + b"%d" % kept), by=by, on=RAN)
    assert is_full(told.value)
    assert (Evidence.objects.count(), len([path for path in tmp_path.rglob("*") if path.is_file()])) == (kept, kept)


def test_evidence_page_inside_the_scope_only() -> None:
    case = case_in(State.NOTICED)
    village = client_of("village", VILLAGE)
    sent = village.post(f"/cases/{case.pk}/evidence/", {"kind": "visit", "file": _file(JPEG)})
    assert sent.status_code == 302
    row = Evidence.objects.get()
    answer = village.get(f"/cases/evidence/{row.pk}/")
    assert (answer.status_code, answer["Content-Type"], b"".join(answer.streaming_content)) == (200, "image/jpeg", JPEG)
    assert "no-store" in answer["Cache-Control"]
    event = Event.objects.get(verb="seen")
    assert (event.subject_kind, event.subject_id, event.household_id) == ("evidence", str(row.pk), case.household_id)
    foreign = client_of("village", FOREIGN_VILLAGE)
    assert foreign.get(f"/cases/evidence/{row.pk}/").status_code == 404
    assert foreign.post(f"/cases/{case.pk}/evidence/", {"kind": "visit", "file": _file(JPEG)}).status_code == 404


def test_evidence_whose_file_is_gone_is_told_with_its_cure_and_is_no_sight() -> None:
    case, by = case_in(State.NOTICED), actor("village", VILLAGE)
    row = evidence.keep(case.pk, kind="visit", file=_file(JPEG), by=by, on=RAN)
    row.file.storage.delete(row.file.name)
    answer = client_of("village", VILLAGE).get(f"/cases/evidence/{row.pk}/")
    assert (answer.status_code, "这个附件的文件已经不在了" in answer.content.decode()) == (409, True)
    assert not Event.objects.filter(verb="seen").exists()
