"""Files that prove a step: taken for what their first bytes say."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import evidence
from shouwang.office.casework.models import Evidence, State
from shouwang.terms.errors import UserError
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


def test_evidence_page_inside_the_scope_only() -> None:
    case = case_in(State.NOTICED)
    village = client_of("village", VILLAGE)
    sent = village.post(f"/cases/{case.pk}/evidence/", {"kind": "visit", "file": _file(JPEG)})
    assert sent.status_code == 302
    row = Evidence.objects.get()
    answer = village.get(f"/cases/evidence/{row.pk}/")
    assert (answer.status_code, answer["Content-Type"], b"".join(answer.streaming_content)) == (200, "image/jpeg", JPEG)
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
