"""The chain as a file: whole or not at all, and provable without the database."""

import json
from pathlib import Path

import pytest

from shouwang.office.audit import exporting
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actions.sealing import seal_all
from shouwang.office.audit.actor import SYSTEM, Actor
from shouwang.office.audit.proving import prove
from shouwang.office.audit.verbs import Verb
from tests.support.full_disk import room_for

pytestmark = pytest.mark.django_db
AUDITOR = Actor("3", "郑审计", "auditor", "5301")


def _record(number: int) -> None:
    for place in range(number):
        record(Verb.CHANGED, by=SYSTEM, subject=("case", str(place)), before={"钱": 1.5}, after={"a": [None, True]})


def test_export_is_proven_from_the_file_alone(tmp_path: Path):
    _record(5)
    seal_all()
    count, head = exporting.export(tmp_path / "chain.jsonl", by=AUDITOR)
    lines = (tmp_path / "chain.jsonl").read_text(encoding="utf-8").splitlines()
    proof = prove(lines, kept_heads=[head])
    assert (count, proof.holds, proof.events) == (5, True, 5)
    told = json.loads(lines[0])["exported"]
    assert (told["account"], told["name"], told["area"]) == ("3", "郑审计", "5301")


def test_unsealed_events_wait(tmp_path: Path):
    _record(2)
    seal_all()
    _record(1)
    assert exporting.export(tmp_path / "chain.jsonl", by=AUDITOR)[0] == 2


def test_full_disk_leaves_nothing_behind(tmp_path: Path):
    _record(3)
    seal_all()
    with room_for(500), pytest.raises(OSError, match="File too large"):
        exporting.export(tmp_path / "chain.jsonl", by=AUDITOR)
    assert list(tmp_path.iterdir()) == []
    assert exporting.export(tmp_path / "chain.jsonl", by=AUDITOR)[0] == 3
