"""A city exists whole or not at all, and the same arguments give the same bytes."""

import hashlib
from pathlib import Path

import pytest

from shouwang.modelcity import layout, write_city
from shouwang.modelcity.departments import dwellings
from shouwang.terms.errors import UserError


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(str(path.relative_to(folder)).encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cities") / "one"
    write_city(folder, 200, seed=3)
    return folder


def test_city_of_the_same_seed_has_the_same_bytes(small: Path, tmp_path: Path) -> None:
    write_city(tmp_path / "two", 200, seed=3)
    assert digest(tmp_path / "two") == digest(small)


def test_city_of_another_seed_differs(small: Path, tmp_path: Path) -> None:
    write_city(tmp_path / "two", 200, seed=4)
    assert digest(tmp_path / "two") != digest(small)


def test_city_folder_is_for_its_owner_alone(small: Path) -> None:
    assert small.stat().st_mode & 0o777 == 0o700


def test_city_has_nothing_but_the_three_folders(small: Path) -> None:
    assert sorted(path.name for path in small.iterdir()) == ["extracts", "registry", "truth"]


def test_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UserError):
        write_city(tmp_path, 200, seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    write_city(tmp_path / "city", 200, seed=1)
    assert (tmp_path / "city" / "registry").is_dir()


@pytest.mark.parametrize(("households", "seed"), [(99, 1), (4_000_001, 1), (200, -1), (200, 2**31)])
def test_number_that_cannot_be_is_refused(tmp_path: Path, households: int, seed: int) -> None:
    with pytest.raises(UserError):
        write_city(tmp_path / "city", households, seed)


def test_writing_that_fails_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(dwellings, "write", fail)
    with pytest.raises(OSError, match="full"):
        write_city(tmp_path / "city", 200, seed=1)
    assert list(tmp_path.iterdir()) == []


def test_leftover_of_a_killed_attempt_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".city.partial" / "extracts").mkdir(parents=True)
    write_city(tmp_path / "city", 200, seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["city"]


def test_progress_ends_with_all_done(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    write_city(tmp_path / "city", 200, seed=1, progress=lambda *step: seen.append(step))
    last = {step: (done, total) for step, done, total in seen}
    assert last["households"] == (200, 200)
    assert last["files"][0] == last["files"][1]


def test_file_too_long_for_a_spreadsheet_is_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "SPREADSHEET_BELOW", 200)
    write_city(tmp_path / "city", 400, seed=1)
    extracts = tmp_path / "city" / "extracts"
    assert (extracts / "housing" / "2019-06.csv").exists()
    assert (extracts / "housing" / "2019-07.xlsx").exists()
    assert not (extracts / "housing" / "2019-06.xlsx").exists()
