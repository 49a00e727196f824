"""Files that prove a measure or a payment for it: kept, listed, opened and refused as those of a case are."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import evidence, help_evidence, help_payments
from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.models import Case, Evidence, Measure, Payment, Rescue
from shouwang.office.casework.queries import help_panel
from shouwang.office.registry.models import Household
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import home_with
from tests.unit.office.casework.help_factories import in_help, measure
from tests.unit.office.factories import (
    DONGCHUAN,
    FOREIGN_VILLAGE,
    OTHER_VILLAGE,
    TANGDAN,
    TODAY,
    VILLAGE,
    actor,
    client_of,
)

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 40
PDF = b"%PDF-1.7" + b"0" * 40


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def village() -> Client:
    return client_of("village", VILLAGE)


def _file(content: bytes = JPEG, name: str = "王小明的猪.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def _add(client: Client, row: Measure, content: bytes = JPEG, **more: str) -> Any:
    return client.post(reverse("cases:help-add-file", args=[row.pk]), {"file": _file(content), **more})


def _paid(row: Measure) -> Payment:
    paid = Paid("county", 100_10, TODAY, "发放表")
    return help_payments.pay(row.pk, paid, by=actor("village", row.area_code), on=TODAY)


def test_file_of_a_measure_is_kept_listed_and_opened(village: Client, tmp_path: Path) -> None:
    row = measure(in_help())
    answer = _add(village, row)
    assert (answer.status_code, answer["Location"]) == (302, reverse("cases:help-measure", args=[row.pk]))
    kept = Evidence.objects.get()
    assert (kept.measure, kept.payment, kept.case, kept.kind, kept.media_type) == (
        row,
        None,
        row.case,
        "help",
        "image/jpeg",
    )
    assert "王小明" not in str(next(path for path in tmp_path.rglob("*") if path.is_file()))
    address = reverse("cases:evidence", args=[kept.pk])
    for page in (reverse("cases:help-measure", args=[row.pk]), reverse("cases:help", args=[row.case_id])):
        assert address in village.get(page).content.decode()
    opened = village.get(address)
    assert (opened["Content-Type"], b"".join(opened.streaming_content)) == ("image/jpeg", JPEG)
    told = [(event.verb, event.household_id) for event in Event.objects.filter(subject_kind="evidence").order_by("id")]
    assert told == [("created", row.case.household_id), ("seen", row.case.household_id)]
    assert Event.objects.get(verb="created", subject_kind="evidence").after["measure"] == row.pk


@pytest.mark.parametrize("content", [b"<html><script>", b"MZ\x90", b"GIF89a", b" \xff\xd8\xff"])
def test_file_that_is_not_what_it_says_is_refused_at_the_form(village: Client, content: bytes, tmp_path: Path) -> None:
    answer = _add(village, measure(in_help()), content)
    assert (answer.status_code, "这个附件不是照片也不是 PDF" in answer.content.decode()) == (422, True)
    assert (Evidence.objects.count(), list(tmp_path.rglob("*"))) == (0, [])


def test_file_too_large_empty_or_missing_is_refused(village: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    row = measure(in_help())
    assert _add(village, row, b"").status_code == 422
    assert village.post(reverse("cases:help-add-file", args=[row.pk])).status_code == 422
    monkeypatch.setattr(evidence, "LIMIT_BYTES", 10)
    answer = _add(village, row)
    assert (answer.status_code, "附件太大" in answer.content.decode()) == (422, True)
    assert Evidence.objects.count() == 0


def test_same_file_again_is_kept_once_and_said_so(village: Client) -> None:
    row = measure(in_help())
    _add(village, row)
    again = village.post(reverse("cases:help-add-file", args=[row.pk]), {"file": _file()}, follow=True)
    assert (again.status_code, "这个附件已经在了" in again.content.decode()) == (200, True)
    assert Evidence.objects.count() == 1
    _add(village, measure(row.case, "jobs"))
    assert Evidence.objects.count() == 2


def test_same_form_twice_is_carried_out_once(village: Client) -> None:
    row = measure(in_help())
    _add(village, row, JPEG, form_number="f1")
    _add(village, row, PDF, form_number="f1")
    assert list(Evidence.objects.values_list("media_type", flat=True)) == ["image/jpeg"]


def test_file_of_a_payment(village: Client) -> None:
    row = measure(in_help())
    payment = _paid(row)
    other = _paid(measure(in_help()))
    assert _add(village, row, PDF, payment=str(payment.pk)).status_code == 302
    assert _add(village, row, JPEG, payment=str(other.pk)).status_code == 422
    assert list(Evidence.objects.values_list("measure", "payment")) == [(row.pk, payment.pk)]
    page = village.get(reverse("cases:help-measure", args=[row.pk])).content.decode()
    assert "付款 100.10 元的凭据" in page
    with pytest.raises(UserError):
        help_evidence.keep(row.pk, _file(), payment_id=other.pk, by=actor("village", VILLAGE), on=TODAY)


def test_payment_form_takes_its_file_or_nothing_is_paid(village: Client) -> None:
    row = measure(in_help())
    address = reverse("cases:help-pay", args=[row.pk])
    sent = {"amount": "5", "source": "county", "paid_on": "2020-07-05", "paid_evidence": "转账单 3"}
    refused = village.post(address, {**sent, "file": _file(b"MZ")})
    assert (refused.status_code, Payment.objects.count()) == (422, 0)
    assert village.post(address, {**sent, "file": _file(PDF)}).status_code == 302
    assert Evidence.objects.get().payment == Payment.objects.get()


def test_measure_is_completed_by_a_file_in_place_of_words(village: Client) -> None:
    row = measure(in_help())
    address, step = reverse("cases:help-step", args=[row.pk]), {"action": "complete", "day": "2020-07-06"}
    assert village.post(address, step).status_code == 422
    assert village.post(address, {**step, "file": _file(b"MZ")}).status_code == 422
    row.refresh_from_db()
    assert (row.status, Evidence.objects.count()) == ("running", 0)
    assert village.post(address, {**step, "file": _file()}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.evidence, row.files.count()) == ("done", "见附件", 1)


def test_file_added_before_completes_a_measure_and_that_of_a_payment_does_not(village: Client) -> None:
    row, paid = measure(in_help()), measure(in_help())
    _add(village, row)
    _add(village, paid, JPEG, payment=str(_paid(paid).pk))
    step = {"action": "complete", "day": "2020-07-06"}
    assert village.post(reverse("cases:help-step", args=[row.pk]), step).status_code == 302
    assert village.post(reverse("cases:help-step", args=[paid.pk]), step).status_code == 422


def test_same_file_with_a_step_does_not_stop_the_step(village: Client) -> None:
    row = measure(in_help())
    _add(village, row)
    step = {"action": "complete", "day": "2020-07-06", "evidence": "合同 2", "file": _file()}
    assert village.post(reverse("cases:help-step", args=[row.pk]), step).status_code == 302
    row.refresh_from_db()
    assert (row.evidence, row.files.count()) == ("合同 2", 1)


@pytest.mark.parametrize("area", [OTHER_VILLAGE, FOREIGN_VILLAGE])
def test_measure_of_another_area_takes_and_shows_no_file(village: Client, area: str) -> None:
    row = measure(in_help(area))
    by = actor("village", area)
    kept = help_evidence.keep(row.pk, _file(), by=by, on=TODAY)
    assert _add(village, row, PDF).status_code == 404
    assert village.get(reverse("cases:evidence", args=[kept.pk])).status_code == 404
    with pytest.raises(UserError):
        help_evidence.keep(row.pk, _file(PDF), by=actor("village", VILLAGE), on=TODAY)
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("role", ["auditor", "analyst", "county-decider"])
def test_role_that_only_looks_opens_files_and_adds_none(role: str) -> None:
    row = measure(in_help())
    kept = help_evidence.keep(row.pk, _file(), by=actor("village", VILLAGE), on=TODAY)
    client = client_of(role, DONGCHUAN)
    opened = client.get(reverse("cases:evidence", args=[kept.pk]))
    assert (opened.status_code, b"".join(opened.streaming_content)) == (200, JPEG)
    assert _add(client, row, PDF).status_code == 403
    page = client.get(reverse("cases:help-measure", args=[row.pk])).content.decode()
    assert reverse("cases:help-add-file", args=[row.pk]) not in page
    with pytest.raises(UserError):
        help_evidence.keep(row.pk, _file(PDF), by=actor(role, DONGCHUAN), on=TODAY)


def test_role_that_sees_no_case_opens_no_file() -> None:
    kept = help_evidence.keep(measure(in_help()).pk, _file(), by=actor("village", VILLAGE), on=TODAY)
    assert client_of("leader", "5301").get(reverse("cases:evidence", args=[kept.pk])).status_code == 403


def test_measure_of_a_case_that_has_ended_takes_no_file(village: Client) -> None:
    row = measure(in_help())
    Case.objects.filter(pk=row.case_id).update(state="removed", closed_on=TODAY, closed_as="removed", removed_on=TODAY)
    answer = _add(village, row)
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)


def test_panel_lists_the_files_of_every_measure_in_one_query(django_assert_num_queries: Any) -> None:
    case = in_help()
    rows = [measure(case, code) for code in ("industry", "jobs", "finance")]
    by = actor("township", TANGDAN)
    help_panel.panel(case, TODAY)
    with django_assert_num_queries(13):
        help_panel.panel(case, TODAY)
    for row in rows[:2]:
        help_evidence.keep(row.pk, _file(), by=by, on=TODAY)
    with django_assert_num_queries(13):
        panel = help_panel.panel(case, TODAY)
    assert [[file.measure_id for file in one.files] for one in panel.measures] == [[rows[0].pk], [rows[1].pk], []]


def test_measure_page_asks_a_fixed_number_of_queries(village: Client, django_assert_num_queries: Any) -> None:
    row = measure(in_help())
    address = reverse("cases:help-measure", args=[row.pk])
    village.get(address)
    for content in (JPEG, PDF, JPEG + b"1"):
        _add(village, row, content, payment=str(_paid(row).pk))
    with django_assert_num_queries(11):
        village.get(address)


def _row(**values: Any) -> Evidence:
    case = values["case"]
    return Evidence.objects.create(
        on=TODAY,
        file="x.jpg",
        media_type="image/jpeg",
        size_bytes=1,
        added_by="1",
        added_by_name="赵",
        **{"kind": "help", "sha256": "a", "case": case, **values},
    )


def test_database_holds_what_a_file_is_about() -> None:
    row = measure(in_help())
    payment = _paid(row)
    for known in ({}, {"measure": row}, {"measure": row, "payment": payment}, {"payment": _rescued(_home())}):
        _row(case=row.case, **known)
        with pytest.raises(IntegrityError), transaction.atomic():
            _row(case=row.case, **known)
    for wrong in ({"payment": payment, "kind": "visit"}, {"measure": row, "kind": "visit"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            _row(case=row.case, sha256="b", **wrong)


RESCUED = {
    "day": "2020-07-05",
    "code": "social-security",
    "reason": "洪水冲毁房屋",
    "authorised_by": "杨镇长",
    "authorised_post": "镇长",
    "amount": "5000",
    "source": "county",
    "paid_evidence": "借款单 1",
}


def _home(area_code: str = VILLAGE) -> Household:
    return home_with(area_code)


def _rescue(client: Client, home: Household, **more: Any) -> Any:
    return client.post(reverse("cases:rescue", args=[home.pk]), {**RESCUED, **more})


def _rescued(home: Household) -> Payment:
    _rescue(client_of("village", home.area_code), home)
    return Payment.objects.get(household=home)


def test_payment_of_a_rescue_takes_its_file(village: Client) -> None:
    home = _home()
    assert _rescue(village, home, file=_file(PDF)).status_code == 302
    row, payment = Evidence.objects.get(), Payment.objects.get()
    assert (row.case.household, row.kind, row.measure, row.payment) == (home, "help", None, payment)
    event = Event.objects.get(subject_kind="evidence")
    assert (event.household_id, event.after["payment"]) == (home.pk, payment.pk)
    address = reverse("cases:evidence", args=[row.pk])
    for page in (reverse("household", args=[home.pk]), reverse("cases:one", args=[row.case_id])):
        assert address in village.get(page).content.decode()
    assert b"".join(village.get(address).streaming_content) == PDF
    assert client_of("village", OTHER_VILLAGE).get(address).status_code == 404


def test_file_of_help_without_money_goes_with_the_case(village: Client) -> None:
    home = _home()
    _rescue(village, home, amount="", source="", paid_evidence="", file=_file())
    row = Evidence.objects.get()
    assert (row.case.household, row.kind, row.payment, Payment.objects.count()) == (home, "help", None, 0)


@pytest.mark.parametrize("content", [b"MZ" + b"0" * 40, b"<html>"])
def test_rescue_with_a_file_that_cannot_be_is_not_recorded(village: Client, tmp_path: Path, content: bytes) -> None:
    answer = _rescue(village, _home(), file=_file(content))
    assert (answer.status_code, "不是照片也不是 PDF" in answer.content.decode()) == (422, True)
    assert (Rescue.objects.count(), Payment.objects.count(), Case.objects.count()) == (0, 0, 0)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_same_form_of_a_rescue_keeps_its_file_once(village: Client) -> None:
    home = _home()
    for _time in range(2):
        assert _rescue(village, home, file=_file(), form_number="r1").status_code == 302
    assert (Rescue.objects.count(), Evidence.objects.count()) == (1, 1)


def test_ledger_leads_from_a_rescue_to_its_household(village: Client) -> None:
    payment = _rescued(_home())
    page = village.get(reverse("cases:help-payments")).content.decode()
    assert f'href="{reverse("household", args=[payment.household_id])}"' in page
