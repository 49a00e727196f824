"""Door A: all of a run or none of it, once, for the right city, in order."""

import errno
import json
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction

from shouwang.office.audit.models import Event
from shouwang.office.registry.models import Household
from shouwang.office.warnings.actions.answering import answer, join
from shouwang.office.warnings.actions.publishing import publish
from shouwang.office.warnings.actions.suppressing import suppress
from shouwang.office.warnings.models import Publication, ToVerify, Warning
from shouwang.office.warnings.queries import verdicts
from shouwang.office.web.models import Job
from shouwang.terms.errors import UserError
from tests.unit.office.factories import actor
from tests.unit.office.small_city import altered, as_green, as_level, as_unverified, registered, rows_of

pytestmark = pytest.mark.django_db
ON = date(2020, 7, 6)


def by_city():
    return actor("analyst", "5301")


def counts():
    return (
        Publication.objects.count(),
        Warning.objects.count(),
        ToVerify.objects.count(),
        Event.objects.count(),
        Job.objects.count(),
    )


def only(homes, change):
    """The change, of these households alone."""
    return lambda row: change(row) if row["household_id"] in homes else row


def first_warned(run):
    return next(row["household_id"] for row in rows_of(run) if row["level"] and row["level"] <= 4)


def test_first_publication_makes_a_clue_of_every_warned_household(register, june):
    rows = rows_of(june)
    warned = {row["household_id"]: row["level"] for row in rows if row["level"] and row["level"] <= 4}
    unverified = {row["household_id"] for row in rows if row["status"] == "unverified"}
    told = publish(june, by=by_city(), on=ON)
    assert told.is_new
    assert dict(Warning.objects.values_list("household_id", "level")) == warned
    assert set(Warning.objects.values_list("change", "state")) == {("new", "open")}
    assert set(ToVerify.objects.values_list("household_id", flat=True)) == unverified
    assert list(ToVerify.objects.order_by("rank").values_list("rank", flat=True)) == list(range(1, len(unverified) + 1))
    assert len(told.clues) == len(warned)
    assert Event.objects.get(verb="published").run == told.publication.run_digest


def test_warning_keeps_sentence_rules_and_values(register, june):
    publish(june, by=by_city(), on=ON)
    stored = next(row for row in rows_of(june) if row["household_id"] == first_warned(june))
    kept = Warning.objects.get(household_id=stored["household_id"])
    assert kept.sentence
    assert kept.rules == [reason["rule"] for reason in stored["reasons"]]
    assert kept.reasons == json.loads(json.dumps(stored["reasons"], default=str))
    assert kept.values["members"][0] == stored["members"]


def test_same_run_twice_changes_nothing_and_says_so(register, june):
    by = by_city()
    first = publish(june, by=by, on=ON)
    before = counts()
    again = publish(june, by=by, on=ON + timedelta(1))
    assert (again.is_new, again.clues, again.publication) == (False, (), first.publication)
    assert counts() == before


def test_next_run_is_told_against_the_publication(register, june, tmp_path):
    """One household of each kind; `now_unverified` joins the list, which is replaced as a whole."""
    rows = rows_of(june)
    warned = [row["household_id"] for row in rows if row["level"] and row["level"] <= 4]
    kinds = dict(zip(warned[:4], ("better", "worse", "cleared", "now_unverified"), strict=True))
    green = next(row["household_id"] for row in rows if row["level"] == 5)
    start = altered(
        june, tmp_path / "run-start", lambda row: as_level(row, 3) if row["household_id"] in warned else row
    )

    def change(row):
        made = {"better": lambda: as_level(row, 4), "worse": lambda: as_level(row, 2), "cleared": lambda: as_green(row),
                "now_unverified": lambda: as_unverified(row)}  # fmt: skip
        if row["household_id"] == green:
            return as_level(row, 1)
        if row["household_id"] in warned:
            return made.get(kinds.get(row["household_id"]), lambda: as_level(row, 3))()
        return row

    later = altered(june, tmp_path / "run-later", change, as_of="2020-07-06")
    publish(start, by=by_city(), on=ON)
    told = publish(later, by=by_city(), on=ON)
    found = dict(told.publication.warnings.values_list("household_id", "change"))
    assert found == {one: kinds.get(one, "same") for one in warned} | {green: "new"}
    states = dict(told.publication.warnings.values_list("household_id", "state"))
    worse = next(one for one, kind in kinds.items() if kind == "worse")
    assert {one for one, state in states.items() if state == "open"} == {green, worse}
    assert {state for one, state in states.items() if one not in (green, worse)} == {"note"}
    gone = next(one for one, kind in kinds.items() if kind == "now_unverified")
    assert ToVerify.objects.get(pk=gone).level_before == 3
    assert told.publication.counts["changes"] == dict(Counter(found.values()))


def test_better_is_a_note_and_lowers_no_level(register, june, tmp_path):
    home = first_warned(june)
    Household.objects.filter(pk=home).update(confirmed_level=1, confirmed_on=ON)
    start = altered(june, tmp_path / "run-a", only([home], lambda row: as_level(row, 1)))
    later = altered(
        june,
        tmp_path / "run-b",
        only([home], lambda row: as_level(row, 4)),
        as_of="2020-07-06",
    )
    publish(start, by=by_city(), on=ON)
    publish(later, by=by_city(), on=ON)
    newest = Warning.objects.filter(household_id=home).order_by("-publication_id").first()
    assert (newest.change, newest.state, newest.level_before) == ("better", "note", 1)
    assert Household.objects.get(pk=home).confirmed_level == 1


def test_answered_fingerprint_makes_no_new_clue_until_values_change(register, june, tmp_path):
    home = first_warned(june)
    publish(june, by=by_city(), on=ON)
    assert answer(home, on=ON) == 1
    again = altered(june, tmp_path / "run-b", lambda row: row if row["level"] != 5 else as_unverified(row))
    publish(again, by=by_city(), on=ON + timedelta(30))
    same = Warning.objects.get(household_id=home, publication__folder="run-b")
    assert (same.state, same.answered_on) == ("answered", ON)
    other = altered(
        june,
        tmp_path / "run-c",
        only([home], lambda row: as_level(row, row["level"])),
        as_of="2020-07-06",
    )
    told = publish(other, by=by_city(), on=ON + timedelta(60))
    changed = Warning.objects.get(household_id=home, publication=told.publication)
    assert (changed.change, changed.state) == ("same", "open")


def test_joined_warning_stays_at_work(register, june, tmp_path):
    home = first_warned(june)
    told = publish(june, by=by_city(), on=ON)
    assert join([Warning.objects.get(household_id=home).pk]) == 1
    later = altered(june, tmp_path / "run-b", lambda row: None if row["level"] == 5 else row)
    publish(later, by=by_city(), on=ON)
    newest = Warning.objects.exclude(publication=told.publication).get(household_id=home)
    assert (newest.change, newest.state) == ("same", "note")
    assert answer(home, on=ON) == 2


def test_suppression_survives_the_next_run_and_ends_with_its_day(register, june, tmp_path):
    home = Household.objects.get(pk=first_warned(june))
    held = suppress(home, reason="已搬到县城，收入另有来源", until=ON + timedelta(45), by=by_city(), on=ON)
    publish(june, by=by_city(), on=ON)
    for number, (day, state) in enumerate([(30, "suppressed"), (45, "open")]):
        gone = [row["household_id"] for row in rows_of(june) if row["level"] == 5][: number + 1]
        run = altered(
            june,
            tmp_path / f"run-{number}",
            only(gone, lambda row: None),
            as_of=f"2020-0{7 + number}-15",
        )
        told = publish(run, by=by_city(), on=ON + timedelta(day))
        found = Warning.objects.get(household=home, publication=told.publication)
        assert (found.state, found.suppression_id) == (state, held.pk if state == "suppressed" else None)
        assert (found.pk in told.clues) is (state == "open")


def test_older_run_is_refused(register, june, tmp_path):
    publish(june, by=by_city(), on=ON)
    older = altered(june, tmp_path / "run-b", lambda row: None if row["level"] == 5 else row, as_of="2020-05-31")
    before = counts()
    with pytest.raises(UserError) as error:
        publish(older, by=by_city(), on=ON)
    assert error.value.found == "这次筛查的截止日 2020-05-31 早于已发布的 2020-06-30"
    assert counts() == before


def test_county_cannot_publish(register, june):
    with pytest.raises(UserError) as error:
        publish(june, by=actor("analyst", "530113"), on=ON)
    assert error.value.found == "发布是全市一次的事，县级不能单独发布"
    assert counts() == (0, 0, 0, 0, 0)


def test_run_of_another_city_is_refused(june, tmp_path, db):
    registered([row | {"household_id": f"X{row['household_id']}"} for row in rows_of(june)])
    with pytest.raises(UserError) as error:
        publish(june, by=by_city(), on=ON)
    assert error.value.found.startswith("这像是另一座城市的筛查：抽查 1,000 户")
    assert counts() == (0, 0, 0, 0, 0)


def test_run_with_areas_outside_is_refused(register, june, tmp_path):
    moved = altered(june, tmp_path / "run-b", lambda row: row | {"area_code": "510" + row["area_code"][3:]})
    with pytest.raises(UserError) as error:
        publish(moved, by=by_city(), on=ON)
    assert error.value.found == "这像是另一座城市的筛查：1,000 户不在本市"


def test_run_that_speaks_of_a_household_nobody_loaded_is_refused(register, june):
    Household.objects.filter(pk=first_warned(june)).delete()
    with pytest.raises(UserError) as error:
        publish(june, by=by_city(), on=ON)
    assert error.value.found == "登记册里没有这次筛查所说的 1 户"


def test_run_that_was_touched_is_refused(register, june, tmp_path):
    touched = altered(june, tmp_path / "run-b", lambda row: row)
    manifest = json.loads((touched / "manifest.json").read_text()) | {"output_digest": "0" * 64}
    (touched / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(UserError) as error:
        publish(touched, by=by_city(), on=ON)
    assert error.value.found == "run-b 的结果与清单的指纹不符"


def test_folder_that_is_no_run_is_refused(db, tmp_path):
    with pytest.raises(UserError) as error:
        publish(tmp_path, by=by_city(), on=ON)
    assert error.value.cure == "重新运行 shouwang screen，再发布"


@pytest.mark.parametrize("file", ["verdicts.parquet", "facts.parquet", "warnings.csv", "policy.json"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PAR1 PAR1", b"[1, 2]"])
def test_run_whose_files_cannot_be_read_is_refused(register, june, tmp_path, file, content):
    bad = altered(june, tmp_path / "run-b", lambda row: row)
    (bad / file).write_bytes(content)
    with pytest.raises(UserError) as error:
        publish(bad, by=by_city(), on=ON)
    assert error.value.found == "这次筛查的文件读不出"
    assert (Publication.objects.count(), Warning.objects.count()) == (0, 0)


def test_full_disk_while_a_run_is_read_is_not_taken_for_a_bad_run():
    with pytest.raises(OSError, match="room"), verdicts.readable():
        raise OSError(errno.ENOSPC, "no room")


def test_run_of_a_day_to_come_is_refused(register, june):
    with pytest.raises(UserError) as error:
        publish(june, by=by_city(), on=date(2020, 6, 29))
    assert error.value.found == "这次筛查的截止日 2020-06-30 还没有到"
    assert counts() == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("word", ["核对这次筛查", "与上次发布比较", "写入预警", "更新待核实清单"])
def test_failure_anywhere_leaves_nothing(register, june, word):
    def failing(step, share):
        if step == word:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        publish(june, by=by_city(), on=ON, step=failing)
    assert counts() == (0, 0, 0, 0, 0)


def test_failure_of_the_caller_takes_the_publication_with_it(register, june):
    def whole_door():
        with transaction.atomic():
            publish(june, by=by_city(), on=ON)
            raise OSError("later")

    with pytest.raises(OSError, match="later"):
        whole_door()
    assert counts() == (0, 0, 0, 0, 0)
