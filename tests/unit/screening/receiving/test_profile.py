"""A month as figures, and the comparison with the month before it, from delivery to verdict."""

import json
from pathlib import Path
from typing import Any

from shouwang.screening.receiving import ACCEPTED
from shouwang.terms.period import Month
from tests.unit.screening.receiving.conftest import Town


def profile_of(town: Town, kept: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((town.city / kept / "delivery.json").read_text(encoding="utf-8"))["profile"]
    return found


def test_profile_of_a_month_of_events(town: Town) -> None:
    rows = town.accidents(20)
    rows[0] |= {"事故日期": "2020-06-30", "自担费用": "300.00"}
    rows[1] |= {"事故日期": "2020-06-01", "自担费用": "0"}
    rows[2] |= {"自担费用": "不知道"}
    rows[3] = rows[4]
    rows[5] |= {"证件号码": "530113198003019990"}
    stranger = town.homes[0].head.id_number
    found = profile_of(town, town.hand_one(town.file("a.csv", rows)).kept)
    assert stranger not in str(found)
    assert found == {
        "rows": 20,
        "doubled": 1,
        "empty": {"happened_on": 0.0, "borne": 0.0, "days_off": 0.0},
        "days": {"happened_on": ["2020-06-01", "2020-06-30"]},
        "amounts": {"borne": {"sum": "2000.00", "middle": "100.00"}},
        "labels": {},
        "ids": {"wrong": 0.05, "strangers": 0.0},
    }


def test_profile_of_a_roll_tells_shares_of_labels_and_of_empty_cells(town: Town) -> None:
    rows = [{"姓名": h.head.name, "证件号码": h.head.id_number, "参保状态": "在保"} for h in town.homes]
    rows[0]["参保状态"] = "断保"
    rows[1]["参保年度"] = "2020年"
    file = town.file("名单.csv", rows, dataset="medical_insurance")
    found = profile_of(town, town.hand_one(file, month=Month(2020, 6)).kept)
    assert found["labels"] == {"status": {"insured": 0.975, "not": 0.025}}
    assert found["empty"] == {"status": 0.0, "year": 0.975}


def test_month_is_compared_with_the_newest_before_it_that_lies_in_the_city(town: Town) -> None:
    """May was put there by other hands: its file is read for the comparison."""
    verdict = town.hand_one(town.file("a.csv", town.accidents(17)))
    assert verdict.warnings == ("行数比 2020-05 少了 43 %（30 → 17），是否漏报？",)
    assert verdict.status == ACCEPTED


def test_month_is_compared_with_a_delivery_by_its_record(town: Town) -> None:
    june = town.hand_one(town.file("a.csv", town.accidents(30)))
    for path in (town.city / "extracts/accidents").iterdir():
        path.write_text("not read again")
    rows = town.accidents(30, 事故日期="2020-07-02", 自担费用="120.00万元")
    verdict = town.hand_one(town.file("b.csv", rows))
    question = "列“自担费用”的金额比 2020-06 整体放大约 10,000 倍，单位是否写错（元、千元、万元）？"
    assert (june.warnings, verdict.warnings) == ((), (question,))


def test_earlier_file_that_cannot_be_read_is_no_reason_to_refuse(town: Town) -> None:
    for path in (town.city / "extracts/accidents").iterdir():
        path.write_text("")
    verdict = town.hand_one(town.file("a.csv", town.accidents(30)))
    assert (verdict.status, verdict.warnings) == (ACCEPTED, ())


def test_first_month_of_a_dataset_has_nothing_to_compare(town: Town) -> None:
    for path in [*(town.city / "extracts/accidents").iterdir()]:
        path.unlink()
    assert town.hand_one(town.file("a.csv", town.accidents(3))).warnings == ()
    assert sorted(p.name for p in Path(town.city / "extracts/accidents").iterdir()) == ["2020-06.csv"]
