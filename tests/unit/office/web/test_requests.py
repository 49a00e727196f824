"""What every request passes: logs without persons, plain errors, a database that is away."""

import errno
import json
import logging
import sys

import pytest
import structlog
from django.contrib.sessions.models import Session
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client, RequestFactory
from structlog.testing import capture_logs

from shouwang.office.access.models import Assignment
from shouwang.office.web import metrics
from shouwang.office.web.logs import WithoutPersons, one_line_each
from shouwang.office.web.middleware import MOST_BYTES, plain_errors
from shouwang.office.web.views import failing
from shouwang.terms.errors import DataError, Fault, UserError
from tests.unit.office import factories

pytestmark = pytest.mark.django_db
NAME, ID = "王小明", "530113199001018888"


def test_log_line_names_the_page_and_never_the_address():
    with capture_logs() as lines:
        Client().get(f"/in/?next=/households/{ID}&name={NAME}")
    line = next(line for line in lines if line["event"] == "request")
    assert (line["page"], line["method"], line["status"], line["account"]) == ("sign-in", "GET", 200, None)
    assert ID not in json.dumps(lines, ensure_ascii=False)
    assert NAME not in json.dumps(lines, ensure_ascii=False)


def test_log_line_of_a_page_that_is_not_there():
    with capture_logs() as lines:
        Client().get(f"/nothing/{ID}/")
    assert [(line["page"], line["status"]) for line in lines if line["event"] == "request"] == [("none", 404)]
    assert ID not in json.dumps(lines)


def test_strange_error_is_logged_by_place_and_kind_alone():
    try:
        raise ValueError(f"{NAME} {ID}")
    except ValueError:
        row = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Oops: %s", (ID,), sys.exc_info())
    assert WithoutPersons().filter(row)
    told = logging.Formatter().format(row)
    assert "ValueError at" in told
    assert "test_requests.py" in told
    assert ID not in told
    assert NAME not in told


def test_refused_request_is_logged_without_its_address():
    row = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Bad: %s", (f"/x/{ID}",), None)
    row.status_code = 503
    WithoutPersons().filter(row)
    assert row.getMessage() == "answered 503"


def test_form_without_its_token_is_logged_without_its_address(caplog):
    Client(enforce_csrf_checks=True).post(f"/cases/declare/{ID}/")
    (row,) = [row for row in caplog.records if row.name == "django.security.csrf"]
    WithoutPersons().filter(row)
    assert row.getMessage() == "answered 401"


def test_server_writes_one_json_text_per_line(capsys):
    before = structlog.get_config()
    try:
        one_line_each()
        structlog.get_logger("x").info("request", page="sign-in")
    finally:
        structlog.configure(**before)
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["page"], line["level"]) == ("request", "sign-in", "info")


def _answer(error: Exception):
    request = RequestFactory().get("/", headers={"Referer": "/cases/"})
    request.resolver_match = None
    return plain_errors(lambda request: None).process_exception(request, error)


def test_our_own_error_is_one_page_with_its_cure():
    answer = _answer(UserError("已经有人办了", "看现在的状态"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已经有人办了" in page
    assert "看现在的状态" in page


def test_all_faults_of_data_stand_on_one_page():
    answer = _answer(DataError([Fault("缺一列", "补上", "a.csv"), Fault("缺一月", "补交", "b.csv")]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "缺一列" in page
    assert "缺一月" in page


def test_other_errors_are_not_ours_to_show():
    assert _answer(ValueError(ID)) is None


def _broken(error: Exception):
    request = RequestFactory().get("/")
    request.resolver_match = None
    try:
        raise error
    except Exception:
        return failing.broken(request)


def test_database_that_is_away_is_told_from_a_bug():
    away, bug = _broken(OperationalError("server closed the connection")), _broken(ValueError(ID))
    assert (away.status_code, away["Retry-After"], bug.status_code) == (503, "60", 500)
    assert "数据库暂时连不上" in away.content.decode()
    assert ID not in bug.content.decode()


def test_session_that_cannot_be_kept_is_no_fault_of_the_request(monkeypatch):
    client = factories.client_of("village", factories.VILLAGE)

    def away(*_args, **_known):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(Session, "save", away)
    answer = client.post("/in/role/", {"role": str(Assignment.objects.get().pk)})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert failing.bad_request(RequestFactory().get("/"), BadRequest("no form")).status_code == 400


def test_full_disk_is_told_from_a_bug():
    full = _broken(OSError(errno.ENOSPC, "No space left on device"))
    assert (full.status_code, "磁盘满了" in full.content.decode()) == (507, True)


@pytest.mark.parametrize("address", ["/in/?next=%00", "/households/%00/", "/cases/declare/a%00b/"])
def test_address_with_a_null_character_is_a_bad_request(address):
    assert Client().get(address).status_code == 400


def test_form_or_cookie_with_a_null_character_is_a_bad_request():
    """PostgreSQL would break off at it."""
    client = factories.client_of("village", factories.VILLAGE)
    assert client.post("/households/find/", {"text": "a\0b"}).status_code == 400
    assert client.post("/in/", {"username": "a\0b", "password": "x"}).status_code == 400
    assert client.post("/in/", {"a\0b": "x"}).status_code == 400
    client.cookies["sessionid"] = "abcdefgh\0"
    assert client.get("/today/").status_code == 400


def test_form_without_its_token_gives_the_text_back():
    client = Client(enforce_csrf_checks=True)
    user, _ = factories.account("administrator", "5301")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/accounts/new/", {"display_name": NAME})
    assert answer.status_code == 403
    assert NAME in answer.content.decode()


def test_form_of_another_site_is_not_offered_to_be_sent_on():
    client = Client(enforce_csrf_checks=True)
    user, _ = factories.account("administrator", "5301")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/accounts/new/", {"display_name": NAME}, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, NAME in answer.content.decode()) == (403, False)


@pytest.mark.parametrize(
    ("before", "back"), [("http://testserver/cases/", "http://testserver/cases/"), ("http://evil.example/", "/")]
)
def test_way_back_leads_to_a_page_of_ours(before, back):
    assert f'href="{back}"' in Client().get("/nothing/", headers={"Referer": before}).content.decode()


def test_host_that_is_not_ours_is_a_bad_request(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert Client().get("/in/", headers={"Host": "evil.example", "Referer": "http://evil.example/"}).status_code == 400


@pytest.mark.parametrize(("page", "status"), [("/in/", 401), ("/me/password/", 401), ("/cases/1/evidence/", 401)])
def test_request_that_is_too_large_is_refused_unread_whoever_sends_it(page, status):
    most = {"a": "x"}
    assert Client().post(page, most).status_code in (status, 302)
    answer = Client().post(page, most, CONTENT_LENGTH=str(MOST_BYTES + 1))
    assert (answer.status_code, "太大" in answer.content.decode()) == (413, True)


def test_page_that_takes_large_files_weighs_them_by_itself():
    client = factories.client_of("liaison", "5301")
    file = SimpleUploadedFile("a.csv", b"x" * MOST_BYTES)
    assert client.post("/deliveries/new/", {"files": file}).status_code == 422  # not 413


@pytest.mark.parametrize("page", ["/in/", "/today/", "/nothing/", "/health/"])
def test_no_page_is_kept_for_who_goes_back_after_signing_out(page):
    assert factories.client_of("village", factories.VILLAGE).get(page)["Cache-Control"] == "no-store"


def test_pages_carry_a_strict_policy():
    headers = Client().get("/in/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";") if part.strip())
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_health_answers_without_signing_in():
    assert Client().get("/health/").json() == {"database": "ok"}


def test_metrics_only_for_this_machine():
    Client().get("/in/")
    page = Client().get("/metrics/").content.decode()
    assert 'shouwang_request_seconds_count{page="sign-in",method="GET",status="200"}' in page
    assert Client().get("/metrics/", REMOTE_ADDR="10.0.0.7").status_code == 404
    assert Client().get("/metrics/", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 404


def test_metrics_count_into_rising_buckets():
    metrics.observe("a page", "GET", 200, 0.02)
    metrics.observe("a page", "GET", 200, 9)
    lines = [line for line in metrics.exposition().splitlines() if 'page="a page"' in line]
    counts = [int(line.split()[-1]) for line in lines if "_bucket" in line]
    assert counts == [0, *[1] * 8, 2]
