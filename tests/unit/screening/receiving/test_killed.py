"""Killed at any step, a receiver leaves the month's old file or its new one, never half of one; the next one mends."""

import shutil
import subprocess
import sys
from pathlib import Path

from shouwang.screening.receiving import ACCEPTED, KNOWN, store
from tests.unit.screening.receiving.conftest import Town

STEPS = 12
"""More changes to the disk than one receipt makes, so that the last cities are never killed."""


def test_killed_before_any_change_to_the_disk(town: Town) -> None:
    first = town.hand_one(town.file("a.csv", town.accidents()))
    old = (town.city / first.placed).read_bytes()
    file = town.file("b.txt", town.accidents(自担费用="200.00"))
    cities = [shutil.copytree(town.city, town.city.parent / f"city-{n}") for n in range(1, STEPS + 1)]
    script = Path(__file__).with_name("killed_at_every_step.py")
    root = Path(__file__).parents[4]
    run = subprocess.run(
        [sys.executable, "-W", "ignore", script, file, *cities],
        stdout=subprocess.PIPE, text=True, check=True, cwd=root, env={"PYTHONPATH": str(root)}, timeout=300,
    )  # fmt: skip
    ends = list(map(int, run.stdout.split()))
    killed = ends.index(0)
    assert ends == [-9] * killed + [0] * (STEPS - killed)
    assert killed >= 6, "too few changes were counted: the kills came too late to prove anything"
    states = {_state(city, old, file.read_bytes()): city for city in cities[:killed]}
    assert set(states) == {"old", "both", "new"}
    for city in cities:
        _mend(city)
    for city in states.values():
        town.city = city
        _hand_again(town, file)


def _state(city: Path, old: bytes, new: bytes) -> str:
    """What a screening would see of the month; a half file would be neither."""
    seen = {path.read_bytes() for path in store.files_of(city / "extracts/accidents", "2020-06")}
    return {frozenset({old}): "old", frozenset({old, new}): "both", frozenset({new}): "new"}[frozenset(seen)]


def _mend(city: Path) -> None:
    """What the next receiver does before all else."""
    with store.opened(city):
        pass
    [placed] = store.files_of(city / "extracts/accidents", "2020-06")
    one = store.current(city, "accidents", "2020-06")
    assert one is not None
    assert placed.read_bytes() == one.file.read_bytes()
    assert one.record["placed"] == f"extracts/accidents/{placed.name}"


def _hand_again(town: Town, file: Path) -> None:
    [placed] = store.files_of(town.city / "extracts/accidents", "2020-06")
    wanted = KNOWN if placed.read_bytes() == file.read_bytes() else ACCEPTED
    assert town.hand_one(file).status == wanted
    [placed] = store.files_of(town.city / "extracts/accidents", "2020-06")
    assert placed.read_bytes() == file.read_bytes()
    statuses = [one.record["status"] for one in store.kept(town.city, "accidents", "2020-06")]
    assert statuses == ["superseded", "accepted"]
    hidden = [path for path in town.city.rglob(".*") if path.name.startswith(".")]
    assert hidden == []
