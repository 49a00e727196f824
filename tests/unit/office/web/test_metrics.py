"""The figures of `/metrics/` are those of all processes, those that fell included, and begin anew with `serve`."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from shouwang.office.web import metrics
from tests.support.full_disk import room_for

ANOTHER = """
import sys
from django.conf import settings
settings.configure(HOME=sys.argv[1])
from shouwang.office.web import metrics
for seconds in (0.005, 0.2, 9.0):
    metrics.observe("today", "GET", 200, seconds)
import os
os._exit(9)
"""


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch) -> Path:
    """A site that has just begun."""
    settings.HOME = tmp_path
    monkeypatch.setattr(metrics, "_book", None)
    monkeypatch.setattr(metrics, "_has_no_room", False)
    return tmp_path


def _figures() -> dict[str, float]:
    lines = [line.rsplit(" ", 1) for line in metrics.exposition().splitlines()[1:]]
    return {name.removeprefix("shouwang_request_seconds_"): float(value) for name, value in lines}


def _another_process(home: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ANOTHER, str(home)], check=False, timeout=60)
    assert done.returncode == 9


def test_figures_are_those_of_all_processes_also_of_one_that_fell(home):
    metrics.observe("today", "GET", 200, 0.2)
    _another_process(home)
    metrics.observe("today", "GET", 503, 0.01)
    labels, away = '{page="today",method="GET",status="200"', '{page="today",method="GET",status="503"'
    found = _figures()
    assert (found[f"count{labels}}}"], found[f"sum{labels}}}"]) == (4, 9.405)
    bounds = ("0.01", "0.15", "0.3", "2.5", "+Inf")
    assert [found[f'bucket{labels},le="{bound}"}}'] for bound in bounds] == [1, 1, 3, 3, 4]
    assert (found[f"count{away}}}"], found[f'bucket{away},le="0.01"}}']) == (1, 1)


def test_site_begins_with_none(home):
    _another_process(home)
    metrics.forget()
    assert _figures() == {}


def test_made_up_method_is_counted_with_the_others():
    for method in ("FOO", "BAR"):
        metrics.observe("today", method, 405, 0.2)
    assert _figures()['count{page="today",method="other",status="405"}'] == 2


def test_more_kinds_than_there_is_room_for_are_counted_together(monkeypatch):
    monkeypatch.setattr(metrics, "MOST", 3)
    for number in range(5):
        metrics.observe(f"page{number}", "GET", 200, 0.2)
    found = {name: value for name, value in _figures().items() if name.startswith("count")}
    assert [found[f'count{{page="page{n}",method="GET",status="200"}}'] for n in range(3)] == [1, 1, 3]


def test_disk_without_room_for_counting_disturbs_nobody(home):
    with room_for(1_000):
        metrics.observe("today", "GET", 200, 0.2)
    metrics.observe("today", "GET", 200, 0.2)
    assert (_figures(), list(metrics.folder().iterdir())) == ({}, [])


@pytest.mark.django_db
def test_page_of_the_metrics_counts_a_request():
    Client().get("/in/")
    assert 'shouwang_request_seconds_count{page="sign-in",method="GET",status="200"} 1' in (
        Client().get("/metrics/").content.decode()
    )
