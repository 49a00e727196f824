"""`shouwang policy`."""

from pathlib import Path

from tests.unit.cli.conftest import Shouwang

EXAMPLE = """
- name: 低于监测线
  as_of: 2020-06-30
  household: {{register: exited, members: 4, labour_units: 2, net_income: 20000, rigid_spending: 0,
              insurance_claims: 0}}
  expect: {{level: {level}}}
"""


def test_list_names_every_policy_with_its_first_day(shouwang: Shouwang) -> None:
    lines = [line.split() for line in shouwang("policy", "list").out.splitlines()]
    assert [line[0] for line in lines[2:]][:2] == ["kunming-2020", "kunming-2021"]
    assert "2020-06-01" in lines[2]


def test_show_has_rules_in_words_and_figures_with_their_source(shouwang: Shouwang) -> None:
    page = shouwang("policy", "show").out
    assert "Ⅳ 收入不足  below-line" in page
    assert "人均参考收入 < 监测线" in page
    assert "贫困线：4,000.00 元/人  自 2020-01-01" in page
    assert "\x1b" not in page


def test_show_markdown_is_the_manual(shouwang: Shouwang) -> None:
    assert shouwang("policy", "show", "kunming-2021", "--markdown").out.startswith("# 昆明市防返贫监测 2021")


def test_unknown_policy(shouwang: Shouwang) -> None:
    answer = shouwang("policy", "show", "nowhere")
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1


def test_examples_that_hold(shouwang: Shouwang, tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(EXAMPLE.format(level=4), encoding="utf-8")
    answer = shouwang("policy", "test", tmp_path / "good.yaml", "--policy", "kunming-2020")
    assert answer.code == 0
    assert "对 ok     低于监测线" in answer.out
    assert "1 个例子，0 个不符。" in answer.out


def test_example_that_fails_shows_both(shouwang: Shouwang, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(EXAMPLE.format(level=1), encoding="utf-8")
    answer = shouwang("policy", "test", tmp_path / "bad.yaml")
    assert answer.code == 3
    assert "错 failed" in answer.out
    assert "期望 等级 Ⅰ" in answer.out
    assert "得到 等级 Ⅳ" in answer.out


def test_faults_of_a_file_are_told_at_once(shouwang: Shouwang, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("- name: 一\n  as_of: soon\n- 7\n", encoding="utf-8")
    answer = shouwang("policy", "test", tmp_path / "odd.yaml")
    assert answer.code == 3
    assert len(answer.err.splitlines()) >= 3
