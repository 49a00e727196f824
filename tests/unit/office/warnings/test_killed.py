"""kill -9 in the middle of publishing: nothing is half-published, and the same run can be published again."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

SCRIPT = """
import os, signal, sys
from datetime import date
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from shouwang.office.audit.actor import Actor
from shouwang.office.registry.models import Household
from shouwang.office.warnings.actions.publishing import publish
from tests.unit.office.small_city import registered, rows_of
run = Path(sys.argv[1])
if not Household._meta.db_table in __import__("django").db.connection.introspection.table_names():
    call_command("migrate", verbosity=0)
    registered(rows_of(run))
def step(word, share):
    if word == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
publish(run, by=Actor("1", "测试", "analyst", "5301"), on=date(2020, 7, 6), step=step)
"""
TABLES = ("warnings_publication", "warnings_warning", "warnings_toverify", "audit_event", "web_job")


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


@pytest.mark.parametrize("word", ["更新待核实清单"])
def test_killed_publication_leaves_nothing_and_can_be_repeated(june, tmp_path, word):
    assert published(tmp_path, june, word) == -signal.SIGKILL
    assert counts(tmp_path) == dict.fromkeys(TABLES, 0)
    assert published(tmp_path, june, "never") == 0
    after = counts(tmp_path)
    assert after["warnings_publication"] == 1
    assert after["warnings_warning"] > 0
    assert after["audit_event"] == 1
