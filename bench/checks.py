"""How long the consistency checks take beside reading the files they read, in one run on one machine.

Reading is every row and column of every file into the memory of the same engine, with the same settings: the least
anybody does who looks at all of them. The checks are measured without and with the workbooks. No time is asserted.

Usage: checks.py [--households 100000] [--rounds 3] [--city CITY] [--run RUN]
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from shouwang.areas import kunming
from shouwang.screening.checks.material import Material, gather
from shouwang.screening.checks.report import write_report
from shouwang.screening.checks.run import Checked, check, connect

SHOUWANG = Path(sys.executable).parent / "shouwang"
SEED = 7


def read(material: Material, scratch: Path) -> None:
    """Every file into memory; into the scratch folder where it does not fit, as the checks do."""
    con = connect(scratch)
    for number, path in enumerate(material.files):
        con.execute(f"create temp table file_{number} as from read_parquet('{path}')")
        con.execute(f"drop table file_{number}")
    con.close()


def scan(material: Material, scratch: Path) -> None:
    """Every value decoded once and kept nowhere."""
    con = connect(scratch)
    for path in material.files:
        con.execute(f"select bit_xor(hash(columns(*))) from read_parquet('{path}')").fetchall()
    con.close()


def report(checked: Checked, folder: Path) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return write_report(checked, kunming(), folder)


def timed(work: Callable[[], object]) -> tuple[tuple[float, float], object]:
    """Seconds by the clock and of all cores, and what came of it."""
    started, worked = time.perf_counter(), time.process_time()
    result = work()
    return (time.perf_counter() - started, time.process_time() - worked), result


def measure(material: Material, scratch: Path, rounds: int) -> None:
    times: dict[str, list[tuple[float, float]]] = {"scan": [], "read": [], "check": [], "workbooks": []}
    for _ in range(rounds):
        times["scan"].append(timed(lambda: scan(material, scratch))[0])
        times["read"].append(timed(lambda: read(material, scratch))[0])
        seconds, checked = timed(lambda: check(material, scratch))
        times["check"].append(seconds)
        assert isinstance(checked, Checked)
        seconds, books = timed(lambda: report(checked, scratch / "report"))  # noqa: B023
        times["workbooks"].append(seconds)
    clock, cores = ({name: median(one[kind] for one in found) for name, found in times.items()} for kind in (0, 1))
    size = sum(path.stat().st_size for path in material.files) / 1e6
    print(
        f"{checked.households:,} households, {checked.members:,} members, {size:,.0f} MB in {len(material.files)} files"
    )
    print(
        f"{len(checked.counts)} rules run, {checked.findings.num_rows:,} findings, {books} workbooks; {rounds} rounds"
    )
    for name in times:
        print(f"{name:10} {clock[name]:7.2f} s {cores[name]:7.2f} s of all cores")
    for what, kind in (("by the clock", clock), ("of all cores", cores)):
        whole = kind["check"] + kind["workbooks"]
        print(f"{what}: check / read {kind['check'] / kind['read']:.2f}, with workbooks {whole / kind['read']:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--city", type=Path)
    parser.add_argument("--run", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shouwang-checks-") as folder:
        city = asked.city or Path(folder) / "city"
        if not asked.city:
            command = [SHOUWANG, "city", "--households", str(asked.households), "--seed", str(SEED), "--out", str(city)]
            subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        measure(gather(city, None, asked.run), scratch, asked.rounds)


if __name__ == "__main__":
    main()
