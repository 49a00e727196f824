"""The liaison's pages: of the area, never a cell of a file, the reply to the department alone."""

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shouwang.office.access.models import User
from shouwang.office.audit.models import Event
from shouwang.office.deliveries.models import Delivery
from shouwang.office.web.jobs import work_once
from shouwang.office.web.models import Job
from tests.unit.office.factories import client_of

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "/deliveries/new/"


def upload(client, *files, number="form", **said):
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(NEW, {"form_number": number, "files": given, **said})


def liaison(area="5301", department="市医保局"):
    client = client_of("liaison", area)
    User.objects.filter(pk=client.session["_auth_user_id"]).update(organisation=department)
    return client


def reply(client, row):
    response = client.get(reverse("deliveries:reply", args=[row.pk]))
    content = b"".join(response.streaming_content)
    response.close()
    return content


def done(client, *files, **said):
    response = upload(client, *files, **said)
    while work_once():
        pass
    return response


def test_county_hands_in_for_its_own_people_only(city, settlements):
    """Beside the rest of the city's month, and not in its place."""
    heading, *rows = settlements.splitlines(keepends=True)
    homes = pq.read_table(city / "registry/2020-06/members.parquet", columns=["household_id", "id_number"]).to_pylist()
    areas = pq.read_table(city / "registry/2020-06/households.parquet", columns=["household_id", "area_code"])
    area_of = {row["household_id"]: row["area_code"] for row in areas.to_pylist()}
    county_of = {row["id_number"]: area_of[row["household_id"]][:6] for row in homes}
    counties = [county_of.get(row.decode().split(",")[1], "") for row in rows]
    county = next(one for one in counties if one)
    client = liaison(county)
    assert "您交的只算" in client.get(NEW).content.decode()
    done(client, ("医保结算.csv", heading + b"".join(rows[:-1])))
    row = Delivery.objects.get()
    told = row.found["merged"]
    assert (row.state, told["area"]) == ("accepted", county)
    assert told["taken"] + told["elsewhere"] == len(rows) - 1
    assert told["taken"] + told["kept"] >= len(rows) - 1
    assert told["elsewhere"] >= len([one for one in counties[:-1] if one not in (county, "")]) > 0
    page = client.get(reverse("deliveries:one", args=[row.pk])).content.decode()
    assert ("并入全市" in page, "替换了这个月先前的一份" in page) == (True, False)
    assert "您交的只算" not in liaison().get(NEW).content.decode()


def test_several_files_are_handed_in_and_received(city, settlements):
    client = liaison()
    response = done(client, ("医保结算.csv", settlements), ("假.xlsx", b"%PDF-1.4 nothing"))
    assert response.url == reverse("deliveries:list")
    assert list(Delivery.objects.order_by("id").values_list("state", flat=True)) == ["accepted", "refused"]
    assert set(Delivery.objects.values_list("department", flat=True)) == {"市医保局"}
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}


def test_page_tells_faults_by_place_and_never_the_value(city, settlements):
    client = liaison()
    broken = settlements.replace(b"2020-06-", b"2020-13-", 3)
    done(client, ("医保结算.csv", broken))
    row = Delivery.objects.get()
    page = client.get(reverse("deliveries:one", args=[row.pk])).content.decode()
    assert row.found["cell_faults"] != []
    assert "2020-13" not in page
    assert reply(client, row)[:2] == b"PK"
    assert Event.objects.get(verb="exported").subject_id == str(row.pk)


def test_county_does_not_see_what_the_city_or_another_county_handed_in(city, settlements):
    done(liaison("5301"), ("a.csv", settlements), number="1")
    done(liaison("530113"), ("b.csv", b"x,y\n1,2\n"), number="2")
    done(liaison("530128"), ("c.csv", b"x,y\n1,3\n"), number="3")
    own = Delivery.objects.get(area_code="530113")
    shown = liaison("530113").get(reverse("deliveries:list")).context["page"].rows
    assert [row.pk for row in shown] == [own.pk]
    assert len(liaison("5301").get(reverse("deliveries:list")).context["page"].rows) == 3
    for other in Delivery.objects.exclude(pk=own.pk):
        assert liaison("530113").get(reverse("deliveries:one", args=[other.pk])).status_code == 404


def test_reply_goes_to_the_department_alone(city, settlements):
    done(liaison(), ("a.csv", settlements.replace(b"2020-06-", b"2020-13-", 3)))
    row = Delivery.objects.get()
    assert reply(liaison(), row)[:2] == b"PK"
    other = liaison(department="市教体局")
    assert other.get(reverse("deliveries:one", args=[row.pk])).status_code == 200
    assert other.get(reverse("deliveries:reply", args=[row.pk])).status_code == 404
    assert liaison(department="").get(reverse("deliveries:reply", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "more", "field"),
    [
        ("a.exe", b"x", {}, "files"),
        ("a.csv", b"", {}, "files"),
        ("a.csv", b"x", {"month": "2020-13"}, "month"),
        ("a.csv", b"x", {"dataset": "no-such"}, "dataset"),
    ],
)
def test_form_that_cannot_be_is_told_at_the_form(city, name, content, more, field):
    response = upload(liaison(), (name, content), **more)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert Delivery.objects.count() == 0


def test_file_over_the_limit_is_told_how_large_it_may_be(city, settings):
    settings.UPLOAD_MEGABYTES = 1
    response = upload(liaison(), ("a.csv", b"x" * (1024 * 1024 + 1)), ("b.csv", b"x" * 1024 * 1024))
    assert response.context["form"].errors["files"] == ["第 1 份超过 1 MB，请按月拆开或存成 CSV 再交"]


def test_request_far_over_the_limit_is_refused_before_it_is_read(city, settings):
    settings.UPLOAD_MEGABYTES = 0
    response = upload(liaison(), ("a.csv", b"x" * 100))
    assert response.status_code == 409
    assert "一次交的文件超过 0 MB" in response.content.decode()


def test_form_without_its_token_is_refused(city):
    client = liaison()
    client.handler.enforce_csrf_checks = True
    assert upload(client, ("a.csv", b"x")).status_code == 403
    assert Delivery.objects.count() == 0


def test_pages_cost_a_known_number_of_queries(city, settlements, django_assert_num_queries):
    client = liaison()
    done(client, ("a.csv", settlements))
    row = Delivery.objects.get()
    client.get(reverse("deliveries:list"))  # shows the message of the upload, once
    with django_assert_num_queries(4):
        client.get(reverse("deliveries:list"))
    with django_assert_num_queries(5):
        client.get(reverse("deliveries:one", args=[row.pk]))


def test_proposed_columns_are_taken_once_somebody_agrees(city, settlements):
    client = liaison()
    text = settlements.decode("utf-8-sig")
    done(client, ("医保结算.csv", text.replace("个人自付", "个人自付费用额", 1).encode()))
    row = Delivery.objects.get()
    assert row.state == "refused"
    assert [one["ours"] for one in row.found["proposals"]] == ["个人自付"]
    client.post(reverse("deliveries:agree", args=[row.pk]))
    while work_once():
        pass
    assert Delivery.objects.order_by("-id").first().state == "accepted"
