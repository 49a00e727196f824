"""A full disk, a killed process, two runs at once: never half a run, and the step can be run again."""

import errno
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import folder as run_folder
from shouwang.screening.intake.folder import published, scratch
from shouwang.terms.errors import UserError
from tests.support.full_disk import room_for
from tests.support.screened import screened
from tests.unit.screening.conftest import Plain

FULL = "磁盘满了 → 在 CITY 和 RUN 所在的磁盘腾出空间，再运行一次；没有留下半份结果"
SCREEN = """
import sys
from pathlib import Path
from shouwang.areas import kunming
from shouwang.screening.run import Request, screen
from tests.support.screened import JUNE, POLICY

city, out = map(Path, sys.argv[1:])
screen(Request(city, JUNE, out, POLICY, kunming()), lambda what, *_: print(what, flush=True))
"""


def hidden(*folders: Path) -> list[str]:
    """Folders for a while, of runs that did not end."""
    return [path.name.rsplit("-", 1)[0] for folder in folders for path in sorted(folder.glob(".*"))]


def test_full_disk_where_the_engine_writes(plain: Plain, tmp_path: Path) -> None:
    with room_for(1_500), pytest.raises(UserError) as caught:
        screened(plain.city, tmp_path / "run")
    assert str(caught.value) == FULL
    assert list(tmp_path.iterdir()) == []
    assert hidden(plain.city) == []


def test_full_disk_where_python_writes(tmp_path: Path) -> None:
    with room_for(1_500), pytest.raises(UserError) as caught, published(tmp_path / "run") as run:  # noqa: PT012
        (run / "summary.json").write_text("{}")
        (run / "policy.json").write_text("x" * 2_000)
    assert str(caught.value) == FULL
    assert list(tmp_path.iterdir()) == []


def test_other_fault_of_the_disk_is_not_called_full(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="broken"), published(tmp_path / "run"):
        raise OSError(errno.EIO, "broken")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", ["人口变动", "事实", "verdicts.parquet"])
def test_killed(plain: Plain, tmp_path: Path, moment: str) -> None:
    """Told of each step; the last moment is a file in the folder that is to become the run."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", SCREEN, str(plain.city), str(tmp_path / "run")],
        stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert process.stdout
    wanted = "分级" if moment.endswith(".parquet") else moment
    assert any(line.strip() == wanted for line in process.stdout), "the run ended before it was killed"
    while moment.endswith(".parquet") and not list(tmp_path.glob(f".run.partial-*/{moment}")):
        time.sleep(0.01)
    process.kill()
    process.stdout.close()
    assert process.wait() == -9
    assert hidden(tmp_path, plain.city) == [".run.partial", ".scratch"]
    assert not (tmp_path / "run").exists()
    with published(tmp_path / "run") as run, scratch(plain.city):
        assert hidden(tmp_path, plain.city) == [".run.partial", ".scratch"], "what was left is not swept away"
        (run / "manifest.json").write_text("{}")
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


class Another(DuckDB):
    """An engine that is not the reader of the files, as Spark is none."""

    name = "another"


def test_run_after_a_killed_one_is_the_same(plain: Plain, tmp_path: Path) -> None:
    """On any engine: the same verdicts, and nothing left of either run."""
    for left in (tmp_path / ".run.partial-abc", plain.city / ".scratch-abc"):
        left.mkdir()
        (left / "verdicts.parquet").write_text("half")
    again = screened(plain.city, tmp_path / "run", make_engine=lambda _: Another(tmp_path))
    assert again.manifest["output_digest"] == plain.run.manifest["output_digest"]
    assert again.manifest["engine"] == "another"
    assert hidden(tmp_path, plain.city) == []
    assert sorted(p.name for p in again.folder.iterdir()) == sorted(p.name for p in plain.run.folder.iterdir())


def test_folders_of_a_run_that_is_alive_are_left_alone(tmp_path: Path) -> None:
    with scratch(tmp_path) as mine, scratch(tmp_path) as other:
        assert mine != other
        assert mine.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_run_folder_taken_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught, published(tmp_path / "run"):  # noqa: PT012
        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "theirs").write_text("kept")
    assert str(caught.value) == "run 已经存在 → 换一个 --out,或先移走旧的结果"
    assert [p.name for p in tmp_path.rglob("*")] == ["run", "theirs"]


def test_run_folder_that_cannot_be_given_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run_folder._give_name(tmp_path / "lost", tmp_path / "run")


def test_empty_run_folder_gives_way(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with published(tmp_path / "run") as run:
        (run / "quarantine").mkdir()
    assert [p.name for p in tmp_path.rglob("*")] == ["run", "quarantine"]
