"""`shouwang city` and `shouwang demo`."""

from pathlib import Path

import pytest

from shouwang.cli.demo import MARK, choose
from tests.unit.cli.conftest import Screened, Shouwang


def test_city_is_made_and_the_next_step_named(shouwang: Shouwang, tmp_path: Path) -> None:
    answer = shouwang("city", "--households", 300, "--seed", 3, "--out", tmp_path / "c")
    assert answer.code == 0
    assert "300 户，种子 3" in answer.out
    assert f"shouwang screen {tmp_path / 'c'} --as-of 2020-06-30" in answer.out
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == ["extracts", "registry", "truth"]


def test_city_too_small(shouwang: Shouwang, tmp_path: Path) -> None:
    assert shouwang("city", "--households", 1, "--out", tmp_path / "c").code == 2


def test_demo_tells_june_and_explains_three(
    shouwang: Shouwang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = shouwang("demo", "--households", 600, "--svg", "demo.svg", "--no-serve")
    assert first.code == 0
    assert "截至 2020-06-30 的筛查" in first.out
    assert "与上次相比" in first.out
    assert first.out.count("怎样会变") == 3
    assert "接着可以试 Try next" in first.out
    picture = Path("demo.svg").read_text(encoding="utf-8")
    assert len(picture.encode()) < 200_000
    assert str(tmp_path) not in picture
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    (tmp_path / "demo" / "notes.txt").write_text("mine")
    again = shouwang("demo", "--households", 600, "--no-serve")
    assert again.out == first.out
    assert (tmp_path / "demo" / "notes.txt").read_text() == "mine"


def test_demo_never_touches_what_is_not_its_own(shouwang: Shouwang, tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "treasure").write_text("gold")
    answer = shouwang("demo", "--folder", tmp_path)
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    assert (tmp_path / "city" / "treasure").read_text() == "gold"
    assert not (tmp_path / MARK).exists()


def test_demo_does_not_follow_links(shouwang: Shouwang, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert shouwang("demo", "--folder", tmp_path / "link").code == 2


def test_households_explained_are_of_different_levels(screened: Screened) -> None:
    assert choose(screened.june) == [screened.homes[name] for name in ("no labour", "ill", "poor")]


def test_picture_without_a_folder_is_told_before_the_work(shouwang: Shouwang, tmp_path: Path) -> None:
    answer = shouwang("demo", "--folder", tmp_path / "demo", "--svg", tmp_path / "no" / "demo.svg")
    assert answer.code == 2
    assert not (tmp_path / "demo").exists()


def test_damaged_city_is_made_and_told_of_in_help(shouwang: Shouwang, tmp_path: Path) -> None:
    answer = shouwang("city", "--households", 200, "--damage", 0.3, "--identities", 0, "--out", tmp_path / "c")
    assert answer.code == 0
    assert (tmp_path / "c" / "truth" / "damage_files.parquet").exists()
    assert "--identities" in shouwang("city", "--help").out


def test_damage_that_cannot_be_is_refused(shouwang: Shouwang, tmp_path: Path) -> None:
    answer = shouwang("city", "--households", 200, "--damage", 2, "--out", tmp_path / "c")
    assert answer.code == 2
    assert "--damage" in answer.err
