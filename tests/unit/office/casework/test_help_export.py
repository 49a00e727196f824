"""The ledger as a file: the rows and the sum of the page, of the area alone, harmless to a spreadsheet, on record."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shouwang.office.audit.models import Event
from shouwang.office.casework.actions import help_payments
from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.models import Measure, Payment
from shouwang.office.casework.views.help_payments import ledger
from shouwang.office.web import exporting
from shouwang.terms.errors import UserError
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
    household,
)

pytestmark = pytest.mark.django_db
ADDRESS = reverse("cases:help-payments-export")
AMOUNT, COUNTED = "金额（元）", "计入合计（元）"


def _pay(row: Measure, fen: int, source: str = "county", *, day: Any = TODAY, evidence: str = "发放表") -> Payment:
    by = actor("village", row.area_code)
    return help_payments.pay(row.pk, Paid(source, fen, day, evidence), by=by, on=TODAY)


def _rows(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.post(f"{ADDRESS}?{query}", {"as": "csv"})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def some() -> list[Payment]:
    """Payments of two villages in and one out of the town; one is taken back, on a later day than it was paid."""
    first, second = measure(in_help()), measure(in_help(OTHER_VILLAGE), "jobs")
    paid = [
        _pay(first, 100_10, day=TODAY.replace(day=1)),
        _pay(first, 200_05, "city"),
        _pay(second, 1),
        _pay(measure(in_help(FOREIGN_VILLAGE)), 999_99),
    ]
    help_payments.take_back(paid[0].pk, "打错户", by=actor("village", VILLAGE), on=TODAY)
    return paid


@pytest.mark.parametrize(
    "query",
    ["", "source=city", "code=jobs", f"area={VILLAGE}", "until=2020-07-03", "since=2020-07-03", "since=x", "after=9"],
)
def test_rows_and_sum_of_the_file_are_those_of_the_page(some: list[Payment], query: str) -> None:
    client = client_of("township", TANGDAN)
    page = client.get(f"{reverse('cases:help-payments')}?{query}").context
    *rows, last = _rows(client, query)
    assert sum(Decimal(row[COUNTED]) for row in rows) == Decimal(page["in_all"].amount_fen) / 100
    assert (last["日期"], Decimal(last[COUNTED])) == ("合计", Decimal(page["in_all"].amount_fen) / 100)
    shown = [row for row, _, _ in page["rows"]] if not query.startswith("after") else None
    assert shown is None or [row["户编号"] for row in rows] == [row.household_id for row in shown]


def test_sums_by_source_and_use_follow_from_the_file(some: list[Payment]) -> None:
    client = client_of("township", TANGDAN)
    page, rows = client.get(reverse("cases:help-payments")).context, _rows(client)[:-1]
    for key, lines in (("来源", page["by_source"]), ("用途", page["by_use"])):
        for word, line in lines:
            assert sum(Decimal(row[COUNTED]) for row in rows if row[key] == word) == Decimal(line.amount_fen) / 100


def test_file_says_of_which_family_the_measure_is(some: list[Payment]) -> None:
    rows = _rows(client_of("township", TANGDAN))[:-1]
    assert {(row["用途"], row["扶带帮引提"]) for row in rows} == {
        ("产业帮扶", "扶·带·引·提"),
        ("就业帮扶", "扶·帮·引·提"),
    }


def test_payment_taken_back_stands_twice_and_counts_nothing(some: list[Payment]) -> None:
    rows = _rows(client_of("township", TANGDAN))
    taken = [(row["日期"], row[AMOUNT], row[COUNTED], row["凭据"]) for row in rows if "冲销" in row["冲销"]]
    assert taken == [("2020-07-06", "-100.10", "0.00", "打错户"), ("2020-07-01", "100.10", "0.00", "发放表")]
    early = _rows(client_of("township", TANGDAN), "until=2020-07-03")
    assert [(row[AMOUNT], row[COUNTED]) for row in early] == [("100.10", "0.00"), ("", "0.00")]


def test_file_holds_the_area_alone_and_leaves_an_event(some: list[Payment]) -> None:
    client = client_of("township", TANGDAN)
    rows = _rows(client)
    event = Event.objects.get(verb="exported")
    assert some[3].household_id not in {row["户编号"] for row in rows}
    assert (event.subject_kind, event.area_code, event.after) == ("payments", TANGDAN, {"rows": 4, "as": "csv"})
    assert all(f"留痕号 {event.pk}" in row["水印"] for row in rows)
    foreign = _rows(client, f"area={FOREIGN_VILLAGE[:6]}")
    assert some[3].household_id not in {row["户编号"] for row in foreign}


def test_workbook_holds_numbers_with_two_decimals(some: list[Payment]) -> None:
    answer = client_of("county-decider", DONGCHUAN).post(ADDRESS, {"as": "xlsx"})
    lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    mark, head, *rows = lines
    place = head.index(COUNTED)
    assert "留痕号" in mark[0]
    assert sorted(row[place] for row in rows[:-1]) == [0.0, 0.0, 0.01, 200.05]
    assert (rows[-1][0], rows[-1][place]) == ("合计", 200.06)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "\t"])
def test_text_that_a_spreadsheet_takes_for_a_formula_is_made_harmless(sign: str) -> None:
    home = household(VILLAGE, head_name=f"{sign}1+1", member_count=1)
    _pay(measure(in_help(home=home)), 5, evidence=f"{sign.strip() or '='}cmd()")
    client = client_of("township", TANGDAN)
    row, _last = _rows(client)
    assert (row["户主"][0], row["凭据"][0], row[AMOUNT]) == ("'", "'", "0.05")
    answer = client.post(ADDRESS, {"as": "xlsx"})
    cells = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()[2]
    assert cells[2].strip() == f"{sign}1+1".strip()  # a text; a formula would be read as what it gives


@pytest.mark.parametrize("role", ["village", "leader", "liaison", "policy-officer", "administrator"])
def test_role_without_export_is_refused(role: str) -> None:
    client = client_of(role, VILLAGE if role == "village" else "5301")
    assert client.post(ADDRESS, {"as": "csv"}).status_code == 403
    assert not Event.objects.filter(verb="exported").exists()


def test_looking_is_no_export_and_only_who_may_sees_the_buttons(some: list[Payment]) -> None:
    town, village = client_of("township", TANGDAN), client_of("village", VILLAGE)
    assert town.get(ADDRESS).status_code == 405
    address = reverse("cases:help-payments")
    assert f"{ADDRESS}?source=city" in town.get(address, {"source": "city"}).content.decode()
    assert ADDRESS not in village.get(address).content.decode()
    assert ledger.permission == "cases.see"


def test_empty_ledger_is_a_file_with_a_sum_of_zero() -> None:
    assert [(row["日期"], row[COUNTED]) for row in _rows(client_of("township", TANGDAN))] == [("合计", "0.00")]


def test_more_rows_than_a_sheet_holds_are_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    by = actor("township", TANGDAN)
    with pytest.raises(UserError):
        exporting.exported(["x"], [["1"], ["2"]], title="x", kind="payments", by=by)
    assert exporting.exported(["x"], [["1"], ["2"]], title="x", kind="payments", by=by, as_="csv").status_code == 200


def test_export_asks_a_fixed_number_of_queries(some: list[Payment], django_assert_num_queries: Any) -> None:
    client = client_of("township", TANGDAN)
    client.post(ADDRESS, {"as": "csv"})
    with django_assert_num_queries(5):
        client.post(ADDRESS, {"as": "csv"})
