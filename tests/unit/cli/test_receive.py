"""`shouwang receive`: what a liaison reads, what a script reads, and the exit codes."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Shouwang
from tests.unit.screening.receiving.conftest import Town

BY = ("--by", "经办", "--on", "2020-07-05")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def test_page_of_an_accepted_file(town: Town, shouwang: Shouwang) -> None:
    rows = town.accidents(17)
    rows[0]["自担费用"], rows[1]["证件号码"] = "（5.00）", "5.30128E+17"
    file = town.file("事故.csv", rows, 自担费用="自担费用（万元）")
    answer = shouwang("receive", town.city, file, *BY)
    assert answer.code == 0, answer.err
    told = [line.strip() for line in answer.out.splitlines()]
    assert told[:2] == ["收下  事故.csv", "认作      公安局 交通与意外事故 2020-06（按行内日期）"]
    assert "行数      读入 17 = 可用 16 + 隔离 1；可用的行中 1 行证件号码有误，待比对" in told
    assert "请核对    行数比 2020-05 少了 43 %（30 → 17），是否漏报？" in told
    text = answer.out.replace("\n            ", "")
    assert "“自担费用（万元）”读作自担费用（写法相近，单位万元）" in text
    assert "“自担费用（万元）”1 行是负数" in text
    reply = next(line for line in told if line.startswith("回复表"))
    assert Path(reply.removeprefix("回复表").strip()).is_file()
    assert told[-1].split() == ["1", "份", "1", "0", "0", "17", "16", "1"]


def test_page_of_a_refused_file_and_of_one_received_before(town: Town, shouwang: Shouwang) -> None:
    good = town.file("好.csv", town.accidents())
    assert shouwang("receive", town.city, good, *BY).code == 0
    bad = town.file("坏.csv", town.accidents(自担费用="x"), 预计停工天数="预计的停工天数")
    answer = shouwang("receive", town.city, good, bad, *BY)
    assert answer.code == 3
    assert "已收过  好.csv" in answer.out
    assert "退回  坏.csv" in answer.out
    assert "同意就加 --agree --by 姓名再交" in answer.out.replace("\n            ", "")
    assert answer.out.splitlines()[-1].split() == ["2", "份", "0", "1", "1", "0", "0", "0"]


def test_json_for_scripts(town: Town, shouwang: Shouwang) -> None:
    rows = town.accidents()
    rows[0]["自担费用"] = "x"
    answer = shouwang("receive", town.city, town.file("a.csv", rows), *BY, "--json")
    [told] = json.loads(answer.out)
    assert (told["status"], told["dataset"], told["month"]) == ("accepted", "accidents", "2020-06")
    assert told["counts"] == {"read": 30, "used": 29, "quarantined": 1, "wrong_ids": 0, "lost_ids": 0}
    assert told["cell_faults"][0]["lines"] == [2]
    assert Path(told["reply"]).is_file()


def test_dataset_month_and_share_as_somebody_says_them(town: Town, shouwang: Shouwang) -> None:
    rows = [{"姓名": h.head.name, "证件号码": h.head.id_number, "参保状态": "正常参保"} for h in town.homes]
    rows[0]["参保状态"] = "x"
    file = town.file("名单.csv", rows, dataset="medical_insurance")
    said = ("--dataset", "基本医保参保", "--month", "2020-06")
    assert shouwang("receive", town.city, file, *BY, *said, "--share", "0.01").code == 3
    answer = shouwang("receive", town.city, file, *BY, *said, "--share", "1/4")
    assert answer.code == 0
    assert "医保局 基本医保参保 2020-06（按交件人所说）" in answer.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--month", "六月"), "--month 的值 '六月' 不是月份 → 写作 2020-06"),
        (("--on", "7月5日"), "--on 的值 '7月5日' 不是日期 → 写作 2020-06-30"),
        (("--share", "2"), "--share 的值 '2' 不是 0 到 1 之间的比例 → 写作 0.2"),
        (("--share", "1/0"), "--share 的值 '1/0' 不是 0 到 1 之间的比例 → 写作 0.2"),
        (("--dataset", "彩票"), "没有数据集 '彩票' → 写其中之一：medical_settlements、"),
        (("--agree",), "--agree 要写明是谁同意的 → 加上 --by 姓名"),
    ],
)
def test_options_that_cannot_be_meant(town: Town, shouwang: Shouwang, options: tuple[str, ...], told: str) -> None:
    answer = shouwang("receive", town.city, town.file("a.csv", town.accidents()), *options)
    assert (answer.code, answer.err.strip()[: len(told)]) == (2, told)
    assert not (town.city / "deliveries").exists() or town.tree("deliveries") == []


def test_day_is_today_where_none_is_given(town: Town, shouwang: Shouwang) -> None:
    from datetime import datetime

    before = datetime.now().astimezone().date()
    assert shouwang("receive", town.city, town.file("a.csv", town.accidents())).code == 0
    [record] = (town.city / "deliveries/accidents/2020-06").glob("*/delivery.json")
    received = json.loads(record.read_text(encoding="utf-8"))["received_on"]
    assert received in {str(before), str(datetime.now().astimezone().date())}
