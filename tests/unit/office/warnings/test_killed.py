"""kill -9 in the middle of publishing: nothing is half-published, and the same run can be published again."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

SCRIPT = """
import os, signal, sys
from datetime import date
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions import publishing
from shouwang.office.registry.models import Household
from tests.unit.office.small_city import registered, rows_of
run = Path(sys.argv[1])
if not Household._meta.db_table in __import__("django").db.connection.introspection.table_names():
    call_command("migrate", verbosity=0)
    registered(rows_of(run))
def step(word, share=None):
    if word == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
whole = publishing.open_all
def opened(*args, **known):
    done = whole(*args, **known)
    step("线索都立了")
    return done
publishing.open_all = opened
publishing.publish_run(run, by=Actor("1", "测试", "analyst", "5301"), on=date(2020, 7, 6), step=step)
"""
TABLES = (
    *("warnings_publication", "warnings_warning", "warnings_toverify", "casework_case", "casework_step"),
    *("audit_event", "web_job"),
)
MOMENTS = ("写入预警", "更新待核实清单", "线索都立了")
"""Before a row is written, with the warnings written, and with all written but not yet committed."""


def counts(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "office.sqlite3")) as con:
        return {table: con.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES}


def published(home: Path, run: Path, until: str) -> int:
    root = Path(__file__).parents[4]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings", "SHOUWANG_HOME": str(home)}
    environment |= {"SHOUWANG_PLAIN_ASSETS": "yes", "PYTHONPATH": str(root)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", SCRIPT, str(run), until]
    return subprocess.run(command, env=environment, cwd=root, timeout=300, check=False, capture_output=True).returncode


def test_killed_publication_leaves_nothing_and_can_be_repeated(june, tmp_path):
    for word in MOMENTS:
        assert published(tmp_path, june, word) == -signal.SIGKILL
        assert counts(tmp_path) == dict.fromkeys(TABLES, 0)
    assert published(tmp_path, june, "never") == 0
    after = counts(tmp_path)
    assert (after["warnings_publication"], after["audit_event"]) == (1, 3)  # published, levels, cases
    assert after["warnings_warning"] >= after["casework_case"] > 0
    assert after["casework_step"] == after["casework_case"]
    assert published(tmp_path, june, "never") == 0
    assert counts(tmp_path) == after
