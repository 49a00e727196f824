"""`shouwang explain`: the page of one household."""

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Screened, Shouwang


def test_warned_household_is_explained_in_full(shouwang: Shouwang, screened: Screened) -> None:
    answer = shouwang("explain", screened.june, screened.homes["poor"])
    assert answer.code == 0
    assert "Ⅳ级（黄）内生动力或发展能力不足户  脱贫户 · 1 人 · 脱贫不稳定户 · 帮扶方式：引" in answer.out
    assert "人均参考收入 5,588.00 元/人，低于监测线 6,000.00 元/人" in answer.out
    assert "参考收入每人再高 412.00 元，则“收入不足”不再成立" in answer.out
    rows = [line.split() for line in answer.out.splitlines()]
    assert ["医疗自付", "0.00", "元", "2020-06-30", "医保局", "2020-06"] in rows
    assert ["人均参考收入", "5,588.00", "元/人", "2019-09-30", "计算得出"] in rows
    assert ["监测线", "6,000.00", "元/人", "政策规定"] in rows


def test_assets_are_questions(shouwang: Shouwang, screened: Screened) -> None:
    page = shouwang("explain", screened.june, screened.homes["ill"]).out
    assert page.index("财产线索，须问清，不作定论") < page.index("· 车辆")


def test_wide_terminal_names_the_file_too(
    shouwang: Shouwang, screened: Screened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert "医保局 医疗费用结算 2020-06" in shouwang("explain", screened.june, screened.homes["ill"]).out


def test_unverified_household_names_who_should_know(shouwang: Shouwang, screened: Screened) -> None:
    page = shouwang("explain", screened.june, screened.homes["unknown"]).out
    assert "待核实  脱贫户 · 1 人" in page
    assert "· 家庭纯收入：登记册 收入" in page
    assert "· 不愁吃穿：入户核实" in page
    assert "· 住房等级：住建局 农房鉴定" in page


def test_green_household_shows_what_it_was_judged_by(shouwang: Shouwang, screened: Screened) -> None:
    page = shouwang("explain", screened.june, screened.homes["fine"]).out
    assert "Ⅴ级（绿）" in page
    assert ["不愁吃穿", "是", "2020-03-10", "入户核实", "2020-03"] in [line.split() for line in page.splitlines()]
    assert "怎样会变" not in page


def test_unassessed_household_is_told_so(shouwang: Shouwang, screened: Screened) -> None:
    page = shouwang("explain", screened.june, screened.homes["nobody asked"]).out
    assert "未评估：没有规则成立，没有风险迹象，但所知不足以评为Ⅴ级" in page


def test_english_page_is_complete(shouwang: Shouwang, screened: Screened) -> None:
    page = shouwang("explain", screened.june, screened.homes["no labour"], "--lang", "en").out
    assert "Level Ⅱ (blue) in need of a safety net" in page
    assert "What would change it" in page
    place = page.splitlines()[0]
    assert all(ord(letter) < 0x4E00 for letter in page.removeprefix(place).replace("入户", ""))


def test_another_version_of_the_policy_is_said(shouwang: Shouwang, screened: Screened, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(screened.june, run)
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    (run / "manifest.json").write_text(json.dumps(manifest | {"policy_version": "older"}), encoding="utf-8")
    page = shouwang("explain", run, screened.homes["poor"]).out
    assert "所用政策的版本与现在安装的不同" in page
    assert "人均参考收入 5,588.00 元/人，低于监测线" in page
    assert "  怎样会变\n" not in page


def test_run_or_household_that_does_not_exist(shouwang: Shouwang, screened: Screened, tmp_path: Path) -> None:
    for run, household in ((tmp_path, "H000001"), (screened.june, "530129197001010017")):
        answer = shouwang("explain", run, household)
        assert answer.code == 2
        assert len(answer.err.splitlines()) == 1
        assert household not in answer.err
