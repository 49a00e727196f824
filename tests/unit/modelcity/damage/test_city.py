"""A damaged city: every file of the clean one in some form, and the same people and truth behind it."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shouwang.modelcity import Damage, layout, write_city
from shouwang.modelcity.damage.habits import Frame

from ..test_city import digest

HOUSEHOLDS, SEED = 400, 5


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cities") / "clean"
    write_city(folder, HOUSEHOLDS, seed=SEED)
    return folder


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cities") / "damaged"
    write_city(folder, HOUSEHOLDS, seed=SEED, damage=Damage(1.0, 0.03))
    return folder


def kinds(city: Path) -> dict[str, list[str]]:
    """File → what was done to it."""
    rows = pq.read_table(city / "truth" / "damage_files.parquet").to_pylist()
    return {row["file"]: row["kinds"] for row in rows}


def files(city: Path) -> list[str]:
    return sorted(path.relative_to(city / "extracts").as_posix() for path in (city / "extracts").glob("*/*"))


def test_every_dataset_and_month_is_there_once(clean: Path, damaged: Path) -> None:
    assert [name.rsplit(".", 1)[0] for name in files(damaged)] == [name.rsplit(".", 1)[0] for name in files(clean)]
    assert sorted({path.parent.name for path in (damaged / "extracts").glob("*/*")}) == sorted(layout.DATASETS)


def test_every_file_but_visits_is_handled_and_told(damaged: Path) -> None:
    assert sorted(kinds(damaged)) == [name for name in files(damaged) if not name.startswith("visits/")]
    assert min(map(len, kinds(damaged).values())) > 0


def test_suffix_of_a_file_is_what_was_done_to_it(damaged: Path) -> None:
    for name, told in kinds(damaged).items():
        (suffix,) = [kind.removeprefix("format:") for kind in told if kind.startswith("format:")]
        assert name.rsplit(".", 1)[1] == ("zip" if "zipped" in told else suffix)


def test_all_there_is_turns_up_in_one_city(damaged: Path) -> None:
    found = Counter(kind for told in kinds(damaged).values() for kind in told)
    formats = {f"format:{suffix}" for suffix in ("csv", "txt", "xlsx", "xls")} | {"zipped"}
    encodings = {f"encoding:{name}" for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16")}
    separators = {f"separator:{sign!r}" for sign in ",;\t"}
    assert formats | encodings | separators | set(Frame.__dataclass_fields__) | {"traditional"} <= set(found)


def test_same_seed_and_damage_give_the_same_bytes(damaged: Path, tmp_path: Path) -> None:
    write_city(tmp_path / "again", HOUSEHOLDS, seed=SEED, damage=Damage(1.0, 0.03))
    assert digest(tmp_path / "again") == digest(damaged)


def test_people_register_and_truth_are_those_of_the_clean_city(clean: Path, damaged: Path) -> None:
    for name in ("registry", "extracts/visits"):
        assert digest(clean / name) == digest(damaged / name)
    for name in ("households.parquet", "shocks.parquet"):
        assert (clean / "truth" / name).read_bytes() == (damaged / "truth" / name).read_bytes()


def test_nothing_but_the_three_folders_is_left(damaged: Path) -> None:
    assert sorted(path.name for path in damaged.iterdir()) == ["extracts", "registry", "truth"]
    assert damaged.stat().st_mode & 0o777 == 0o700


def test_half_the_damage_handles_about_half_the_files_and_the_same_ones(damaged: Path, tmp_path: Path) -> None:
    write_city(tmp_path / "half", HOUSEHOLDS, seed=SEED, damage=Damage(0.5, 0.0))
    half = {name.rsplit(".", 1)[0] for name in kinds(tmp_path / "half")}
    whole = {name.rsplit(".", 1)[0] for name in kinds(damaged)}
    assert 0.35 * len(whole) < len(half) < 0.65 * len(whole)
    assert half < whole


def test_lossless_damage_destroys_nothing_and_damages_nobody(tmp_path: Path) -> None:
    write_city(tmp_path / "city", 200, seed=SEED, damage=Damage(1.0, 0.0))
    truth = tmp_path / "city" / "truth"
    assert pq.read_table(truth / "damage_cells.parquet").num_rows == 0
    assert pq.read_table(truth / "damage_identities.parquet").num_rows == 0


def test_truth_says_what_its_files_hold(damaged: Path) -> None:
    text = (damaged / "truth" / "README.md").read_text(encoding="utf-8")
    for name in ("damage_files.parquet", "damage_identities.parquet", "damage_cells.parquet"):
        assert name in text
        assert (damaged / "truth" / name).exists()


def test_writing_that_fails_midway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shouwang.modelcity.damage import delivered

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(delivered, "spelled", fail)
    with pytest.raises(OSError, match="full"):
        write_city(tmp_path / "city", 200, seed=1, damage=Damage(1.0, 0.0))
    assert list(tmp_path.iterdir()) == []
