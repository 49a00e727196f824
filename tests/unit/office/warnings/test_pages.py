"""The pages: what each role sees, of its area alone, at a known price."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from shouwang.office.audit.models import Event
from shouwang.office.registry.models import Household
from shouwang.office.warnings.actions.publishing import publish
from shouwang.office.warnings.models import ToVerify, Warning
from shouwang.office.warnings.queries import runs
from shouwang.office.web.models import Job
from tests.unit.office.factories import actor, client_of
from tests.unit.office.small_city import altered, rows_of

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 6)


@pytest.fixture
def published(register, june, city):
    return publish(june, by=actor("analyst", "5301"), on=ON).publication


def warned_homes(prefix=""):
    rows = Warning.objects.filter(area_code__startswith=prefix, level__isnull=False)
    return set(rows.values_list("household_id", flat=True))


def links(response):
    return {row.household_id for row in response.context["page"].rows}


def test_list_of_a_county_shows_its_warnings_and_no_others(published):
    counties = sorted({one.area_code[:6] for one in Warning.objects.all()})
    response = client_of("analyst", counties[0]).get(reverse("warnings:list"))
    assert links(response) == warned_homes(counties[0]) != warned_homes()
    asked = client_of("analyst", counties[0]).get(reverse("warnings:list"), {"area": counties[1]})
    assert links(asked) == warned_homes(counties[0])


def test_household_that_moved_away_is_no_longer_on_the_old_villages_list(published):
    warning = Warning.objects.filter(level__isnull=False).first()
    Household.objects.filter(pk=warning.household_id).update(area_code="530181101999")
    response = client_of("village", warning.area_code).get(reverse("warnings:list"))
    assert warning.household_id not in links(response)


def test_list_is_narrowed_by_level_change_and_state(published):
    level = Warning.objects.filter(level__isnull=False).first().level
    client = client_of("analyst", "5301")
    found = links(client.get(reverse("warnings:list"), {"level": level, "change": "new", "state": "open"}))
    assert found == set(Warning.objects.filter(level=level).values_list("household_id", flat=True))
    assert links(client.get(reverse("warnings:list"), {"change": "better"})) == set()


def test_to_verify_list_of_a_county_is_ranked_and_its_own(published):
    county = ToVerify.objects.get(rank=1).area_code[:6]
    response = client_of("analyst", county).get(reverse("warnings:to_verify"))
    ranks = [row.rank for row in response.context["page"].rows]
    own = ToVerify.objects.filter(area_code__startswith=county).order_by("rank").values_list("rank", flat=True)
    assert ranks == list(own)[:50]
    assert ranks != list(range(1, len(ranks) + 1)) or ToVerify.objects.count() == len(own)


def test_pages_cost_a_known_number_of_queries(published, django_assert_num_queries):
    client = client_of("analyst", "5301")
    prices = {"warnings:list": 7, "warnings:to_verify": 6, "warnings:runs": 5, "warnings:suppressions": 4}
    for name in prices:
        client.get(reverse(name))
    for name, price in prices.items():
        with django_assert_num_queries(price):
            client.get(reverse(name))
    with django_assert_num_queries(8):
        client.get(reverse("warnings:publication", args=[published.pk]))


def test_runs_say_what_is_published(register, june, city):
    client = client_of("analyst", "5301")
    (row,) = client.get(reverse("warnings:runs")).context["rows"]
    assert (row.run.folder, row.publication, row.is_older) == ("run-2020-06", None, False)
    publish(june, by=actor("analyst", "5301"), on=ON)
    (row,) = client.get(reverse("warnings:runs")).context["rows"]
    assert row.publication is not None


def test_runs_of_a_county_count_the_county(register, june, city):
    county = next(row["area_code"] for row in rows_of(june) if row["level"])[:6]
    (row,) = client_of("analyst", county).get(reverse("warnings:runs")).context["rows"]
    assert row.standing.households == sum(one["area_code"].startswith(county) for one in rows_of(june))


def test_publishing_asks_once_more_and_starts_one_job(register, june, city):
    client = client_of("analyst", "5301")
    target = reverse("warnings:publish", args=["run-2020-06"])
    digest = client.get(target).context["preview"].run.digest
    first, second = (client.post(target, {"digest": digest}) for _ in range(2))
    job = Job.objects.get(kind="publish-run")
    assert job.arguments["run"] == "run-2020-06"
    assert [first.url, second.url] == [reverse("job", args=[job.pk])] * 2


def test_publishing_another_run_than_was_shown_is_refused(register, june, city):
    response = client_of("analyst", "5301").post(reverse("warnings:publish", args=["run-2020-06"]), {"digest": "x"})
    assert response.status_code == 409
    assert "这次筛查在预览之后变了" in response.content.decode()
    assert Job.objects.count() == 0


def test_county_analyst_may_look_and_not_publish(register, june, city):
    digest = runs.read(june).digest
    county = client_of("analyst", "530113")
    assert county.get(reverse("warnings:preview", args=["run-2020-06"])).status_code == 200
    told = county.post(reverse("warnings:publish", args=["run-2020-06"]), {"digest": digest})
    assert told.status_code == 409
    assert Job.objects.count() == 0


@pytest.mark.parametrize("folder", ["..", "run-none", "city", "run-*"])
def test_folder_that_is_no_run_beside_the_city_is_refused(register, city, folder):
    response = client_of("analyst", "5301").get(f"/warnings/runs/{folder}/")
    assert response.status_code in (404, 409)


def test_export_holds_the_area_alone_and_who_took_it(published):
    county = sorted({one.area_code[:6] for one in Warning.objects.all()})[0]
    response = client_of("county-decider", county).post(reverse("warnings:export"), {"as": "csv"})
    head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    event = Event.objects.get(verb="exported")
    assert {row[0] for row in rows} == warned_homes(county)
    assert event.after == {"rows": len(rows), "as": "csv"}
    assert head[-1] == "水印"
    assert all(f"留痕号 {event.pk}" in row[-1] for row in rows)


def test_export_as_workbook_opens(published):
    response = client_of("analyst", "5301").post(reverse("warnings:to_verify_export"), {"as": "xlsx"})
    assert response.content[:2] == b"PK"
    assert response["Cache-Control"] == "no-store"


def test_suppressing_from_the_page(published):
    warning = Warning.objects.filter(level__isnull=False).first()
    client = client_of("county-decider", warning.area_code[:6])
    target = reverse("warnings:suppress", args=[warning.household_id])
    bad = client.post(target, {"reason": "短", "until": "2020-07-06"})
    assert bad.status_code == 422
    assert set(bad.context["form"].errors) == {"reason", "until"}
    good = client.post(target, {"reason": "已搬到县城，收入另有来源", "until": "2020-09-01", "is_same_only": "on"})
    assert good.url == reverse("warnings:suppressions")
    assert warning.household.suppressions.get().fingerprint == warning.fingerprint


def test_suppressing_a_household_of_another_county_is_not_found(published):
    warning = Warning.objects.filter(level__isnull=False).first()
    foreign = next(code for code in ("530113", "530128") if code != warning.area_code[:6])
    response = client_of("county-decider", foreign).get(reverse("warnings:suppress", args=[warning.household_id]))
    assert response.status_code == 404


def test_pages_before_any_publication_say_so(register, city):
    response = client_of("village", "530113102001").get(reverse("warnings:list"))
    assert "还没有发布过筛查" in response.content.decode()


def test_list_pages_by_key(published, june, tmp_path):
    everybody = altered(
        june, tmp_path / "run-b", lambda row: row | {"level": 4, "status": "graded"} if row["level"] else row
    )
    told = publish(everybody, by=actor("analyst", "5301"), on=ON)
    client, seen, query = client_of("analyst", "5301"), [], ""
    while True:
        page = client.get(reverse("warnings:list") + f"?{query}").context["page"]
        seen += [row.pk for row in page.rows]
        query = page.next
        if not query:
            break
    assert len(seen) == len(set(seen)) == told.publication.warnings.count() > 100
