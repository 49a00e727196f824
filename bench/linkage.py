"""What linkage by likeness adds to a run: one damaged city, screened with it and without, in turns.

    .venv/bin/python bench/linkage.py --households 100000 [--identities 0.03] [--rounds 2]

Prints the seconds of both, their ratio, and the peak memory of the run with linkage.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

AS_OF = "2020-06-30"
RUN = """
import resource, sys, time
from datetime import date
from pathlib import Path
from shouwang.areas import kunming
from shouwang.policy import load
from shouwang.screening.linkage import matching
from shouwang.screening.run import Request, screen
city, out, linked = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "with"
if not linked:
    matching.match = lambda *_, **__: matching.NOTHING
started = time.perf_counter()
screen(Request(city, date.fromisoformat(sys.argv[4]), out, load("kunming-2020"), kunming()))
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--households", type=int, default=100_000)
    asked.add_argument("--identities", type=float, default=0.03)
    asked.add_argument("--seed", type=int, default=5)
    asked.add_argument("--rounds", type=int, default=2)
    asked.add_argument("--city", type=Path, help="a damaged city that is there already")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        city = options.city or _make_city(Path(folder) / "city", options)
        seconds: dict[str, list[float]] = {"without": [], "with": []}
        peak = 0
        for number in range(options.rounds):
            for way in seconds:
                took, megabytes = _run(city, Path(folder) / f"run-{number}-{way}", way)
                seconds[way].append(took)
                peak = max(peak, megabytes) if way == "with" else peak
                print(f"{way} linkage by likeness: {took:.1f} s", flush=True)
        exact, whole = median(seconds["without"]), median(seconds["with"])
        print(f"exact {exact:.1f} s, with likeness {whole:.1f} s: +{(whole / exact - 1):.0%}; peak {peak:,} MB")


def _make_city(city: Path, options: argparse.Namespace) -> Path:
    """Only identities are damaged: how files look is another bench's matter."""
    subprocess.run(
        [
            sys.executable, "-c", "import sys; from shouwang.cli.main import main; sys.exit(main())", "city",
            "--households", str(options.households), "--seed",
            str(options.seed), "--damage", "0.0001", "--identities", str(options.identities), "--out", str(city),
        ],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return city


def _run(city: Path, out: Path, way: str) -> tuple[float, int]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, str(city), str(out), way, AS_OF],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    took, megabytes = done.stdout.split()[-2:]
    return float(took), int(megabytes)


if __name__ == "__main__":
    main()
