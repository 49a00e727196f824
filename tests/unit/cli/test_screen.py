"""`shouwang screen`: what it prints, and what it refuses."""

import json
import sys
from pathlib import Path

import pytest

from shouwang.cli.main import main
from shouwang.cli.run_page import RunShown, print_run
from shouwang.cli.screen import read_day
from shouwang.cli.terminal import results
from shouwang.policy import load
from tests.unit.cli.conftest import Screened, Shouwang


@pytest.fixture
def page(screened: Screened, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    shown = RunShown(
        json.loads(screened.told), load("kunming-2020"), screened.june, read_day("2020-06-30"), Path("may")
    )
    print_run(results(), shown)
    return capsys.readouterr().out


def _line(page: str, start: str) -> list[str]:
    return next(line.split() for line in page.splitlines() if line.startswith(start))


def test_levels_have_numeral_colour_and_name(page: str) -> None:
    assert _line(page, "Ⅲ 紫") == ["Ⅲ", "紫", "突发致返贫风险户", "帮", "1", "1", "16.67%"]
    assert _line(page, "待核实")[-3:] == ["1", "1", "16.67%"]
    assert _line(page, "合计") == ["合计", "6", "6"]


def test_counties_are_in_households_and_people(page: str) -> None:
    lines = page.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("全市"))
    assert lines[at].split() == ["全市", "户", "0", "1", "1", "1", "1", "1", "1", "6"]
    assert lines[at + 1].split() == ["人", "0", "1", "1", "1", "1", "1", "1", "6"]


def test_changes_are_told(page: str) -> None:
    lines = page.splitlines()
    heads = next(n for n, line in enumerate(lines) if line.startswith("新增"))
    assert lines[heads].split()[:5] == ["新增", "加重", "减轻", "解除", "未变"]
    assert lines[heads + 2].split() == ["1", "0", "0", "0", "2", "0", "0", "0"]


def test_rows_are_told_by_dataset(page: str) -> None:
    assert _line(page, "医保局 医疗费用结算") == ["医保局", "医疗费用结算", "2", "1", "0", "0", "1"]


def test_quarantine_is_located(page: str, screened: Screened) -> None:
    assert page.splitlines()[-2:] == [
        f"预警 3 户 3 人，待核实 1 户 1 人：{screened.june / 'warnings.csv'}",
        f"隔离的行：{screened.june / 'quarantine'}/（medical_settlements.csv 1 行）",
    ]


def test_page_fits_eighty_columns_without_colour_codes(page: str) -> None:
    from rich.cells import cell_len

    tables = [line for line in page.splitlines() if "/" not in line]
    assert max(cell_len(line) for line in tables) <= 80
    assert "\x1b" not in page


def test_undelivered_month_is_named_with_its_facts(screened: Screened, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(screened.told)
    told["undelivered"] = {"school_fees": ["2020-01"], "visits": ["2019-07", "2019-08", "2019-09", "2019-10"]}
    print_run(results(), RunShown(told, load("kunming-2020"), screened.june, read_day("2020-06-30")))
    page = capsys.readouterr().out
    assert "未交  教体局 教育收费与资助 2020-01：因此未知 就学自付" in page
    assert "2019-07 至 2019-10 之间 4 个月" in page
    assert "与上次相比" not in page


def test_day_that_is_none(shouwang: Shouwang, tmp_path: Path) -> None:
    answer = shouwang("screen", tmp_path, "--as-of", "2020-6-30", "--out", tmp_path / "run")
    assert (answer.code, answer.err) == (2, "--as-of 的值 '2020-6-30' 不是日期 → 写作 2020-06-30\n")


def test_day_outside_the_policy_is_a_warning(shouwang: Shouwang, screened: Screened, tmp_path: Path) -> None:
    answer = shouwang("screen", screened.city, "--as-of", "2020-05-31", "--out", tmp_path / "run")
    assert answer.code == 0
    assert "早于政策 kunming-2020 的生效日 2020-06-01" in answer.err.replace("\n      ", "")
    answer = shouwang("screen", tmp_path / "no", "--as-of", "2023-05-31", "--out", tmp_path / "later")
    assert answer.code == 2
    assert answer.err.startswith("注意：截至日期 2023-05-31 晚于政策 kunming-2020 所属的 2020 年")


def test_folder_that_is_taken(shouwang: Shouwang, screened: Screened) -> None:
    answer = shouwang("screen", screened.city, "--as-of", "2020-06-30", "--out", screened.june)
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


def test_faults_of_the_data_are_a_line_each(shouwang: Shouwang, tmp_path: Path) -> None:
    for name in ("strange", "stranger"):
        (tmp_path / "city" / "extracts" / name).mkdir(parents=True)
    (tmp_path / "city" / "registry" / "2020-06").mkdir(parents=True)
    answer = shouwang("screen", tmp_path / "city", "--as-of", "2020-06-30", "--out", tmp_path / "run")
    assert answer.code == 3
    assert len(answer.err.splitlines()) == 5
    assert not (tmp_path / "run").exists()


def test_spark_that_is_not_there(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "shouwang.screening.engine.spark", None)
    assert main(["screen", "c", "--as-of", "2020-06-30", "--out", "r", "--engine", "spark"]) == 2
    assert capsys.readouterr().err == "没有安装 Spark → 运行 make spark，或用 --engine duckdb\n"
