"""`make bench`: the screening against the same work by hand in DuckDB and in pandas, on model cities of growing size.

It checks that all three say the same before it measures, asserts no time, and writes docs/benchmarks.md.

Usage: run.py [--households 1000000] [--rounds 3] [--quick] [--anyway] [--folder FOLDER] [--note TEXT]
Exit codes: 0 measured, 2 a step failed, 3 the answers differ.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from report import write_report

BENCH = Path(__file__).resolve().parent
SHOUWANG = Path(sys.executable).parent / "shouwang"
SMALL, LEAST_REPORTED = 20_000, 100_000
SEED = 7


@dataclass(frozen=True)
class Measured:
    """One run of one program in its own process. Units: seconds; MB of the process's peak resident memory."""

    seconds: float
    cpu: float
    memory: float
    stages: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Contender:
    """A program that screens a city into a folder."""

    name: str
    command: Callable[[Path, Path], list[str]]
    stages_in: str
    """The file of its output that holds seconds per stage."""


CONTENDERS = (
    Contender(
        "shouwang",
        lambda city, out: [str(SHOUWANG), "screen", str(city), "--as-of", "2020-06-30", "--out", str(out)],
        "manifest.json",
    ),
    Contender(
        "by hand",
        lambda city, out: [sys.executable, str(BENCH / "by_hand_duckdb.py"), str(city), str(out)],
        "summary.json",
    ),
    Contender(
        "pandas",
        lambda city, out: [sys.executable, str(BENCH / "by_hand_pandas.py"), str(city), str(out)],
        "summary.json",
    ),
)


def say(text: str) -> None:
    print(text, flush=True)


def measure(command: list[str]) -> Measured:
    """Run to the end and measure. Stops the benchmark where the program fails."""
    with tempfile.TemporaryFile() as told:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            say(told.read().decode(errors="replace")[-2000:])
            sys.exit(2)
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def screen(contender: Contender, city: Path, out: Path) -> Measured:
    """One run into a fresh folder, after the city's files were read once, so that all start with the same cache."""
    shutil.rmtree(out, ignore_errors=True)
    warm(city)
    measured = measure(contender.command(city, out))
    told = json.loads((out / contender.stages_in).read_text(encoding="utf-8"))
    return Measured(measured.seconds, measured.cpu, measured.memory, told["seconds"])


def warm(city: Path) -> None:
    """Read every file of the city once."""
    for path in sorted(city.rglob("*.*")):
        if path.is_file():
            with path.open("rb") as stream:
                while stream.read(1 << 22):
                    pass


def make_city(folder: Path, households: int) -> tuple[Path, Measured]:
    """A model city, and what it took."""
    city = folder / f"city-{households}"
    command = [str(SHOUWANG), "city", "--households", str(households), "--seed", str(SEED), "--out", str(city)]
    made = measure(command)
    say(f"model city {households:,}: {made.seconds:.1f} s, {made.memory:,.0f} MB")
    return city, made


def differences(run: Path, other: Path) -> list[str]:
    """In its own process: what a process once took in memory its children seem to take too."""
    command = [sys.executable, str(BENCH / "same_answers.py"), str(run), str(other)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode not in (0, 3):
        say(told.stderr)
        sys.exit(2)
    return told.stdout.splitlines() if told.returncode else []


def check_answers(city: Path, folder: Path, *, anyway: bool) -> list[str]:
    """All contenders once on one city; exits 3 where they disagree, unless asked to measure anyway."""
    outs = {c.name: folder / f"check-{c.name.replace(' ', '-')}" for c in CONTENDERS}
    for contender in CONTENDERS:
        screen(contender, city, outs[contender.name])
    found = [
        f"{name} / shouwang: {line}"
        for name in ("by hand", "pandas")
        for line in differences(outs[name], outs["shouwang"])
    ]
    for out in outs.values():
        shutil.rmtree(out)
    say(f"{city.name}: " + ("the same answers" if not found else "the answers differ"))
    say("\n".join(line[:300] for line in found))
    if found and not anyway:
        sys.exit(3)
    return [f"{city.name}: {line}" for line in found if not line.split(": ", 1)[1].startswith(" ")]


def check_damaged(folder: Path, *, anyway: bool) -> list[str]:
    """The contenders on a small city full of faults."""
    city, _ = make_city(folder, SMALL)
    damaged = folder / "damaged-city"
    measure([sys.executable, str(BENCH / "damage.py"), str(city), str(damaged)])
    found = check_answers(damaged, folder, anyway=anyway)
    for path in (city, damaged):
        shutil.rmtree(path)
    return found


def rounds(city: Path, folder: Path, contenders: tuple[Contender, ...], count: int) -> dict[str, list[Measured]]:
    """Every contender `count` times, interleaved, so that a slow minute of the machine hits them all."""
    found: dict[str, list[Measured]] = {c.name: [] for c in contenders}
    for number in range(1, count + 1):
        for contender in contenders:
            out = folder / "run"
            one = screen(contender, city, out)
            shutil.rmtree(out)
            found[contender.name].append(one)
            told = f"{one.seconds:.1f} s, {one.cpu:.1f} s of work, {one.memory:,.0f} MB"
            say(f"{city.name}, round {number}, {contender.name}: {told}")
    return found


def rows_of(city: Path, folder: Path) -> dict[str, int]:
    """Households, people and extract rows of a city, as a run counts them."""
    out = folder / "count"
    screen(CONTENDERS[0], city, out)
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    levels = told["levels"].values()
    shutil.rmtree(out)
    return {
        "households": sum(level["households"] for level in levels),
        "people": sum(level["people"] for level in levels),
        "rows": told["rows"]["read"],
    }


@contextmanager
def working_folder(parent: Path | None) -> Iterator[Path]:
    """A folder for cities and runs, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="shouwang-bench-", dir=parent) as name:
        yield Path(name)


def bench(asked: argparse.Namespace, folder: Path) -> dict:
    """All measurements: what docs/benchmarks.md is written from."""
    households = asked.households
    growing = [households] if asked.quick else sorted({LEAST_REPORTED, households, asked.largest or 3 * households})
    found: dict = {"households": households, "load": os.getloadavg()[0], "cities": {}, "growth": {}, "note": asked.note}
    found["differences"] = check_damaged(folder, anyway=asked.anyway)
    for size in growing:
        city, found["cities"][size] = make_city(folder, size)
        if size == households:
            found["differences"] += check_answers(city, folder, anyway=asked.anyway)
            found["size"] = rows_of(city, folder)
            found["rounds"] = rounds(city, folder, CONTENDERS, asked.rounds)
            ours, counted = found["rounds"]["shouwang"], found["size"]
        else:
            counted = rows_of(city, folder)
            ours = rounds(city, folder, CONTENDERS[:1], asked.rounds)["shouwang"]
        found["growth"][size] = (counted["rows"], median(m.seconds for m in ours), max(m.memory for m in ours))
        shutil.rmtree(city)
    return found


def asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--largest", type=int, default=0, help="the largest city; else three times as many households")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="one size only, nothing written to docs/")
    parser.add_argument("--anyway", action="store_true", help="measure though the answers differ, and say so")
    parser.add_argument("--folder", type=Path, help="where to make the cities (several GB); else the temporary folder")
    parser.add_argument("--note", default="", help="a remark for docs/benchmarks.md")
    asked = parser.parse_args()
    asked.quick = asked.quick or asked.households < LEAST_REPORTED
    return asked


def main() -> None:
    asked = asked_for()
    with working_folder(asked.folder) as folder:
        found = bench(asked, folder)
    target = None if asked.quick else BENCH.parent / "docs" / "benchmarks.md"
    say(write_report(found, target))


if __name__ == "__main__":
    main()
