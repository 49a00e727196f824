"""Files handed in: accepted, refused or known; kept as delivered; in their place; nothing else disturbed."""

import json
import shutil
import stat
from fractions import Fraction
from pathlib import Path

import pytest

from shouwang.areas import AreaCode
from shouwang.screening.receiving import ACCEPTED, KNOWN, REFUSED
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month
from tests.support.city import village_cells
from tests.support.rights import folders_above
from tests.support.screened import screened
from tests.unit.screening.receiving.conftest import Town
from tests.unit.screening.test_bad_input import nobody_special

PLACED = "extracts/accidents/2020-06.csv"


def record(town: Town, kept: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((town.city / kept / "delivery.json").read_text(encoding="utf-8"))
    return content


def test_sound_file_is_kept_placed_and_read(town: Town, tmp_path: Path) -> None:
    file = town.file("某局的文件.csv", town.accidents(自担费用="7,000.00元"))
    verdict = town.hand_one(file)
    assert (verdict.status, verdict.dataset, verdict.month, verdict.month_from) == (
        ACCEPTED,
        "accidents",
        "2020-06",
        "dates",
    )
    assert verdict.counts is not None
    assert (verdict.counts.read, verdict.counts.used, verdict.counts.quarantined) == (30, 30, 0)
    assert (verdict.placed, verdict.replaced, verdict.reply, verdict.faults) == (PLACED, "", None, ())
    assert (
        (town.city / PLACED).read_bytes()
        == file.read_bytes()
        == (town.city / verdict.kept / "delivered.csv").read_bytes()
    )
    told = record(town, verdict.kept)
    assert (told["status"], told["placed"], told["by"], told["received_on"]) == (
        "accepted",
        PLACED,
        "经办",
        "2020-07-05",
    )
    town.hand_one(town.file("名册.csv", [], dataset="medical_insurance"), month=Month(2020, 6))
    run = screened(town.city, tmp_path / "run")
    assert run.facts[town.homes[0].household_id]["accident_spending"] == 710_000


def test_same_bytes_twice_are_a_no_op(town: Town) -> None:
    file = town.file("a.csv", town.accidents())
    first = town.hand_one(file)
    before = {path: (town.city / path).stat().st_mtime_ns for path in ("extracts", "deliveries", PLACED, first.kept)}
    again = town.hand_one(shutil.copy(file, town.inbox / "b.csv"))
    assert (again.status, again.kept, again.placed) == (KNOWN, first.kept, PLACED)
    assert town.tree("deliveries/accidents") == [
        f"2020-06/{Path(first.kept).name}/{n}" for n in ("delivered.csv", "delivery.json")
    ]
    assert {path: (town.city / path).stat().st_mtime_ns for path in before} == before


def test_correction_supersedes_and_both_are_kept(town: Town) -> None:
    first = town.hand_one(town.file("a.csv", town.accidents()))
    second = town.hand_one(town.file("b.csv", town.accidents(自担费用="200.00")))
    assert (second.status, second.replaced) == (ACCEPTED, first.kept)
    assert [record(town, v.kept)["status"] for v in (first, second)] == ["superseded", "accepted"]
    assert record(town, first.kept)["superseded_by"] == 2
    assert (town.city / first.kept / "delivered.csv").is_file()
    assert "200.00" in (town.city / PLACED).read_text(encoding="utf-8")


def test_first_file_again_after_its_correction_counts_again(town: Town) -> None:
    file = town.file("a.csv", town.accidents())
    town.hand(file, town.file("b.csv", town.accidents(自担费用="200.00")))
    third = town.hand_one(file)
    assert (third.status, Path(third.kept).name[:2]) == (ACCEPTED, "3-")
    assert (town.city / PLACED).read_bytes() == file.read_bytes()


def test_correction_in_another_form_leaves_one_file_of_the_month(town: Town) -> None:
    town.hand_one(town.file("a.csv", town.accidents()))
    town.hand_one(town.file("b.txt", town.accidents(自担费用="200.00")))
    months = [name for name in town.tree("extracts/accidents") if name.startswith("2020-06")]
    assert months == ["2020-06.txt"]


def test_file_that_others_put_there_is_kept_when_it_is_replaced(town: Town) -> None:
    folder = town.city / "extracts/accidents"
    shutil.copy(town.file("a.csv", town.accidents()), folder / "2020-06.csv")
    old = (folder / "2020-06.csv").read_bytes()
    verdict = town.hand_one(town.file("b.csv", town.accidents(自担费用="200.00")))
    assert Path(verdict.replaced).name[:2] == "0-"
    assert (town.city / verdict.replaced / "delivered.csv").read_bytes() == old
    assert record(town, verdict.replaced)["status"] == "superseded"


def test_too_many_bad_rows_refuse_the_delivery_whole_with_all_faults_at_once(town: Town) -> None:
    rows = town.accidents()
    for row in rows[:4]:
        row["事故日期"] = "18/06/2020"
    for row in rows[4:7]:
        row["自担费用"] = "（120.00）"
    rows[7]["证件号码"] = "5.30128E+17"
    rows[8]["预计停工天数"] = "几天"
    rows[9]["事故日期"] = "2020-07-01"
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.status == REFUSED
    assert [fault.found for fault in verdict.faults] == ["30 行中有 10 行不能用，超过 20 %，整份退回"]
    assert [(fault.column, fault.rows, fault.lines) for fault in verdict.cell_faults] == [
        ("事故日期", 4, (2, 3, 4, 5)),
        ("自担费用", 3, (6, 7, 8)),
        ("证件号码", 1, (9,)),
        ("事故日期", 1, (11,)),
        ("预计停工天数", 1, (10,)),
    ]
    assert not (town.city / PLACED).exists()
    assert record(town, verdict.kept)["status"] == "refused"
    assert verdict.reply == town.city / verdict.kept / "reply.xlsx"


def test_share_at_the_limit_is_accepted_and_above_refused(town: Town) -> None:
    rows = town.accidents()
    for row in rows[:6]:
        row["自担费用"] = "x"
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.counts is not None
    assert (verdict.status, verdict.counts.used, verdict.counts.quarantined) == (ACCEPTED, 24, 6)
    assert town.hand_one(town.file("b.csv", rows[:29]), share=Fraction(20, 100)).status == REFUSED
    assert town.hand_one(town.file("c.csv", rows[:29]), share=Fraction(1, 2)).status == ACCEPTED


def test_refused_file_is_kept_once_however_often_it_comes(town: Town) -> None:
    file = town.file("a.csv", town.accidents(自担费用="x"))
    first, second = town.hand_one(file), town.hand_one(file)
    assert (second.status, second.kept, second.reply) == (REFUSED, first.kept, first.reply)
    assert len(list((town.city / "deliveries/accidents/2020-06").iterdir())) == 1


def test_wrong_id_does_not_quarantine_a_row_but_a_lost_one_counts_towards_refusing(town: Town) -> None:
    rows = town.accidents()
    for row in rows[:9]:
        row["证件号码"] = row["证件号码"][:17] + ("1" if row["证件号码"][17] != "1" else "2")
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.counts is not None
    assert (verdict.status, verdict.counts.quarantined, verdict.counts.wrong_ids) == (ACCEPTED, 0, 9)
    for row in rows[:9]:
        row["证件号码"] = "5.30128E+17"
    verdict = town.hand_one(town.file("b.csv", rows))
    assert verdict.counts is not None
    assert (verdict.status, verdict.counts.lost_ids, verdict.counts.bad) == (REFUSED, 9, 9)


def test_bad_file_disturbs_no_other(town: Town) -> None:
    picture = town.inbox / "图.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    quote = town.file("引号.csv", town.accidents(自担费用="100.00"))
    text = quote.read_text(encoding="utf-8").splitlines()
    quote.write_text("\n".join([text[0], '"' + text[1], *text[2:]]), encoding="utf-8")
    good = town.file("好.csv", town.accidents())
    verdicts = town.hand(picture, quote, good)
    assert [verdict.status for verdict in verdicts] == [REFUSED, REFUSED, ACCEPTED]
    assert all(verdict.faults for verdict in verdicts[:2])
    assert verdicts[0].kept.startswith("deliveries/unrecognised/undated/1-")
    assert town.tree("extracts/accidents")[-1] == "2020-06.csv"
    assert [path.name for path in town.city.iterdir() if path.name.startswith(".")] == []


def test_roll_without_a_month_is_refused_and_taken_when_somebody_says_it(town: Town) -> None:
    rows = [
        {"姓名": h.head.name, "证件号码": h.head.id_number, "参保状态": "正常参保", "参保年度": "2020"}
        for h in town.homes
    ]
    file = town.file("名单.csv", rows, dataset="medical_insurance")
    assert (town.hand_one(file).status, town.hand_one(file).month) == (REFUSED, "")
    verdict = town.hand_one(file, month=Month(2020, 6))
    assert (verdict.status, verdict.month_from, verdict.placed) == (
        ACCEPTED,
        "asked",
        "extracts/medical_insurance/2020-06.csv",
    )


def test_proposed_column_is_taken_once_a_person_agreed_and_remembered(town: Town) -> None:
    file = town.file("a.csv", town.accidents(), 预计停工天数="预计的停工天数")
    first = town.hand_one(file)
    assert (first.status, [p.header for p in first.proposals]) == (REFUSED, ["预计的停工天数"])
    with pytest.raises(UserError, match=r"--agree 要写明是谁同意的 → 加上 --by 姓名"):
        town.hand_one(file, agree=True, by="")
    assert town.hand_one(file, agree=True, by="王某").status == ACCEPTED
    later = town.file("b.csv", town.accidents(自担费用="3"), 预计停工天数="预计的停工天数")
    assert town.hand_one(later).status == ACCEPTED


def test_file_of_last_month_once_more_is_asked_about(town: Town) -> None:
    rows = [
        {"姓名": h.head.name, "证件号码": h.head.id_number, "参保状态": "正常参保", "参保年度": "2020"}
        for h in town.homes
    ]
    file = town.file("名单.csv", rows, dataset="medical_insurance")
    town.hand_one(file, month=Month(2020, 6))
    verdict = town.hand_one(file, month=Month(2020, 7))
    assert "与 2020-06 交的文件完全相同，是否交错了月份？" in verdict.warnings


def test_correction_with_fewer_rows_is_asked_about(town: Town) -> None:
    town.hand_one(town.file("a.csv", town.accidents(30)))
    verdict = town.hand_one(town.file("b.csv", town.accidents(29)))
    assert verdict.warnings == ("比它替换的那一份行数少（30 → 29），是否以这一份为准？",)


def test_nothing_outside_the_city_and_everything_in_it_closed_to_others(town: Town) -> None:
    rows = town.accidents()
    rows[0]["自担费用"] = "x"
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.reply is not None
    assert stat.S_IMODE(verdict.reply.stat().st_mode) == 0o600
    assert stat.S_IMODE((town.city / verdict.kept / "delivered.csv").stat().st_mode) == 0o600
    assert stat.S_IMODE((town.city / "deliveries").stat().st_mode) == 0o700


def test_record_and_verdict_name_nobody(town: Town) -> None:
    rows = town.accidents()
    person = rows[0]["证件号码"]
    rows[0]["自担费用"], rows[1]["证件号码"] = "x", rows[1]["证件号码"][:17]
    verdict = town.hand_one(town.file(f"{person}.csv", rows))
    written = (town.city / verdict.kept / "delivery.json").read_text(encoding="utf-8")
    told = json.dumps(verdict.as_json() | {"file": ""}, ensure_ascii=False)
    for row in rows:
        assert row["证件号码"][:14] not in written + told
        assert f'"{row["姓名"]}"' not in written + told


def test_call_that_cannot_be_meant(town: Town, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有这个文件：无\.csv、也无\.csv"):
        town.hand(town.inbox / "无.csv", town.inbox / "也无.csv")
    town.city = tmp_path / "nowhere"
    with pytest.raises(UserError, match="没有这个文件夹"):
        town.hand(town.inbox)


def test_city_without_a_register_receives_too(town: Town) -> None:
    shutil.rmtree(town.city / "registry")
    rows = town.accidents()
    rows[0]["证件号码"] = rows[0]["证件号码"][:16] + "99"
    verdict = town.hand_one(town.file("a.csv", rows))
    assert verdict.status == ACCEPTED
    told = record(town, verdict.kept)["profile"]
    assert isinstance(told, dict)
    assert told["ids"] == {"wrong": 0.0333, "strangers": None}


def test_list_that_names_nobody_is_refused_but_a_month_without_events_is_only_asked_about(town: Town) -> None:
    empty = town.file("名单.csv", [], dataset="medical_insurance")
    verdict = town.hand_one(empty, month=Month(2020, 6))
    assert [fault.found for fault in verdict.faults] == ["名册里一行数据也没有"]
    verdict = town.hand_one(town.file("a.csv", []), month=Month(2020, 6))
    assert verdict.status == ACCEPTED
    assert verdict.warnings[0] == "一行数据也没有，这个月确实没有发生吗？"


def test_month_that_has_not_begun_is_refused(town: Town) -> None:
    verdict = town.hand_one(town.file("a.csv", town.accidents(事故日期="2020-08-02")))
    assert [fault.found for fault in verdict.faults] == ["2020-08 还没有到（收到日期 2020-07-05）"]
    assert (verdict.status, verdict.kept[:27]) == (REFUSED, "deliveries/accidents/2020-0")


def test_dataset_about_villages_and_one_never_delivered_before(town: Town) -> None:
    shutil.rmtree(town.city / "extracts/water")
    row = village_cells(AreaCode(town.homes[0].area_code)) | {
        "水质达标": "√",
        "取水半径米": "0.3公里",
        "评价日期": "2020年6月5日",
    }
    rows = [row, row | {"水质达标": "也许"}]
    verdict = town.hand_one(town.file("水.csv", rows, dataset="water"), share=Fraction(1, 2), month=Month(2020, 6))
    assert verdict.counts is not None
    assert (verdict.status, verdict.placed) == (ACCEPTED, "extracts/water/2020-06.csv")
    assert (verdict.counts.used, verdict.counts.quarantined, verdict.counts.wrong_ids) == (1, 1, 0)
    assert record(town, verdict.kept)["profile"]["ids"] == {}  # type: ignore[index]


def test_other_files_among_the_extracts_do_not_disturb(town: Town) -> None:
    (town.city / "extracts/accidents/说明.txt").write_text("x", encoding="utf-8")
    assert town.hand_one(town.file("a.csv", town.accidents())).status == ACCEPTED


def test_city_that_cannot_be_written(town: Town) -> None:
    file = town.file("a.csv", town.accidents())
    for above in folders_above(town.city):
        above.chmod(0o755)
    town.city.chmod(0o555)
    with nobody_special(), pytest.raises(UserError, match=r"不能写入 city → 给予写权限，再交一次"):
        town.hand_one(file)
    town.city.chmod(0o755)


def test_quote_that_nobody_closed_far_down_a_long_file(town: Town) -> None:
    file = town.file("长.csv", town.accidents() * 4_000)
    text = file.read_text(encoding="utf-8")
    head, name = town.homes[0].head, text.rindex(town.homes[3].head.name)
    assert head.name in text
    file.write_text(f'{text[:name]}"{text[name:]}', encoding="utf-8")
    verdict = town.hand_one(file)
    assert verdict.status == REFUSED
    assert "引号" in verdict.faults[0].found
