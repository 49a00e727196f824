"""A hundred users at the office, a million households loaded: how long reads and writes take.

    python scripts/with_postgres.py --folder FOLDER .venv/bin/python bench/office.py --users 100 --seconds 300

FOLDER holds a PostgreSQL with a city loaded and a run published. PostgreSQL, server and users share this machine.
Prints p50/p95/p99 of reads and writes in ms, each also as a ratio to the health page of the same run, which touches
nothing but one `SELECT 1`.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
PORT = 8765
SHARES = {"village": 0.60, "township": 0.20, "county-decider": 0.05, "analyst": 0.05, "leader": 0.05, "auditor": 0.05}
"""Who is at work at once, by role."""
BARS = {"read": (50, 150, 300), "write": (100, 300, 500)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--serve", default="", help='more for the server, as "--workers 4 --threads 1"')
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
    with tempfile.TemporaryDirectory(prefix="shouwang-office-bench-") as scratch:
        accounts, figures = Path(scratch) / "accounts.json", Path(scratch) / "figures.json"
        accounts.touch(mode=0o600)
        accounts.write_text(json.dumps(_open_accounts(chosen.users)), encoding="utf-8")
        command = [sys.executable, "-m", "shouwang", "serve", "--port", str(PORT), *chosen.serve.split()]
        server = subprocess.Popen(command, cwd=ROOT)
        try:
            _wait_until_healthy()
            _run_users(chosen, accounts, figures)
        finally:
            server.terminate()
            server.wait(timeout=30)
        return _tell(json.loads(figures.read_text(encoding="utf-8")))


def _open_accounts(users: int) -> list[dict[str, str]]:
    """Accounts over areas with open cases, so that there is work for all of them."""
    import django

    django.setup()
    from django.db.models import Count
    from django_otp.plugins.otp_totp.models import TOTPDevice

    from shouwang.office.access.actions.accounts import open_account
    from shouwang.office.access.actions.roles import give_role
    from shouwang.office.access.models import User
    from shouwang.office.access.roles import ROLES
    from shouwang.office.audit.actor import SYSTEM
    from shouwang.office.casework.models import Case

    codes = Case.objects.filter(closed_on=None).values_list("area_code").annotate(n=Count("id")).order_by("-n")
    busy = [code for code, _ in codes[:4000]]
    made = []
    for role, share in SHARES.items():
        length = {"village": 12, "township": 9, "county-decider": 6, "analyst": 4, "leader": 4, "auditor": 4}[role]
        areas = list(dict.fromkeys(code[:length] for code in busy))
        for place in range(round(users * share)):
            name, password = f"bench-{role}-{secrets.token_hex(4)}", secrets.token_urlsafe(18)
            user: User = open_account(name, password, display_name=f"测 {role} {place}", by=SYSTEM)
            give_role(user, role, areas[place % len(areas)], on=date(2020, 1, 1), by=SYSTEM)
            account = {"username": name, "password": password, "role": role, "key": ""}
            if ROLES[role].needs_second_factor:
                account["key"] = TOTPDevice.objects.create(user=user, name="bench", confirmed=True).key
            made.append(account)
    return made


def _wait_until_healthy() -> None:
    for _ in range(120):
        try:
            if urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health/", timeout=2).status == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the server does not answer")


def _run_users(chosen: argparse.Namespace, accounts: Path, figures: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "locust",
        "-f",
        str(ROOT / "bench/office_users.py"),
        "--headless",
        "--only-summary",
    ]
    command += ["--host", f"http://127.0.0.1:{PORT}", "--users", str(chosen.users), "--spawn-rate", "4"]
    command += ["--run-time", f"{chosen.seconds}s", "--loglevel", "ERROR"]
    environment = {**os.environ, "BENCH_ACCOUNTS": str(accounts), "BENCH_FIGURES": str(figures)}
    subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)


def _tell(figures: dict[str, object]) -> int:
    base = figures["health"]["p50"]  # type: ignore[index]
    print(f"{'':8}{'requests':>10}{'errors':>8}{'p50':>8}{'p95':>8}{'p99':>8}   ratio to health p50 ({base:.1f} ms)")
    for kind in ("read", "write"):
        row = figures[kind]  # type: ignore[index]
        ratios = " ".join(f"{row[key] / base:.1f}" for key in ("p50", "p95", "p99"))
        line = f"{row['requests']:>10}{row['errors']:>8}" + "".join(
            f"{row[key]:>8.0f}" for key in ("p50", "p95", "p99")
        )
        print(f"{kind:8}{line}   {ratios}   bars {'/'.join(map(str, BARS[kind]))} ms")
    for name, row in sorted(figures["pages"].items()):  # type: ignore[attr-defined]
        print(
            f"  {name:44}{row['requests']:>7}{row['p50']:>8.0f}{row['p95']:>8.0f}{row['p99']:>8.0f}{row['kb']:>8.0f} kB"
        )
    for text, count in figures["faults"].items():  # type: ignore[attr-defined]
        print(f"  {count} × {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
